"""The null test: one function under two names ties, and a planted difference is found."""

import numpy as np
import pytest

from slopes.trial.null import null_test
from slopes.trial.records import ACCURACY, Candidate, Metric
from slopes.trial.verdicts import follow

DECIBEL = Metric("SI-SDR", unit="dB")
PERPLEXITY = Metric("perplexity", higher_is_better=False, smallest=1.0)
RANDOM = np.random.default_rng(0)
POOLS = {
    "normal": (DECIBEL, RANDOM.normal(12, 0.5, 400)),
    "counts": (ACCURACY, RANDOM.binomial(899, 0.97, 400) / 899),
    "skewed": (PERPLEXITY, 9 + RANDOM.exponential(0.4, 400)),
    "with outliers": (ACCURACY, np.where(RANDOM.random(400) < 0.05, 0.6, RANDOM.normal(0.95, 0.01, 400))),
}


@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize(("candidates", "looks"), [(1, (5,)), (7, (5,)), (7, (5, 10, 20))])
def test_one_function_under_many_names_ties(pool: str, candidates: int, looks: tuple[int, ...]) -> None:
    metric, outcomes = POOLS[pool]
    result = null_test(metric, outcomes, candidates=candidates, looks=looks, trials=200)
    assert result.ties >= 0.93 * result.trials


@pytest.mark.parametrize("pool", ["normal", "counts"])
@pytest.mark.parametrize(
    ("candidates", "looks", "most"),
    # Between looks the power adds up, so that a trial with several finds more than its last look alone.
    [(1, (5,), 0.85), (7, (5,), 0.85), (3, (10,), 0.85), (7, (5, 10, 20), 0.9)],
)
def test_a_planted_difference_is_found_at_the_stated_power(
    pool: str, candidates: int, looks: tuple[int, ...], most: float
) -> None:
    metric, outcomes = POOLS[pool]
    result = null_test(metric, outcomes, candidates=candidates, looks=looks, trials=400)
    assert 0.75 <= result.found / result.trials <= most


def test_a_planted_difference_is_found_where_less_is_better() -> None:
    metric, outcomes = POOLS["skewed"]
    result = null_test(metric, outcomes, candidates=7, looks=(10,), trials=400)
    assert result.planted < 0
    assert result.found > 0.7 * result.trials


def test_a_null_test_needs_luck_to_simulate() -> None:
    with pytest.raises(ValueError, match="3 outcomes without a spread are given"):
        null_test(ACCURACY, [0.5] * 3)


def test_true_differences_do_not_lend_their_error_to_others() -> None:
    # One is better and one worse by far; five are the baseline again.
    random, names = np.random.default_rng(1), [Candidate(f"name {place}", "loss") for place in range(8)]
    trials, wrong = 200, 0
    for _ in range(trials):
        values = random.normal(size=(8, 10))
        values[1:3] += [[3.0], [-3.0]]
        ended: dict[Candidate, dict[int, float]] = {name: {} for name in names}
        while asked := follow(DECIBEL, range(10), (5, 10), ended).next_seeds:
            for name, seeds in asked.items():
                ended[name] |= {seed: values[names.index(name), seed] for seed in seeds}
        found = follow(DECIBEL, range(10), (5, 10), ended).conclusions
        wrong += any(found[name].finding != "same" for name in names[3:])
    assert wrong <= 0.07 * trials
