"""From runs to a result: the chosen learning rates, each candidate against the baseline, the winner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from slopes.trial import statistics, verdicts
from slopes.trial.design import Design
from slopes.trial.records import Candidate, Metric, Phase, ProblemFacts, Run
from slopes.trial.statistics import Comparison, Interval
from slopes.trial.verdicts import Conclusion, Finding, Progress


@dataclass(frozen=True)
class Standing:
    """What the trial found about one candidate. Shares are shares, not percent.

    Attributes
    ----------
    values : dict
        The outcome of each seed that came to one.
    failed : int
        How many runs failed.
    comparison : Comparison or None
        With the baseline; None for the baseline itself.
    p_value : float or None
        Of the paired t test, corrected for the number of candidates and of looks; 0.05 decides.
    detectable : float or None
        The true difference that so many seeds find with 80 % power after these corrections.
    finding : str
        ``baseline``, ``better``, ``worse``, ``same`` (no difference found), ``failed`` or ``unknown``.
    verdict : str
        The finding in words.
    """

    candidate: Candidate
    learning_rate: float
    at_edge: bool
    values: dict[int, float]
    failed: int
    mean: float | None
    interval: Interval | None
    comparison: Comparison | None
    p_value: float | None
    detectable: float | None
    finding: Finding
    verdict: str

    @property
    def seeds(self) -> int:
        """How many runs ended, those that failed among them."""
        return len(self.values) + self.failed

    def as_record(self) -> dict[str, Any]:
        """Give the standing as one flat record, for JSON."""
        return {
            "name": self.candidate.name,
            "activation": self.candidate.activation,
            "loss": self.candidate.loss,
            "learning_rate": self.learning_rate,
            "learning_rate_at_edge": self.at_edge,
            "mean": self.mean,
            "interval": self.interval,
            **comparison_record(self.comparison),
            "corrected_p": self.p_value,
            "detectable_difference": self.detectable,
            "finding": self.finding,
            "verdict": self.verdict,
            "seeds": self.seeds,
            "failed": self.failed,
            "values": {str(seed): value for seed, value in self.values.items()},
        }


@dataclass(frozen=True)
class Confirmation:
    """The winner against the baseline on seeds that did not choose it: one comparison, nothing to correct."""

    candidate: Candidate
    comparison: Comparison
    finding: Finding
    verdict: str

    def as_record(self) -> dict[str, Any]:
        """Give the confirmation as one flat record, for JSON."""
        return {
            "name": self.candidate.name,
            "seeds": self.comparison.seeds,
            **comparison_record(self.comparison),
            "finding": self.finding,
            "verdict": self.verdict,
        }


@dataclass(frozen=True)
class Trial:
    """A finished trial; what a ledger holds is enough to make it.

    Attributes
    ----------
    design : Design
        Candidates, learning rates, the seeds of the trial phase that were run, and steps.
    problem : ProblemFacts
        The task.
    command : str
        The command that repeats the trial, with every option written out.
    versions : mapping
        What the runs were made with: Python, packages and platform.
    runs : tuple of Run
        Every run of the design, failed ones included, in the order of the plan; those of the phase
        ``confirm`` last, where a winner was confirmed.
    notes : tuple of str
        What the report must say beside the numbers, such as what a budget has cut.
    quality : float or None
        The training score whose time the report tells.
    """

    design: Design
    problem: ProblemFacts
    command: str
    versions: Mapping[str, str]
    runs: tuple[Run, ...]
    notes: tuple[str, ...] = ()
    quality: float | None = None

    @property
    def seconds(self) -> float:
        """The time of all runs together."""
        return sum(run.seconds for run in self.runs)

    def standings(self) -> list[Standing]:
        """Compare each candidate with the baseline."""
        return standings(self.design, self.problem.metric, self.runs)

    def confirmation(self) -> Confirmation | None:
        """Compare the winner with the baseline on new seeds; None where none was run on any."""
        return confirmation(self.design, self.problem.metric, self.runs)


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
    """Compare all candidates of a trial with its baseline, by the rule that the report states."""
    chosen = choose_learning_rates(design, metric, runs)
    outcomes = _outcomes(design, metric, runs, "trial")
    conclusions = _progress(design, metric, runs).conclusions
    ends = (design.learning_rates[0], design.learning_rates[-1])
    result = []
    for candidate in design.candidates:
        own = outcomes[candidate]
        values = {seed: value for seed, value in own.items() if value is not None}
        conclusion = conclusions.get(candidate, _BASELINE)
        rate = chosen[candidate]
        result.append(
            Standing(
                candidate=candidate,
                learning_rate=rate,
                at_edge=design.searches and rate in ends,
                values=values,
                failed=len(own) - len(values),
                mean=float(np.mean(list(values.values()))) if values else None,
                interval=_within_possible(metric, statistics.mean_interval(list(values.values()))),
                comparison=None if conclusion is _BASELINE else conclusion.comparison,
                p_value=conclusion.p_value,
                detectable=conclusion.detectable,
                finding=conclusion.finding,
                verdict=conclusion.words,
            )
        )
    return result


def next_seeds(design: Design, metric: Metric, runs: Sequence[Run]) -> dict[Candidate, tuple[int, ...]]:
    """Give the seeds that each candidate runs next; nothing when the trial is at its end.

    At first all candidates run the seeds up to the first look. After a look those go on that have no
    verdict yet and have not failed, with the baseline, up to the next look.
    """
    return _progress(design, metric, runs).next_seeds


def winner(metric: Metric, standings: Iterable[Standing]) -> Candidate | None:
    """Give the candidate that was better than the baseline by most, or None."""
    better = [standing for standing in standings if standing.finding == "better"]
    if not better:
        return None
    sign = 1 if metric.higher_is_better else -1
    return max(
        better, key=lambda s: sign * (s.comparison.difference or 0.0 if s.comparison else 0.0)
    ).candidate


def confirmation(design: Design, metric: Metric, runs: Sequence[Run]) -> Confirmation | None:
    """Compare the candidate of the confirming runs with the baseline; None where there are none."""
    outcomes = _outcomes(design, metric, runs, "confirm")
    for candidate in design.candidates[1:]:
        if outcomes[candidate]:
            own, baseline = outcomes[candidate], outcomes[design.baseline]
            found = verdicts.conclude(metric, {candidate: own}, baseline, statistics.FAMILY_ERROR)[candidate]
            return Confirmation(candidate, found.comparison, found.finding, verdicts.confirmed(found))
    return None


def comparison_record(comparison: Comparison | None) -> dict[str, Any]:
    """Give the numbers of a comparison, for JSON."""
    return {
        "difference": comparison.difference if comparison else None,
        "difference_interval": comparison.interval if comparison else None,
        "paired_t_p": comparison.p_value if comparison else None,
        "sign_flip_p": comparison.sign_flip if comparison else None,
    }


_BASELINE = Conclusion(Comparison(()), None, None, "baseline", "the baseline")


def _progress(design: Design, metric: Metric, runs: Iterable[Run]) -> Progress:
    outcomes = _outcomes(design, metric, runs, "trial")
    return verdicts.follow(metric, design.seeds, design.planned_looks, outcomes)


def _outcomes(
    design: Design, metric: Metric, runs: Iterable[Run], phase: Phase
) -> dict[Candidate, dict[int, float | None]]:
    result: dict[Candidate, dict[int, float | None]] = {candidate: {} for candidate in design.candidates}
    for run in runs:
        if run.plan.phase == phase and run.plan.fraction == design.fractions[-1]:
            result[run.plan.candidate][run.plan.seed] = run.value(metric)
    return result


def _within_possible(metric: Metric, interval: Interval | None) -> Interval | None:
    # The t interval does not know that an accuracy lies in [0, 1].
    return interval and (max(interval[0], metric.smallest), min(interval[1], metric.greatest))
