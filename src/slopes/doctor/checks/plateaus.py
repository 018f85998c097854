"""Where a training run is stuck, read from its losses alone."""

from collections.abc import Sequence
from math import e, inf, log, log1p
from typing import NamedTuple

import numpy as np

ENOUGH = 10  #: losses before something is said about them
FLAT = 0.02  #: how much of its size a stuck loss still moves
NEAR = 0.01  #: how near to a known value
#: what a clipped logarithm costs where the probability is 0: a loss there predicts the wrong class for sure
CLIPS = {"Keras clips at 1e-7": -log(1e-7), "PyTorch clips logarithms at -100": 100.0}


class Plateau(NamedTuple):
    """A value at which runs are known to be stuck."""

    value: float
    means: str


def known(classes: int, shares: Sequence[float] = ()) -> list[Plateau]:
    """Return where a classifier of so many classes may be stuck, given the share of each class if known."""
    c = classes
    found = [
        Plateau(log(c), f"ln {c}, the loss of predicting all {c} classes alike"),
        Plateau(
            log1p((c - 1) / e), f"ln(1 + {c - 1} / e), the least that softmax before cross-entropy allows"
        ),
        Plateau(log1p((c - 1) / e**2), f"ln(1 + {c - 1} / e^2), the least that tanh logits allow"),
    ]
    given = [p for p in shares if p > 0]
    if given:
        entropy = -sum(p * log(p) for p in given)
        found.append(Plateau(entropy, "the entropy of the class shares: the same prediction for every input"))
    if c == 2:
        positive = shares[1] if len(shares) == 2 else 0.5
        floor = positive * log1p(1 / e) + (1 - positive) * log(2)
        found.append(Plateau(floor, "the least that a sigmoid before a loss of logits allows"))
    wrong = 1 - max(shares, default=1 / c)
    found += [
        Plateau(wrong * cost, f"always the same class, for sure, where {what}")
        for what, cost in CLIPS.items()
    ]
    return found


def stuck_at(losses: Sequence[float], classes: int, shares: Sequence[float] = ()) -> Plateau | None:
    """Return the known value at which the last half of a run stays, if there is one."""
    tail = np.asarray(losses[len(losses) // 2 :], dtype=float)
    if len(losses) < ENOUGH or classes < 2 or not np.isfinite(tail).all():
        return None
    level = float(tail.mean())
    moved = abs(tail[-3:].mean() - tail[:3].mean())
    if level <= 0 or tail.std() > FLAT * level or moved > FLAT * level:
        return None
    nearest = min(known(classes, shares), key=lambda p: abs(level - p.value) / p.value if p.value else inf)
    return nearest if abs(level - nearest.value) <= NEAR * nearest.value else None
