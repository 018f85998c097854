"""How often 95 % intervals of a mean difference cover the true one: Student's t and the BCa bootstrap.

The table of docs/trial-statistics.md: python -m bench.trial_intervals
"""

import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import stats

TRIALS, RESAMPLES = 4000, 1500
SEEDS = (5, 10, 15, 20, 30, 50)

Random = np.random.Generator
Draw = Callable[[Random, tuple[int, int]], NDArray[np.float64]]


def _with_outliers(random: Random, shape: tuple[int, int]) -> NDArray[np.float64]:
    failed = random.random(shape) < 0.1
    return np.where(failed, random.normal(-3, 1, shape), random.normal(0, 1, shape)) + 0.3


#: Differences with a mean of 0.
DRAWS: dict[str, Draw] = {
    "normal": lambda random, shape: random.normal(size=shape),
    "counts of 899 images": lambda random, shape: (
        random.binomial(899, 0.97, shape) - random.binomial(899, 0.97, shape)
    ).astype(float),
    "one in ten far worse": _with_outliers,
    "exponential": lambda random, shape: random.exponential(size=shape) - 1,
}


def main() -> None:
    """Print the table."""
    random = np.random.default_rng(0)
    print("| seeds |" + "".join(f" {name}: t | BCa |" for name in DRAWS))
    print("|---|" + "---|---|" * len(DRAWS))
    for seeds in SEEDS:
        cells = []
        for draw in DRAWS.values():
            differences = draw(random, (TRIALS, seeds))
            cells += [_covered(*_student(differences)), _covered(*_bootstrap(differences, random))]
        print(f"| {seeds} |" + "".join(f" {100 * cell:.1f} |" for cell in cells))


def _student(differences: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    seeds = differences.shape[1]
    half = stats.sem(differences, axis=1) * stats.t.ppf(0.975, seeds - 1)
    return differences.mean(axis=1) - half, differences.mean(axis=1) + half


def _bootstrap(
    differences: NDArray[np.float64], random: Random
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    with warnings.catch_warnings():
        # Where all differences of a trial are equal there is no interval, and that counts as not covered.
        warnings.simplefilter("ignore")
        found = stats.bootstrap(
            (differences,),
            np.mean,
            axis=1,
            n_resamples=RESAMPLES,
            method="BCa",
            batch=100,
            random_state=random,
        ).confidence_interval
    return found.low, found.high


def _covered(low: NDArray[np.float64], high: NDArray[np.float64]) -> float:
    return float(np.mean((low <= 0) & (high >= 0)))


if __name__ == "__main__":
    main()
