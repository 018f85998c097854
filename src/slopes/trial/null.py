"""The null test: how often the rule of the verdicts calls a difference where there is none."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from slopes.trial import statistics, verdicts
from slopes.trial.records import Candidate, Metric


@dataclass(frozen=True)
class NullTest:
    """What the rule said of trials whose truth is known.

    Attributes
    ----------
    trials : int
        How many were simulated, of either sort.
    ties : int
        In how many of those where all candidates are the same function none was called.
    planted : float
        The difference that was added to one candidate's outcomes in the others: what the trials are
        said to find with 80 % power.
    found : int
        In how many of those that candidate was called better.
    """

    trials: int
    ties: int
    planted: float
    found: int


def null_test(
    metric: Metric,
    outcomes: Sequence[float],
    *,
    candidates: int = 1,
    looks: Sequence[int] = (5,),
    trials: int = 1000,
    seed: int = 0,
) -> NullTest:
    """Simulate trials from the outcomes of one function, under as many names as there are candidates.

    Every seed of every candidate draws one of the outcomes, so that no pairing helps and all differences
    are luck.

    Parameters
    ----------
    metric : Metric
        The outcome.
    outcomes : sequence of float
        What runs of one function with different seeds came to, at least 2 different ones.
    candidates : int
        How many names are compared with the baseline's.
    looks : sequence of int
        After how many seeds to look.
    trials : int
        How many trials to simulate.
    seed : int
        Of the random numbers.

    Returns
    -------
    NullTest
        What the rule said.

    Raises
    ------
    ValueError
        If the outcomes do not differ.

    Examples
    --------
    >>> from slopes.trial.records import ACCURACY
    >>> result = null_test(ACCURACY, [0.95, 0.96, 0.94, 0.95, 0.97], trials=100)
    >>> result.ties >= 93
    True
    """
    spread = float(np.std(outcomes, ddof=1)) if len(outcomes) > 1 else 0.0
    if not spread > 0:
        raise ValueError(
            f"{len(outcomes)} outcomes without a spread are given; a null test needs different ones"
        )
    names = [Candidate(f"name {place}", "loss") for place in range(candidates + 1)]
    seeds = range(looks[-1])
    level = statistics.spend(looks)[-1] / candidates
    # Differences of two outcomes spread by the square root of 2 more.
    planted = statistics.detectable_difference(math.sqrt(2) * spread, len(seeds), level)
    planted = planted if metric.higher_is_better else -planted
    random = np.random.default_rng(seed)
    ties = found = 0
    for added in (0.0, planted):
        for _ in range(trials):
            drawn = random.choice(outcomes, (len(names), len(seeds)))
            drawn[1] += added
            table = {
                name: dict(zip(seeds, row, strict=True))
                for name, row in zip(names, drawn.tolist(), strict=True)
            }
            conclusions = verdicts.follow(metric, seeds, looks, table).conclusions
            if added:
                found += conclusions[names[1]].finding == "better"
            else:
                ties += all(conclusion.finding == "same" for conclusion in conclusions.values())
    return NullTest(trials, ties, planted, found)
