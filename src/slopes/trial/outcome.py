"""From runs to a result: the chosen learning rates, and each candidate against the baseline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from slopes.trial import statistics
from slopes.trial.data import ImageData
from slopes.trial.design import Design
from slopes.trial.records import Candidate, Run
from slopes.trial.statistics import Comparison, Interval


@dataclass(frozen=True)
class Standing:
    """What the trial found about one candidate. Accuracies are shares, not percent."""

    candidate: Candidate
    learning_rate: float
    at_edge: bool
    accuracies: dict[int, float]
    failed: int
    mean_accuracy: float | None
    interval: Interval | None
    comparison: Comparison | None
    verdict: str

    def as_record(self) -> dict[str, Any]:
        """Give the standing as one flat record, for JSON."""
        comparison = self.comparison
        return {
            "name": self.candidate.name,
            "activation": self.candidate.activation,
            "loss": self.candidate.loss,
            "learning_rate": self.learning_rate,
            "learning_rate_at_edge": self.at_edge,
            "mean_accuracy": self.mean_accuracy,
            "interval": self.interval,
            "difference": comparison.difference if comparison else None,
            "difference_interval": comparison.interval if comparison else None,
            "detectable_difference": comparison.detectable if comparison else None,
            "verdict": self.verdict,
            "seeds": len(self.accuracies) + self.failed,
            "failed": self.failed,
            "accuracies": {str(seed): value for seed, value in self.accuracies.items()},
        }


@dataclass(frozen=True)
class Trial:
    """A trial: what was planned, what it ran on, and the runs that have ended.

    Attributes
    ----------
    design : Design
        Candidates, learning rates, seeds and steps.
    data : ImageData
        The images.
    command : str
        The command that repeats the trial, with every option written out.
    runs : tuple of Run
        Every run that ended, failed ones included, in the order of the plan.
    seconds : float
        Wall-clock time.
    """

    design: Design
    data: ImageData
    command: str
    runs: tuple[Run, ...]
    seconds: float

    @property
    def finished(self) -> bool:
        """Whether every planned run ended."""
        return len(self.runs) == self.design.total_runs

    def standings(self) -> list[Standing]:
        """Compare each candidate with the baseline."""
        return standings(self.design, self.runs)


def choose_learning_rates(design: Design, runs: Iterable[Run]) -> dict[Candidate, float]:
    """Give each candidate the learning rate with the best validation accuracy.

    Between equal accuracies the smaller rate wins. A candidate whose every search run failed gets
    the smallest rate, where it is most likely to live, and its trial runs tell the rest.
    """
    chosen = dict.fromkeys(design.candidates, design.learning_rates[0])
    best: dict[Candidate, float] = {}
    ordered = sorted(runs, key=lambda run: run.plan.learning_rate)
    for run in ordered:
        candidate = run.plan.candidate
        if run.plan.phase != "search" or run.accuracy is None:
            continue
        if candidate not in best or run.accuracy > best[candidate]:
            best[candidate] = run.accuracy
            chosen[candidate] = run.plan.learning_rate
    return chosen


def standings(design: Design, runs: Sequence[Run]) -> list[Standing]:
    """Compare all candidates of a finished trial with its baseline."""
    chosen = choose_learning_rates(design, runs)
    trial = [run for run in runs if run.plan.phase == "trial"]
    accuracies: dict[Candidate, dict[int, float]] = {
        candidate: {
            run.plan.seed: run.accuracy
            for run in trial
            if run.plan.candidate == candidate and run.accuracy is not None
        }
        for candidate in design.candidates
    }
    ends = (design.learning_rates[0], design.learning_rates[-1])
    result = []
    for candidate in design.candidates:
        own = accuracies[candidate]
        values = list(own.values())
        comparison = None
        if candidate != design.baseline:
            comparison = statistics.compare(own, accuracies[design.baseline])
        failed = len(design.seeds) - len(own)
        rate = chosen[candidate]
        result.append(
            Standing(
                candidate=candidate,
                learning_rate=rate,
                at_edge=design.searches and rate in ends,
                accuracies=own,
                failed=failed,
                mean_accuracy=float(np.mean(values)) if values else None,
                interval=_within_possible(statistics.mean_interval(values)),
                comparison=comparison,
                verdict=_verdict(comparison, failed, len(design.seeds)),
            )
        )
    return result


def _verdict(comparison: Comparison | None, failed: int, seeds: int) -> str:
    if failed:
        # A mean over the seeds that survived is a mean of the lucky ones: no verdict on top of it.
        return f"failed in {failed} of {seeds} runs"
    return "the baseline" if comparison is None else statistics.verdict(comparison)


def _within_possible(interval: Interval | None) -> Interval | None:
    # Accuracy lies in [0, 1]; the t interval does not know that.
    return interval and (max(interval[0], 0.0), min(interval[1], 1.0))
