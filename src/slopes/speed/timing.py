"""Time contenders in turn, so that a machine whose speed drifts drifts for all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Call = Callable[[], object]
SHORTEST = 2e-4  #: seconds of one measurement; shorter calls are repeated


@dataclass(frozen=True)
class Timing:
    """The median time of one contender's call."""

    name: str
    seconds: float


def race(contenders: Mapping[str, Call], rounds: int = 7) -> list[Timing]:
    """Return the median time of each contender over rounds in which each has one turn.

    Examples
    --------
    >>> [timing.name for timing in race({"sum": lambda: sum(range(100))}, rounds=1)]
    ['sum']
    """
    repeats = {name: _repeats(call) for name, call in contenders.items()}
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, call in contenders.items():
            times[name].append(_time(call, repeats[name]))
    return [Timing(name, median(seconds)) for name, seconds in times.items()]


def _repeats(call: Call) -> int:
    """How often a call fits into the shortest measurement; also warms it up."""
    _time(call, 1)
    count = 1
    while (seconds := _time(call, count)) * count < SHORTEST:
        count = max(2 * count, int(SHORTEST / max(seconds, 1e-9)))
    return count


def _time(call: Call, repeats: int) -> float:
    start = perf_counter()
    for _ in range(repeats):
        call()
    return (perf_counter() - start) / repeats
