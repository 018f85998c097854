"""Fit a trial into a time: short runs tell how long a run takes, and the design is cut by a fixed rule."""

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from slopes.trial.design import SEARCH_SEED, Design
from slopes.trial.records import Candidate, Plan, Run

LEAST_SEEDS = 3
LEAST_STEPS = 0.25  #: of the steps that were planned
RULE = (
    f"seeds first, to {LEAST_SEEDS} at the fewest, then the steps of all runs alike, to a quarter at the "
    "fewest; candidates and learning rates stay, so that the search remains fair"
)
# For starting workers, the report, and runs that take longer than the short ones told.
_RESERVE_SECONDS, _RESERVE_SHARE = 5.0, 0.1
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0}


def seconds(text: str) -> float:
    """Read a time such as ``90s``, ``10m`` or ``1h30m``.

    Raises
    ------
    ValueError
        If the text is no such time, or none is left of it.

    Examples
    --------
    >>> seconds("10m"), seconds("1h30m"), seconds("0.5m")
    (600.0, 5400.0, 30.0)
    """
    number = r"\d+(?:\.\d+)?"
    if not re.fullmatch(rf"(?:{number}h)?(?:{number}m)?(?:{number}s)?", text) or not text:
        raise ValueError(f"the time {text!r} is given; it must be one such as 90s, 10m or 1h30m")
    return sum(float(count) * _UNITS[unit] for count, unit in re.findall(rf"({number})([hms])", text))


def pilot_plans(design: Design, workers: int) -> list[Plan]:
    """Give the short runs: a few to warm the workers up, then two lengths for each candidate.

    Two lengths tell the time of a step from the time that every run takes for its beginning and its test.
    """
    rate = design.learning_rates[0]
    return [
        Plan(candidate, rate, seed, steps, "pilot")
        for steps, candidates, seeds in (
            (1, (design.baseline,), range(SEARCH_SEED, SEARCH_SEED + workers)),
            *((steps, design.candidates, (SEARCH_SEED,)) for steps in _lengths(design)),
        )
        for candidate in candidates
        for seed in seeds
    ]


def fit(
    design: Design, pilot: Iterable[Run], budget: float, workers: int, *, confirm: bool
) -> tuple[Design, str]:
    """Cut a design until it fits, and say what was cut.

    The pilot's times alone decide, so a trial that is taken up again is cut alike.

    Parameters
    ----------
    design : Design
        What is wanted.
    pilot : iterable of Run
        The runs of `pilot_plans`.
    budget : float
        Seconds for the whole trial, the pilot included.
    workers : int
        How many runs go on at the same time.
    confirm : bool
        Whether a winner will be run again, with the baseline.

    Raises
    ------
    ValueError
        If the smallest design does not fit; the message says what would.
    """
    runs = list(pilot)
    clock = _Clock.of(design, runs)
    spent = sum(run.seconds for run in runs) / workers + _RESERVE_SECONDS
    left = budget * (1 - _RESERVE_SHARE) - spent

    def needed(smaller: Design) -> float:
        return clock.trial(smaller, workers, confirm=confirm)

    least_seeds = min(LEAST_SEEDS, len(design.seeds))
    least_steps = math.ceil(LEAST_STEPS * design.steps)
    if needed(design) <= left:
        return design, f"The budget of {budget:g} s was enough for the whole plan; nothing was cut."
    seeds = _most(least_seeds, len(design.seeds), left, lambda count: needed(_with_seeds(design, count)))
    cut = _with_seeds(design, seeds or least_seeds)
    if seeds is None:
        steps = _most(least_steps, design.steps, left, lambda count: needed(replace(cut, steps=count)))
        if steps is None:
            smallest = (needed(replace(cut, steps=least_steps)) + spent) / (1 - _RESERVE_SHARE)
            raise ValueError(
                f"a budget of {budget:g} s is too small: {len(design.candidates)} candidates at "
                f"{len(design.learning_rates)} learning rates, with {least_seeds} seeds and {least_steps} "
                f"steps, take about {math.ceil(smallest)} s; give that or more, or fewer candidates"
            )
        cut = replace(cut, steps=steps)
    changes = [
        f"{what} from {before} to {after}"
        for what, before, after in (
            ("seeds", len(design.seeds), len(cut.seeds)),
            ("steps", design.steps, cut.steps),
        )
        if before != after
    ]
    return cut, f"The budget of {budget:g} s has cut {' and '.join(changes)}. The rule: {RULE}."


@dataclass(frozen=True)
class _Clock:
    """How long the run of a candidate takes, by its number of steps."""

    times: dict[Candidate, tuple[float, float]]  #: of a run without steps, and of a step

    @classmethod
    def of(cls, design: Design, pilot: Sequence[Run]) -> "_Clock":
        found = {(run.plan.candidate, run.plan.steps): run.seconds for run in pilot if run.error is None}
        few, many = _lengths(design)
        times = {}
        for candidate in design.candidates:
            if (candidate, few) in found and (candidate, many) in found:
                short, long = found[candidate, few], found[candidate, many]
                step = max(0.0, long - short) / (many - few)
                times[candidate] = max(0.0, long - many * step), step
        if not times:
            first = next(run.error for run in pilot if run.error is not None)
            raise ValueError(
                f"no run can be timed for the budget: of each candidate one failed, first with {first}"
            )
        # A candidate that failed is taken for the slowest of the others.
        slowest = max(times.values(), key=lambda time: time[0] + design.steps * time[1])
        return cls({candidate: times.get(candidate, slowest) for candidate in design.candidates})

    def trial(self, design: Design, workers: int, *, confirm: bool) -> float:
        """Give the time of a whole trial with every look and, at the worst, the slowest winner."""
        time = {candidate: start + design.steps * step for candidate, (start, step) in self.times.items()}
        rates = len(design.learning_rates) if design.searches else 0
        own = [(rates + len(design.seeds) * len(design.fractions)) * each for each in time.values()]
        if confirm and len(time) > 1:
            slowest = max(each for candidate, each in time.items() if candidate != design.baseline)
            own.append(len(design.seeds) * (time[design.baseline] + slowest))
        # While the last runs of a phase end, some workers wait.
        phases = (rates > 0) + max(1, len(design.looks)) + confirm
        return sum(own) / workers + phases * (1 - 1 / workers) * max(time.values())


def _lengths(design: Design) -> tuple[int, int]:
    few = max(2, design.steps // 50)
    return few, max(few + 1, design.steps // 10)


def _with_seeds(design: Design, count: int) -> Design:
    looks = tuple(look for look in design.looks if look < count)
    return replace(design, seeds=design.seeds[:count], looks=(*looks, count) if design.looks else ())


def _most(least: int, most: int, left: float, needed: Callable[[int], float]) -> int | None:
    """Give the largest number from least to most whose need is met, or None where none is."""
    choices = range(least, most + 1)
    fitting = bisect_right(choices, left, key=needed)
    return choices[fitting - 1] if fitting else None
