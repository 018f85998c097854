"""Intervals, paired tests and the rule that shares out the error. Pure functions of numbers."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

CONFIDENCE = 0.95
#: The chance that a trial without any true difference calls one candidate or more better or worse.
FAMILY_ERROR = 0.05
POWER = 0.80
# The bootstrap's interval is too narrow on few seeds: on 5 it covers the true mean in 79 to 85 of 100
# trials, on 30 in 92 to 94. Student's covers it more often at either (docs/trial-statistics.md).
BOOTSTRAP_SEEDS = 30
_BOOTSTRAP_SAMPLES = 9999
# All 2^15 signs are enumerated in milliseconds; above, as many are drawn.
_EXACT_SEEDS = 15
_RANDOM_SIGNS = 2**_EXACT_SEEDS - 1
# Equal counts of right answers can differ by rounding once they are shares and subtracted. One
# image of a billion is more than this share of an outcome.
_SAME = 1e-9

Interval = tuple[float, float]
Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Comparison:
    """A candidate against the baseline, seed by seed.

    Attributes
    ----------
    differences : tuple of float
        Candidate minus baseline, one for each seed that both finished.
    """

    differences: tuple[float, ...]

    @property
    def seeds(self) -> int:
        """How many seeds both finished."""
        return len(self.differences)

    @cached_property
    def difference(self) -> float | None:
        """The mean difference; None where no seed is shared."""
        return float(np.mean(self.differences)) if self.differences else None

    @cached_property
    def spread(self) -> float | None:
        """The standard deviation of the differences; None with fewer than two."""
        if self.seeds < 2:
            return None
        # The standard deviation of equal numbers is rounding, not 0.
        return float(np.std(self.differences, ddof=1)) if len(set(self.differences)) > 1 else 0.0

    @cached_property
    def interval(self) -> Interval | None:
        """The 95 % interval of the mean difference; None without a spread."""
        return mean_interval(self.differences) if self.spread else None

    @cached_property
    def p_value(self) -> float | None:
        """The two-sided p of the paired t test; None with fewer than two seeds.

        Where every seed gave the same difference the t test has no spread to divide by, and the
        sign-flip test takes its place.
        """
        if self.difference is None or self.spread is None:
            return None
        if self.spread == 0:
            return self.sign_flip
        ratio = abs(self.difference) / (self.spread / math.sqrt(self.seeds))
        return float(2 * special.stdtr(self.seeds - 1, -ratio))

    @cached_property
    def sign_flip(self) -> float | None:
        """The two-sided p of the sign-flip test, which needs no normal differences.

        If the two are the same, each difference could as well have had the other sign; p is the share
        of all signs that give a mean as far from 0. On ``n`` seeds it is never below ``2 / 2**n``.
        """
        if not self.differences:
            return None
        values = np.asarray(self.differences)
        if self.seeds <= _EXACT_SEEDS:
            means = _signs(self.seeds) @ values
            beyond, drawn = _as_far(means, values), len(means)
        else:
            signs = np.random.default_rng(0).choice((-1.0, 1.0), (_RANDOM_SIGNS, self.seeds))
            # What was seen is one of the draws, or p could be 0.
            beyond, drawn = _as_far(signs @ values, values) + 1, _RANDOM_SIGNS + 1
        return beyond / drawn

    def detectable(self, level: float) -> float | None:
        """Give the true difference that so many seeds find with 80 % power at this level of error."""
        return detectable_difference(self.spread, self.seeds, level) if self.spread else None


def compare(candidate: Mapping[int, float], baseline: Mapping[int, float]) -> Comparison:
    """Compare two candidates seed by seed.

    A seed fixes initial weights, batches and augmentation, so its luck is common to both and
    cancels in the difference. Seeds that only one of them finished have no pair and are left out.
    """
    shared = sorted(candidate.keys() & baseline.keys())
    differences = [candidate[seed] - baseline[seed] for seed in shared]
    rounding = _SAME * max(
        (abs(outcome[seed]) for outcome in (candidate, baseline) for seed in shared), default=0
    )
    if differences and max(differences) - min(differences) <= rounding:
        same = differences[0] if abs(differences[0]) > rounding else 0.0
        differences = [same] * len(differences)
    return Comparison(tuple(differences))


def mean_interval(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval | None:
    """Give the interval of a mean: Student's below 30 values, the BCa bootstrap's from there.

    None with fewer than two values. The bootstrap's samples are drawn from a seed of their own, so the
    same values give the same interval.
    """
    if len(values) < 2:
        return None
    if len(values) >= BOOTSTRAP_SEEDS and max(values) > min(values):
        found = stats.bootstrap(
            (np.asarray(values),),
            np.mean,
            confidence_level=confidence,
            n_resamples=_BOOTSTRAP_SAMPLES,
            method="BCa",
            random_state=np.random.default_rng(0),
        ).confidence_interval
        return float(found.low), float(found.high)
    centre = float(np.mean(values))
    error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
    half = float(stats.t.ppf((1 + confidence) / 2, len(values) - 1)) * error
    return centre - half, centre + half


def share_interval(count: int, total: int) -> Interval:
    """Give the 95 % interval of a share, such as of runs that failed: Wilson's, fair with few runs."""
    found = stats.binomtest(count, total).proportion_ci(CONFIDENCE, method="wilson")
    return float(found.low), float(found.high)


