"""Where a training run is stuck, read from its losses alone."""

from collections.abc import Sequence
from math import e, log, log1p
from typing import NamedTuple

import numpy as np

ENOUGH = 10  #: losses before something is said about them
FLAT = 0.02  #: how much of its size a stuck loss still moves
NEAR = 0.01  #: how near to a known value


class Plateau(NamedTuple):
    """A value at which runs are known to be stuck."""

    value: float
    means: str


def known(classes: int) -> list[Plateau]:
    """Return the values at which a classifier of so many classes may be stuck."""
    floor = log1p((classes - 1) / e)
    return [
        Plateau(log(classes), f"ln {classes}, the loss of predicting all {classes} classes alike"),
        Plateau(floor, f"ln(1 + {classes - 1} / e), the least that softmax before cross-entropy allows"),
        Plateau(log1p((classes - 1) / e**2), f"ln(1 + {classes - 1} / e^2), the least of tanh logits"),
    ]


def stuck_at(losses: Sequence[float], classes: int) -> Plateau | None:
    """Return the known value at which the last half of a run stays, if there is one."""
    tail = np.asarray(losses[len(losses) // 2 :], dtype=float)
    if len(losses) < ENOUGH or classes < 2 or not np.isfinite(tail).all():
        return None
    level = float(tail.mean())
    if level <= 0 or tail.std() > FLAT * level or abs(tail[-3:].mean() - tail[:3].mean()) > FLAT * level:
        return None
    near = [p for p in known(classes) if abs(level - p.value) <= NEAR * p.value]
    return min(near, key=lambda p: abs(level - p.value)) if near else None
