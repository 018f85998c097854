"""The rule of the verdicts: which candidates differ from the baseline, and after how many seeds.

The rule is fixed before a trial starts. At each planned look every candidate without a verdict is
compared with the baseline by the paired t test; Holm's steps correct for the number of candidates, and
each look may spend its share of the error only. A candidate called better or worse leaves with that
verdict. The chance that a trial without true differences calls any is at most 5 %: let T be the candidates
that do not differ and m their number. Holm errs at a look only if one of T has p at or below
share / m, because those called before it were others; that happens with a chance of at most share, and
the shares add up to 5 %. Stopping for any other reason can only lower it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from slopes.trial import statistics, style
from slopes.trial.records import Candidate, Metric
from slopes.trial.statistics import FAMILY_ERROR, Comparison, compare

Finding = Literal["baseline", "better", "worse", "same", "failed", "unknown"]
#: The outcome of each seed that ended; None where it failed.
Outcomes = Mapping[int, float | None]


@dataclass(frozen=True)
class Conclusion:
    """What the rule says of one candidate; see `outcome.Standing`."""

    comparison: Comparison
    p_value: float | None
    detectable: float | None
    finding: Finding
    words: str


@dataclass(frozen=True)
class Progress:
    """How far the rule has come: what it says of each candidate, and which seeds it asks for next."""

    conclusions: dict[Candidate, Conclusion]
    next_seeds: dict[Candidate, tuple[int, ...]]


def follow(
    metric: Metric, seeds: Sequence[int], looks: Sequence[int], outcomes: Mapping[Candidate, Outcomes]
) -> Progress:
    """Follow the rule through the looks, as far as the runs have come.

    Parameters
    ----------
    metric : Metric
        The outcome.
    seeds : sequence of int
        The seeds in the order they are run.
    looks : sequence of int
        After how many seeds to look.
    outcomes : mapping
        For each candidate, the baseline first, the outcomes of the seeds that have ended.
    """
    baseline, *others = outcomes
    conclusions: dict[Candidate, Conclusion] = {}
    family, active = others, others
    for count, share in zip(looks, statistics.spend(looks), strict=True):
        asked = seeds[:count]
        missing = {
            candidate: tuple(seed for seed in asked if seed not in outcomes[candidate])
            for candidate in (baseline, *active)
        }
        if any(missing.values()):
            ended = {c: _among(outcomes[c], asked) for c in active if c not in conclusions}
            early = conclude(metric, ended, _among(outcomes[baseline], asked), share)
            conclusions |= {c: _unfinished(conclusion) for c, conclusion in early.items()}
            return Progress(conclusions, {c: own for c, own in missing.items() if own})
        found = conclude(
            metric,
            {candidate: _among(outcomes[candidate], asked) for candidate in active},
            _among(outcomes[baseline], asked),
            share,
            family=len(family),
        )
        conclusions |= found
        family = [c for c in family if conclusions[c].finding not in ("better", "worse")]
        active = [c for c in active if conclusions[c].finding in ("same", "unknown")]
        if others and not active:
            break
    return Progress(conclusions, {})


def conclude(
    metric: Metric,
    outcomes: Mapping[Candidate, Outcomes],
    baseline: Outcomes,
    level: float,
    family: int | None = None,
) -> dict[Candidate, Conclusion]:
    """Compare candidates with the baseline at one look.

    Parameters
    ----------
    metric : Metric
        The outcome.
    outcomes : mapping
        The candidates' outcomes.
    baseline : mapping
        The baseline's outcomes.
    level : float
        The chance of any wrong call that this look may take.
    family : int, optional
        How many comparisons to correct for: these candidates, and those that failed before and so can
        not be called any more.
    """
    absent = (len(outcomes) if family is None else family) - len(outcomes)
    comparisons = {c: compare(_finished(own), _finished(baseline)) for c, own in outcomes.items()}
    p_values: dict[Candidate | int, float | None] = dict.fromkeys(range(absent))
    for candidate, comparison in comparisons.items():
        allowed = _may_be_called(metric, comparison, outcomes[candidate], baseline)
        p_values[candidate] = comparison.p_value if allowed else None
    corrected = statistics.holm(p_values)
    result = {}
    for candidate, comparison in comparisons.items():
        failed = _failures(outcomes[candidate])
        # The least that this candidate can be sure of, whatever the others show.
        detectable = comparison.detectable(level / len(p_values))
        called = p_values[candidate] is not None and corrected[candidate] <= level
        finding = _finding(metric, comparison, called=called, failed=bool(failed))
        conclusion = Conclusion(
            comparison,
            # On the scale of the whole trial, where 5 % decides at every look.
            None if p_values[candidate] is None else min(1.0, corrected[candidate] * FAMILY_ERROR / level),
            detectable,
            finding,
            "",
        )
        words = _words(metric, conclusion, outcomes[candidate], baseline)
        result[candidate] = replace(conclusion, words=words)
    return result


def confirmed(conclusion: Conclusion) -> str:
    """Say in words what new seeds show of a candidate that was called better."""
    seeds = f"{conclusion.comparison.seeds} new seeds"
    if conclusion.finding == "better":
        return f"confirmed: better on {seeds}"
    if conclusion.finding == "worse":
        return f"contradicted: worse on {seeds}"
    return f"not confirmed: {conclusion.words}"


def _may_be_called(metric: Metric, comparison: Comparison, own: Outcomes, baseline: Outcomes) -> bool:
    # Seeds that survived are the lucky ones. Being worse even on those counts, being better does not.
    if comparison.difference is None or comparison.p_value is None:
        return False
    return not _failures(own) if _is_better(metric, comparison.difference) else not _failures(baseline)


def _finding(metric: Metric, comparison: Comparison, *, called: bool, failed: bool) -> Finding:
    if called and comparison.difference is not None:
        return "better" if _is_better(metric, comparison.difference) else "worse"
    if failed:
        return "failed"
    if comparison.p_value is None:
        return "unknown"
    # Without a spread nothing is known of what could have been seen, unless all was equal.
    return "same" if comparison.spread or not comparison.difference else "unknown"


def _words(metric: Metric, conclusion: Conclusion, own: Outcomes, baseline: Outcomes) -> str:
    comparison, failed = conclusion.comparison, _failures(own)
    share = f"failed in {failed} of {len(own)} runs"
    if conclusion.finding == "failed":
        return share
    if conclusion.finding in ("better", "worse"):
        return f"{conclusion.finding}, and {share}" if failed else conclusion.finding
    if comparison.difference is None:
        return "no comparison: no seed was finished by both"
    if comparison.seeds == 1:
        return "no verdict: one seed has no interval"
    if _failures(baseline) and not _is_better(metric, comparison.difference):
        return f"no verdict: the baseline failed in {_failures(baseline)} of {len(baseline)} runs"
    if conclusion.detectable is None:
        if comparison.difference:
            return (
                f"no verdict: all {comparison.seeds} seeds gave the same difference, so its spread is unknown"
            )
        return "no difference found; every seed gave the baseline's outcome again"
    if conclusion.detectable > metric.greatest - metric.smallest:
        return f"no difference found; {comparison.seeds} seeds are too few to see any"
    seen = style.amount(metric, conclusion.detectable)
    return f"no difference found; with these {comparison.seeds} seeds we could have seen {seen}"


def _unfinished(conclusion: Conclusion) -> Conclusion:
    return replace(
        conclusion, p_value=None, finding="unknown", words="no verdict: its runs have not all ended"
    )


def _is_better(metric: Metric, difference: float) -> bool:
    return difference > 0 if metric.higher_is_better else difference < 0


def _among(outcomes: Outcomes, seeds: Sequence[int]) -> Outcomes:
    return {seed: outcomes[seed] for seed in seeds if seed in outcomes}


def _finished(outcomes: Outcomes) -> dict[int, float]:
    return {seed: value for seed, value in outcomes.items() if value is not None}


def _failures(outcomes: Outcomes) -> int:
    return len(outcomes) - len(_finished(outcomes))
