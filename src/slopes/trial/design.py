"""The design of a trial: its candidates, its budget and its seeds, checked before anything runs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from slopes.trial import library, pairing
from slopes.trial.records import Candidate, Plan

ACTIVATIONS = ("relu", "tanh", "sigmoid", "silu")
LOSSES = ("cross_entropy", "mse")
LEARNING_RATES = (0.003, 0.01, 0.03)
SEEDS = 5
STEPS = 500
# The search has a seed of its own, so that no run of the trial starts from weights it has seen.
SEARCH_SEED = 1_000_000


@dataclass(frozen=True)
class Design:
    """Everything that decides the outcome of a trial, apart from the data."""

    candidates: tuple[Candidate, ...]
    learning_rates: tuple[float, ...]
    seeds: tuple[int, ...]
    steps: int

    @property
    def baseline(self) -> Candidate:
        """The candidate that the others are compared with: the first."""
        return self.candidates[0]

    @property
    def activations(self) -> tuple[str, ...]:
        """The activations, each once, in the order given."""
        return tuple(dict.fromkeys(candidate.activation for candidate in self.candidates))

    @property
    def losses(self) -> tuple[str, ...]:
        """The losses, each once, in the order given."""
        return tuple(dict.fromkeys(candidate.loss for candidate in self.candidates))

    @property
    def searches(self) -> bool:
        """Whether there is a learning rate to search: a single one is used as it is."""
        return len(self.learning_rates) > 1

    @property
    def total_runs(self) -> int:
        """How many runs the whole trial has."""
        rates = len(self.learning_rates) if self.searches else 0
        return len(self.candidates) * (rates + len(self.seeds))

    def search_plans(self) -> list[Plan]:
        """Give the plans of the learning-rate search, the same budget for every candidate."""
        if not self.searches:
            return []
        return [
            Plan(candidate, rate, SEARCH_SEED, self.steps, "search")
            for candidate in self.candidates
            for rate in self.learning_rates
        ]

    def trial_plans(self, chosen: dict[Candidate, float]) -> list[Plan]:
        """Give the plans of the trial itself, with the learning rate chosen for each candidate."""
        return [
            Plan(candidate, chosen[candidate], seed, self.steps, "trial")
            for candidate in self.candidates
            for seed in self.seeds
        ]


def plan_design(
    activations: Sequence[str], losses: Sequence[str], learning_rates: Sequence[float], seeds: int, steps: int
) -> Design:
    """Check what was asked for and give the design of the trial.

    Raises
    ------
    ValueError
        If a name, a number or a combination makes no sense; the message says what is allowed.
    """
    for what, values in (("activation", activations), ("loss", losses), ("learning rate", learning_rates)):
        if not values:
            raise ValueError(f"no {what} is given; at least one is needed")
    hidden = [library.activation(name) for name in activations]
    found = [library.loss(name) for name in losses]
    for loss in found:
        pairing.check(loss)
    _refuse_twins(activations, [function.name for function in hidden])
    _refuse_twins(losses, [function.name for function in found])
    rates = tuple(sorted(float(rate) for rate in learning_rates))
    for rate in rates:
        if not (math.isfinite(rate) and rate > 0):
            raise ValueError(f"the learning rate {rate} is given; it must be positive and finite")
    if len(set(rates)) < len(rates):
        raise ValueError("a learning rate is given twice")
    for name, value in (("seeds", seeds), ("steps", steps)):
        if value < 1:
            raise ValueError(f"{value} {name} are given; at least 1 is needed")
    if seeds > SEARCH_SEED:
        raise ValueError(f"{seeds} seeds are given; at most {SEARCH_SEED} are allowed")
    return Design(
        tuple(Candidate(a.name, b.name) for a in hidden for b in found), rates, tuple(range(seeds)), steps
    )


def _refuse_twins(given: Sequence[str], names: Sequence[str]) -> None:
    first: dict[str, str] = {}
    for word, name in zip(given, names, strict=True):
        if name in first:
            raise ValueError(f"{first[name]!r} and {word!r} are the same function, {name!r}")
        first[name] = word
