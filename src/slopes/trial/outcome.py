"""From runs to a result: the chosen learning rates, and each candidate against the baseline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from slopes.trial import statistics
from slopes.trial.design import Design
from slopes.trial.problem import Problem
from slopes.trial.records import Candidate, Metric, Run
from slopes.trial.statistics import Comparison, Interval


@dataclass(frozen=True)
class Standing:
    """What the trial found about one candidate. Shares are shares, not percent."""

    candidate: Candidate
    learning_rate: float
    at_edge: bool
    values: dict[int, float]
    failed: int
    mean: float | None
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
            "mean": self.mean,
            "interval": self.interval,
            "difference": comparison.difference if comparison else None,
            "difference_interval": comparison.interval if comparison else None,
            "detectable_difference": comparison.detectable if comparison else None,
            "verdict": self.verdict,
            "seeds": len(self.values) + self.failed,
            "failed": self.failed,
            "values": {str(seed): value for seed, value in self.values.items()},
        }


@dataclass(frozen=True)
class Trial:
    """A trial: what was planned, what it ran on, and the runs that have ended.

    Attributes
    ----------
    design : Design
        Candidates, learning rates, seeds and steps.
    problem : Problem
        The task.
    command : str
        The command that repeats the trial, with every option written out.
    runs : tuple of Run
        Every run that ended, failed ones included, in the order of the plan.
    seconds : float
        Wall-clock time.
    """

    design: Design
    problem: Problem
    command: str
    runs: tuple[Run, ...]
    seconds: float

    @property
    def finished(self) -> bool:
        """Whether every planned run ended."""
        return len(self.runs) == self.design.total_runs

    def standings(self) -> list[Standing]:
        """Compare each candidate with the baseline."""
        return standings(self.design, self.problem.metric, self.runs)


def choose_learning_rates(design: Design, metric: Metric, runs: Iterable[Run]) -> dict[Candidate, float]:
    """Give each candidate the learning rate with the best outcome of the search.

    Between equal outcomes the smaller rate wins. A candidate whose every search run failed gets
    the smallest rate, where it is most likely to live, and its trial runs tell the rest.
    """
    chosen = dict.fromkeys(design.candidates, design.learning_rates[0])
    best: dict[Candidate, float] = {}
    ordered = sorted(runs, key=lambda run: run.plan.learning_rate)
    for run in ordered:
        candidate = run.plan.candidate
        value = run.value(metric)
        if run.plan.phase != "search" or value is None:
            continue
        if not metric.higher_is_better:
            value = -value
        if candidate not in best or value > best[candidate]:
            best[candidate] = value
            chosen[candidate] = run.plan.learning_rate
    return chosen


def standings(design: Design, metric: Metric, runs: Sequence[Run]) -> list[Standing]:
    """Compare all candidates of a finished trial with its baseline."""
    chosen = choose_learning_rates(design, metric, runs)
    trial = [run for run in runs if run.plan.phase == "trial" and run.plan.fraction == design.fractions[-1]]
    outcomes: dict[Candidate, dict[int, float]] = {
        candidate: {
            run.plan.seed: run.measures[metric.name]
            for run in trial
            if run.plan.candidate == candidate and run.status == "ok"
        }
        for candidate in design.candidates
    }
    ends = (design.learning_rates[0], design.learning_rates[-1])
    result = []
    for candidate in design.candidates:
        own = outcomes[candidate]
        values = list(own.values())
        comparison = None
        if candidate != design.baseline:
            comparison = statistics.compare(own, outcomes[design.baseline])
        failed = len(design.seeds) - len(own)
        rate = chosen[candidate]
        result.append(
            Standing(
                candidate=candidate,
                learning_rate=rate,
                at_edge=design.searches and rate in ends,
                values=own,
                failed=failed,
                mean=float(np.mean(values)) if values else None,
                interval=_within_possible(metric, statistics.mean_interval(values)),
                comparison=comparison,
                verdict=_verdict(metric, comparison, failed, len(design.seeds)),
            )
        )
    return result


def _verdict(metric: Metric, comparison: Comparison | None, failed: int, seeds: int) -> str:
    if failed:
        # A mean over the seeds that survived is a mean of the lucky ones: no verdict on top of it.
        return f"failed in {failed} of {seeds} runs"
    return "the baseline" if comparison is None else statistics.verdict(metric, comparison)


def _within_possible(metric: Metric, interval: Interval | None) -> Interval | None:
    # The t interval does not know that an accuracy lies in [0, 1].
    return interval and (max(interval[0], metric.smallest), min(interval[1], metric.greatest))
