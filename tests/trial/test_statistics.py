"""Statistics against SciPy, published power and simulation."""

import numpy as np
import pytest
from scipy import stats

from slopes.trial.records import ACCURACY
from slopes.trial.statistics import Comparison, compare, detectable_difference, mean_interval, verdict


def test_mean_interval_by_hand() -> None:
    # Mean 3, standard error sqrt(2.5 / 5), t(0.975, 4) = 2.7764451.
    low, high = mean_interval([1, 2, 3, 4, 5]) or (0, 0)
    assert (low, high) == pytest.approx((1.0367568, 4.9632432), abs=1e-7)


def test_one_value_has_no_interval() -> None:
    assert mean_interval([0.5]) is None
    assert compare({0: 0.75}, {0: 0.5}) == Comparison(1, 0.25, None, None)


def test_compare_is_the_paired_t_test() -> None:
    random = np.random.default_rng(1)
    first, second = random.normal(0.9, 0.01, (2, 7))
    expected = stats.ttest_rel(first, second).confidence_interval(0.95)
    found = compare(dict(enumerate(first)), dict(enumerate(second)))
    assert found.seeds == 7
    assert found.difference == pytest.approx(np.mean(first - second))
    assert found.interval == pytest.approx((expected.low, expected.high))


def test_only_shared_seeds_are_compared() -> None:
    found = compare({0: 0.9, 1: 0.8, 3: 0.1}, {0: 0.8, 1: 0.6, 2: 0.9})
    assert found.seeds == 2
    assert found.difference == pytest.approx(0.15)
    assert compare({0: 0.9}, {1: 0.9}) == Comparison(0, None, None, None)


def test_detectable_difference_is_the_published_power() -> None:
    # 33.4 pairs, so 34, find an effect of half a standard deviation with power 0.8 (Cohen 1988).
    assert detectable_difference(1.0, 34) < 0.5 < detectable_difference(1.0, 33)


@pytest.mark.parametrize("seeds", [2, 3, 5, 20])
def test_detectable_difference_by_simulation(seeds: int) -> None:
    spread = 0.02
    true = detectable_difference(spread, seeds)
    differences = np.random.default_rng(2).normal(true, spread, (40_000, seeds))
    found = stats.ttest_1samp(differences, 0.0, axis=1).pvalue < 0.05
    assert np.mean(found) == pytest.approx(0.80, abs=0.01)


@pytest.mark.parametrize(
    ("differences", "words"),
    [
        ([0.02, 0.021, 0.022], "better"),
        ([-0.02, -0.021, -0.022], "worse"),
        ([0.01, 0.01, 0.01], "no verdict: every seed gave the same difference"),
        ([0.0, 0.0], "no difference found; every seed gave the same outcome"),
        ([0.3], "no verdict: one seed has no interval"),
        ([], "no comparison"),
    ],
)
def test_verdicts(differences: list[float], words: str) -> None:
    baseline = dict.fromkeys(range(len(differences)), 0.7)
    candidate = {seed: 0.7 + difference for seed, difference in enumerate(differences)}
    assert verdict(ACCURACY, compare(candidate, baseline)).startswith(words)


def test_no_difference_says_what_could_have_been_seen() -> None:
    comparison = compare({0: 0.90, 1: 0.92, 2: 0.91}, {0: 0.91, 1: 0.91, 2: 0.91})
    points = 100 * detectable_difference(0.01, 3)
    expected = f"no difference found; these seeds could have seen {points:.1f} points"
    assert verdict(ACCURACY, comparison) == expected


def test_equal_counts_of_right_answers_are_equal_differences() -> None:
    # 1/3 + 0.1 - 1/3 and 0.6 - 0.5 differ in the last bit, and are one and the same difference.
    comparison = compare({0: 1 / 3 + 0.1, 1: 0.6}, {0: 1 / 3, 1: 0.5})
    assert verdict(ACCURACY, comparison).startswith("no verdict: every seed gave the same difference")