def detectable_difference(spread: float, seeds: int, level: float, power: float = POWER) -> float:
    """Give the smallest true difference that a paired two-sided t test finds with this power.

    The power of the t test at a true difference ``d`` is a tail of the noncentral t distribution
    with noncentrality ``d * sqrt(seeds) / spread``; this solves it for ``d``.
    """
    return _noncentrality(seeds, level, power) * spread / math.sqrt(seeds)


def holm(p_values: Mapping[Name, float | None]) -> dict[Name, float]:
    """Correct p values for their number, by Holm's steps; one that is missing counts as 1.

    Calling what comes out at or below ``a`` a finding errs anywhere among them with a chance of at
    most ``a``, however they depend on each other; here all share a baseline.
    """
    known = {name: 1.0 if p is None else p for name, p in p_values.items()}
    corrected: dict[Name, float] = {}
    largest = 0.0
    for place, name in enumerate(sorted(known, key=known.__getitem__)):
        largest = max(largest, min(1.0, (len(known) - place) * known[name]))
        corrected[name] = largest
    return corrected


def plan_looks(seeds: int, most: int | None = None) -> tuple[int, ...]:
    """Give after how many seeds a trial looks: at first, and then at twice as many until the most.

    Raises
    ------
    ValueError
        If the most is less than the first.

    Examples
    --------
    >>> plan_looks(5), plan_looks(5, 30)
    ((5,), (5, 10, 20, 30))
    """
    most = seeds if most is None else most
    if most < seeds:
        raise ValueError(f"at most {most} seeds are given; a trial starts with {seeds} and only adds to them")
    looks = []
    while seeds < most:
        looks.append(seeds)
        seeds *= 2
    return (*looks, most)


def spend(looks: Sequence[int]) -> tuple[float, ...]:
    """Share the family's error out to the looks, in proportion to the seeds of each.

    The shares add up to the error, so the whole trial errs no more often, whatever is decided on the
    way. The last look keeps the most, because most verdicts are its own.
    """
    return tuple(FAMILY_ERROR * seeds / sum(looks) for seeds in looks)


@lru_cache(maxsize=1024)
def _noncentrality(seeds: int, level: float, power: float) -> float:
    freedom = seeds - 1
    critical = float(stats.t.isf(level / 2, freedom))

    def missing(noncentrality: float) -> float:
        upper = stats.nct.sf(critical, freedom, noncentrality)
        # The tail on the wrong side; SciPy's nct is NaN where it is too small to be computed.
        lower = np.nan_to_num(stats.nct.cdf(-critical, freedom, noncentrality))
        return float(upper + lower) - power

    return float(optimize.brentq(missing, 0.0, 10 * (critical + 1)))


@lru_cache(maxsize=_EXACT_SEEDS)
def _signs(count: int) -> NDArray[np.float64]:
    bits = np.arange(2**count)[:, None] >> np.arange(count) & 1
    return np.where(bits, -1.0, 1.0)


def _as_far(sums: NDArray[np.float64], values: NDArray[np.float64]) -> int:
    # Sums of the same numbers in another order differ in their last bits.
    return int(np.count_nonzero(np.abs(sums) >= abs(values.sum()) - _SAME * np.abs(values).sum()))
