"""Statistics against SciPy, published power, hand counts and simulation."""

import numpy as np
import pytest
from scipy import stats

from slopes.trial.statistics import (
    BOOTSTRAP_SEEDS,
    FAMILY_ERROR,
    Comparison,
    compare,
    detectable_difference,
    holm,
    mean_interval,
    plan_looks,
    share_interval,
    spend,
)


def test_mean_interval_by_hand() -> None:
    # Mean 3, standard error sqrt(2.5 / 5), t(0.975, 4) = 2.7764451.
    low, high = mean_interval([1, 2, 3, 4, 5]) or (0, 0)
    assert (low, high) == pytest.approx((1.0367568, 4.9632432), abs=1e-7)


def test_many_values_have_the_bootstraps_interval() -> None:
    values = list(np.random.default_rng(0).exponential(size=BOOTSTRAP_SEEDS))
    low, high = mean_interval(values) or (0, 0)
    # To the right, where the long tail is, it reaches further than to the left; Student's does not.
    assert high - np.mean(values) > 1.1 * (np.mean(values) - low)
    assert 0.8 < (high - low) / (2 * stats.sem(values) * stats.t.ppf(0.975, len(values) - 1)) < 1.1
    assert mean_interval(values) == (low, high)
    assert mean_interval([0.5] * BOOTSTRAP_SEEDS) == (0.5, 0.5)


def test_one_value_has_no_interval() -> None:
    assert mean_interval([0.5]) is None
    single = compare({0: 0.75}, {0: 0.5})
    assert (single.seeds, single.difference) == (1, 0.25)
    assert single.interval is single.p_value is single.spread is single.detectable(0.05) is None


def test_compare_is_the_paired_t_test() -> None:
    random = np.random.default_rng(1)
    first, second = random.normal(0.9, 0.01, (2, 7))
    expected = stats.ttest_rel(first, second)
    found = compare(dict(enumerate(first)), dict(enumerate(second)))
    interval = expected.confidence_interval(0.95)
    assert found.seeds == 7
    assert found.difference == pytest.approx(np.mean(first - second))
    assert found.interval == pytest.approx((interval.low, interval.high))
    assert found.p_value == pytest.approx(expected.pvalue)


def test_only_shared_seeds_are_compared() -> None:
    found = compare({0: 0.9, 1: 0.8, 3: 0.1}, {0: 0.8, 1: 0.6, 2: 0.9})
    assert found.seeds == 2
    assert found.difference == pytest.approx(0.15)
    nothing = compare({0: 0.9}, {1: 0.9})
    assert nothing == Comparison(())
    assert nothing.difference is nothing.sign_flip is nothing.p_value is None


def test_sign_flips_by_hand() -> None:
    # Of the 8 sums +-1 +-2 +-4 two are as far from 0 as 1 + 2 + 4, four as far as 4 + 1 - 2.
    assert Comparison((1.0, 2.0, 4.0)).sign_flip == 2 / 8
    assert Comparison((1.0, -2.0, 4.0)).sign_flip == 6 / 8
    # 0.1 + 0.2 + 0.3 and its reverse differ in the last bit and are one and the same sum.
    assert Comparison((0.1, 0.2, 0.3)).sign_flip == Comparison((0.3, 0.2, 0.1)).sign_flip == 2 / 8
    assert Comparison((0.01,) * 5).sign_flip == 0.0625


@pytest.mark.parametrize("seeds", [10, 20])
def test_sign_flips_against_scipy(seeds: int) -> None:
    differences = np.random.default_rng(3).normal(0.4, 1, seeds)
    expected = stats.permutation_test(
        (differences,), np.mean, permutation_type="samples", n_resamples=20_000, rng=0
    )
    # Above 15 seeds both draw: four standard errors of 20,000 draws.
    assert Comparison(tuple(differences)).sign_flip == pytest.approx(
        expected.pvalue, abs=1e-12 if seeds == 10 else 0.015
    )


def test_equal_differences_have_no_spread() -> None:
    # 1/3 + 0.1 - 1/3 and 0.6 - 0.5 differ in the last bit, and are one and the same difference.
    equal = compare({0: 1 / 3 + 0.1, 1: 0.6}, {0: 1 / 3, 1: 0.5})
    assert (equal.spread, equal.interval, equal.p_value) == (0.0, None, 0.5)
    tie = compare({0: 0.1 + 0.2, 1: 0.6}, {0: 0.3, 1: 0.6})
    assert tie.differences == (0.0, 0.0)
    # Outcomes can be small numbers: what is rounding of one is a difference of the other.
    small = compare({0: 3e-12, 1: 5e-12}, {0: 1e-12, 1: 2e-12})
    assert small.spread == pytest.approx(np.std([2e-12, 3e-12], ddof=1))


def test_holm_by_hand() -> None:
    corrected = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005, "e": None})
    # 5 * 0.005, 4 * 0.01, 3 * 0.03; 2 * 0.04 is less than what stands before it.
    assert corrected == pytest.approx({"d": 0.025, "a": 0.04, "c": 0.09, "b": 0.09, "e": 1.0})
    assert holm({}) == {}


def test_looks_share_the_error() -> None:
    assert plan_looks(5) == plan_looks(5, 5) == (5,)
    assert plan_looks(3, 20) == (3, 6, 12, 20)
    assert sum(spend((5, 10, 20))) == pytest.approx(FAMILY_ERROR)
    assert spend((5,)) == (FAMILY_ERROR,)
    assert list(spend((5, 10, 20))) == sorted(spend((5, 10, 20)))
    with pytest.raises(ValueError, match="at most 4 seeds are given; a trial starts with 5"):
        plan_looks(5, 4)


def test_the_interval_of_a_share() -> None:
    # Wilson (1927) for 0 of 10 is (0, z^2 / (10 + z^2)).
    low, high = share_interval(0, 10)
    assert (low, high) == pytest.approx((0.0, 1.959964**2 / (10 + 1.959964**2)), abs=1e-6)


def test_detectable_difference_is_the_published_power() -> None:
    # 33.4 pairs, so 34, find an effect of half a standard deviation with power 0.8 (Cohen 1988).
    assert detectable_difference(1.0, 34, 0.05) < 0.5 < detectable_difference(1.0, 33, 0.05)


@pytest.mark.parametrize(("seeds", "level"), [(2, 0.05), (3, 0.05), (5, 0.05 / 7), (20, 0.01)])
def test_detectable_difference_by_simulation(seeds: int, level: float) -> None:
    spread = 0.02
    true = detectable_difference(spread, seeds, level)
    differences = np.random.default_rng(2).normal(true, spread, (40_000, seeds))
    found = stats.ttest_1samp(differences, 0.0, axis=1).pvalue < level
    assert np.mean(found) == pytest.approx(0.80, abs=0.01)
