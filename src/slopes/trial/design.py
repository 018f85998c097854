"""The design of a trial: its candidates, its budget and its seeds, checked before anything runs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from slopes.trial import library, statistics
from slopes.trial.problem import Problem
from slopes.trial.records import Candidate, Plan

SEEDS = 5
# The search has a seed of its own, so that no run of the trial starts from weights it has seen.
SEARCH_SEED = 1_000_000
# A winner is confirmed on seeds that had no part in choosing it.
FIRST_CONFIRM_SEED = 500_000


@dataclass(frozen=True)
class Design:
    """Everything that decides the outcome of a trial, apart from the data.

    Attributes
    ----------
    candidates : tuple of Candidate
        What is compared; the first is the baseline.
    learning_rates : tuple of float
        What is searched for each candidate, in ascending order.
    seeds : tuple of int
        The seeds of the trial.
    steps : int
        Optimisation steps of a run.
    fractions : tuple of float
        Shares of the training data, in ascending order; verdicts are on the last.
    looks : tuple of int
        After how many seeds the trial may stop, fixed before it starts; all seeds if not given.
    """

    candidates: tuple[Candidate, ...]
    learning_rates: tuple[float, ...]
    seeds: tuple[int, ...]
    steps: int
    fractions: tuple[float, ...] = (1.0,)
    looks: tuple[int, ...] = ()

    @property
    def planned_looks(self) -> tuple[int, ...]:
        """After how many seeds the trial may stop."""
        return self.looks or (len(self.seeds),)

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
        return len(self.candidates) * (rates + len(self.seeds) * len(self.fractions))

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
            Plan(candidate, chosen[candidate], seed, self.steps, "trial", fraction)
            for fraction in self.fractions
            for candidate in self.candidates
            for seed in self.seeds
        ]

    def confirmation_plans(self, winner: Candidate, chosen: dict[Candidate, float]) -> list[Plan]:
        """Give the plans that run a winner and the baseline again, on as many seeds, all of them new."""
        return [
            Plan(
                candidate,
                chosen[candidate],
                FIRST_CONFIRM_SEED + seed,
                self.steps,
                "confirm",
                self.fractions[-1],
            )
            for candidate in (self.baseline, winner)
            for seed in self.seeds
        ]


def plan_design(
    problem: Problem,
    activations: Sequence[str] | None = None,
    losses: Sequence[str] | None = None,
    learning_rates: Sequence[float] | None = None,
    seeds: int = SEEDS,
    steps: int | None = None,
    fractions: Sequence[float] = (1.0,),
    *,
    max_seeds: int | None = None,
    force: bool = False,
) -> Design:
    """Check what was asked for and give the design of the trial.

    What is not given is the problem's, and ``max_seeds`` is ``seeds``. With ``force``, combinations
    that cannot work are tried.

    Raises
    ------
    ValueError
        If a name, a number or a combination makes no sense; the message says what is allowed.
    """
    activations = problem.activations if activations is None else activations
    losses = problem.losses if losses is None else losses
    learning_rates = problem.learning_rates if learning_rates is None else learning_rates
    steps = problem.steps if steps is None else steps
    lists: dict[str, Sequence[object]] = {
        "activation": activations,
        "loss": losses,
        "learning rate": learning_rates,
        "fraction": fractions,
    }
    for what, values in lists.items():
        if not values:
            raise ValueError(f"no {what} is given; at least one is needed")
    hidden = [library.activation(name).name for name in activations]
    found = [library.loss(name).name for name in losses]
    _refuse_twins(activations, hidden)
    _refuse_twins(losses, found)
    if not force:
        for activation in hidden:
            for loss in found:
                problem.check(activation, loss)
    for name, value in (("seeds", seeds), ("steps", steps)):
        if value < 1:
            raise ValueError(f"{value} {name} are given; at least 1 is needed")
    looks = statistics.plan_looks(seeds, max_seeds)
    if looks[-1] > FIRST_CONFIRM_SEED:
        raise ValueError(f"{looks[-1]} seeds are given; at most {FIRST_CONFIRM_SEED} are allowed")
    return Design(
        tuple(Candidate(a, b) for a in hidden for b in found),
        _ascending("learning rate", learning_rates, math.inf),
        tuple(range(looks[-1])),
        steps,
        _ascending("fraction", fractions, 1.0),
        looks,
    )


def _ascending(what: str, numbers: Sequence[float], greatest: float) -> tuple[float, ...]:
    result = tuple(sorted(float(number) for number in numbers))
    for number in result:
        if not (math.isfinite(number) and 0 < number <= greatest):
            limit = "finite" if math.isinf(greatest) else f"at most {greatest:g}"
            raise ValueError(f"the {what} {number} is given; it must be positive and {limit}")
    if len(set(result)) < len(result):
        raise ValueError(f"a {what} is given twice")
    return result


def _refuse_twins(given: Sequence[str], names: Sequence[str]) -> None:
    first: dict[str, str] = {}
    for word, name in zip(given, names, strict=True):
        if name in first:
            raise ValueError(f"{first[name]!r} and {word!r} are the same function, {name!r}")
        first[name] = word
