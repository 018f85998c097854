"""Intervals, paired differences and verdicts. Pure functions of numbers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from slopes.trial import style
from slopes.trial.records import Metric

CONFIDENCE = 0.95
POWER = 0.80
# Equal counts of right answers can differ by rounding once they are shares and subtracted. One
# image of a billion is more than that.
_SAME = 1e-9

Interval = tuple[float, float]


@dataclass(frozen=True)
class Comparison:
    """A paired comparison of a candidate with the baseline.

    Attributes
    ----------
    seeds : int
        How many seeds both finished.
    difference : float or None
        The mean of candidate minus baseline; None when no seed is shared.
    interval : tuple of float or None
        The paired t interval; None with fewer than two seeds.
    detectable : float or None
        The true difference that this number of seeds would have found with 80 % power, given the
        spread seen; None with fewer than two seeds.
    """

    seeds: int
    difference: float | None
    interval: Interval | None
    detectable: float | None


def mean_interval(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval | None:
    """Give Student's t interval of a mean, or None with fewer than two values."""
    if len(values) < 2:
        return None
    centre = float(np.mean(values))
    error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
    half = float(stats.t.ppf((1 + confidence) / 2, len(values) - 1)) * error
    return centre - half, centre + half


def compare(
    candidate: Mapping[int, float], baseline: Mapping[int, float], confidence: float = CONFIDENCE
) -> Comparison:
    """Compare two candidates seed by seed.

    A seed fixes initial weights, batches and augmentation, so its luck is common to both and
    cancels in the difference. Seeds that only one of them finished have no pair and are left out.
    """
    shared = sorted(candidate.keys() & baseline.keys())
    differences = [candidate[seed] - baseline[seed] for seed in shared]
    if not differences:
        return Comparison(0, None, None, None)
    if max(differences) - min(differences) < _SAME:
        differences = [differences[0]] * len(differences)
    detectable = None
    if len(differences) >= 2:
        spread = float(np.std(differences, ddof=1))
        detectable = detectable_difference(spread, len(differences), confidence)
    return Comparison(
        len(differences), float(np.mean(differences)), mean_interval(differences, confidence), detectable
    )


def detectable_difference(
    spread: float, seeds: int, confidence: float = CONFIDENCE, power: float = POWER
) -> float:
    """Give the smallest true difference that a paired two-sided t test finds with this power.

    The power of the t test at a true difference ``d`` is a tail of the noncentral t distribution
    with noncentrality ``d * sqrt(seeds) / spread``; this solves it for ``d``.
    """
    freedom = seeds - 1
    critical = float(stats.t.ppf((1 + confidence) / 2, freedom))

    def missing(noncentrality: float) -> float:
        upper = stats.nct.sf(critical, freedom, noncentrality)
        # The tail on the wrong side; SciPy's nct is NaN where it is too small to be computed.
        lower = np.nan_to_num(stats.nct.cdf(-critical, freedom, noncentrality))
        return float(upper + lower) - power

    noncentrality = float(optimize.brentq(missing, 0.0, 10 * (critical + 1)))
    return noncentrality * spread / math.sqrt(seeds)


def verdict(metric: Metric, comparison: Comparison) -> str:
    """Say in words what a comparison shows, and what it could have shown."""
    interval, difference = comparison.interval, comparison.difference
    if difference is None:
        return "no comparison: no seed was finished by both"
    if interval is None or comparison.detectable is None:
        return "no verdict: one seed has no interval"
    if comparison.detectable == 0:
        # Accuracy is a count, so a few seeds can agree exactly by chance; a zero spread is no
        # measurement of the spread.
        return (
            "no difference found; every seed gave the same outcome as the baseline"
            if abs(difference) < _SAME
            else "no verdict: every seed gave the same difference, so the spread is unknown"
        )
    if interval[0] > 0:
        return "better" if metric.higher_is_better else "worse"
    if interval[1] < 0:
        return "worse" if metric.higher_is_better else "better"
    seen = style.amount(metric, comparison.detectable)
    return f"no difference found; these seeds could have seen {seen}"
