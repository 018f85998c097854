"""A whole trial made of numbers, for tests of what is shown of it."""

import math
from collections.abc import Callable

import numpy as np

from slopes.trial.design import Design
from slopes.trial.outcome import Trial, choose_learning_rates, next_seeds, standings, winner
from slopes.trial.records import ACCURACY, Candidate, CurvePoint, Plan, ProblemFacts, Run

MEANS = {
    Candidate("relu", "cross_entropy"): 0.95,
    Candidate("relu", "mse"): 0.93,
    Candidate("silu", "cross_entropy"): 0.97,
    Candidate("silu", "mse"): 0.95,
}
FAILS = Candidate("relu", "mse")


def made_run(plan: Plan, *, scored: bool = True) -> Run:
    """Give a run whose outcome is the candidate's mean with a seed's luck, known beforehand."""
    if plan.candidate == FAILS and plan.seed == 2:
        return Run(
            plan, {}, (CurvePoint(1, 9.0, None, 1.0),), 1.0, "FloatingPointError: </script> became nan"
        )
    place = list(MEANS).index(plan.candidate)
    luck = np.random.default_rng((plan.seed, place)).normal(0, 0.002)
    far = abs(math.log10(plan.learning_rate / 0.01)) if plan.phase == "search" else 0.0
    outcome = MEANS[plan.candidate] + luck - 0.02 * far + 0.05 * math.log10(plan.fraction)
    curve = tuple(
        CurvePoint(step, 2 / step, outcome * (1 - 1 / step) if scored else None, 0.5) for step in (10, 20, 30)
    )
    measures = {"accuracy": outcome, "dead_units": 0.125, "seconds_per_step": 0.01 * (1 + place)}
    return Run(plan, {**measures, "peak_memory_mb": 300.0 + plan.seed}, curve, 1.0 + place, None)


def made_trial(make: Callable[[Plan], Run] = made_run) -> Trial:
    """Give a trial with a search, fractions, two looks, a failure and a confirmed winner."""
    design = Design(tuple(MEANS), (0.003, 0.01, 0.03), tuple(range(6)), 30, (0.1, 1.0), (3, 6))
    runs = [make(plan) for plan in design.search_plans()]
    chosen = choose_learning_rates(design, ACCURACY, runs)
    while seeds := next_seeds(design, ACCURACY, runs):
        runs += [
            make(Plan(candidate, chosen[candidate], seed, 30, "trial", fraction))
            for fraction in design.fractions
            for candidate, own in seeds.items()
            for seed in own
        ]
    best = winner(ACCURACY, standings(design, ACCURACY, runs))
    assert best is not None
    runs += [make(plan) for plan in design.confirmation_plans(best, chosen)]
    facts = ProblemFacts(
        "digits",
        "images",
        ACCURACY,
        "ab" * 32,
        {"classes": 10},
        {"guessing": 0.1, "nearest neighbour": 0.945},
    )
    versions = {"python": "3.12", "slopes": "0.1.0", "platform": "a machine"}
    return Trial(
        design, facts, "slopes trial images --seeds 3", versions, tuple(runs), ("Cut by a budget.",), 0.9
    )
