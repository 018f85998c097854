"""Where a training run is stuck, read from its losses alone."""

from collections.abc import Sequence
from math import e, inf, log, log1p
from statistics import fmean
from typing import NamedTuple

import numpy as np

from slopes.doctor.checks.base import Rule
from slopes.doctor.languages import Text
from slopes.doctor.scene import Evidence

ENOUGH = 10  #: losses before something is said about them
FLAT = 0.02  #: how much of its size a stuck loss still moves
NEAR = 0.01  #: how near to a known value
#: what a clipped logarithm costs where the probability is 0: a loss there predicts the wrong class for sure
CLIPS = {Text("Keras clips at 1e-7"): -log(1e-7), Text("PyTorch clips logarithms at -100"): 100.0}


class Plateau(NamedTuple):
    """A value at which runs are known to be stuck."""

    value: float
    means: str


def known(classes: int, shares: Sequence[float] = ()) -> list[Plateau]:
    """Return where a classifier of so many classes may be stuck, given the share of each class if known."""
    c = classes
    found = [
        Plateau(log(c), Text("ln {c}, the loss of predicting all {c} classes alike", c=c)),
        Plateau(
            log1p((c - 1) / e),
            Text("ln(1 + {others} / e), the least that softmax before cross-entropy allows", others=c - 1),
        ),
        Plateau(
            log1p((c - 1) / e**2),
            Text("ln(1 + {others} / e^2), the least that tanh logits allow", others=c - 1),
        ),
    ]
    given = [p for p in shares if p > 0]
    if given:
        entropy = -sum(p * log(p) for p in given)
        means = Text("the entropy of the class shares: the same prediction for every input")
        found.append(Plateau(entropy, means))
    if c == 2:
        positive = shares[1] if len(shares) == 2 else 0.5
        floor = positive * log1p(1 / e) + (1 - positive) * log(2)
        found.append(Plateau(floor, Text("the least that a sigmoid before a loss of logits allows")))
    wrong = 1 - max(shares, default=1 / c)
    found += [
        Plateau(wrong * cost, Text("always the same class, for sure, where {what}", what=what))
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


class StuckLoss(Rule):
    """The loss stays at a value that says why nothing is learned.

    A training that does not move looks the same whatever the reason; the height at which it stays does not.

    Number
    ------
    The mean of the last half of the losses beside a value that is known for so many classes: ln C, the least
    that a second softmax or tanh logits allow, the entropy of the class shares, or the same class for sure
    where a framework clips the logarithm.

    Cure
    ----
    Look at the other findings, at the learning rate, and at whether gradients arrive.

    Silent
    ------
    Fewer than 10 losses, losses that still move by more than 2 %, and values that differ from the known ones
    by more than 1 %.

    Examples
    --------
    >>> import math
    >>> import torch
    >>> from slopes import doctor
    >>> with doctor.watch() as case:
    ...     for _ in range(20):  # a learning rate of 0, so to say
    ...         loss = torch.nn.functional.cross_entropy(torch.zeros(6, 10), torch.arange(6))
    >>> print(case.findings()[0])
    R13 stuck-loss: the last 10 losses stay at 2.3026: 2.3026 is ln 10, the loss of predicting all 10 classes
    alike. Cure: look at the other findings, at the learning rate, and at whether gradients arrive.
    >>> round(math.log(10), 4)
    2.3026
    """

    code, name, severity = "R13", "stuck-loss", "warning"

    def examine(self, losses: Sequence[float], classes: int, shares: Sequence[float] = ()) -> Evidence | None:
        """Return at which known value a run of losses stays, or None."""
        plateau = stuck_at(losses, classes, shares)
        if plateau is None:
            return None
        last = losses[len(losses) // 2 :]
        return Evidence(
            says=Text(
                "the last {n} losses stay at {loss:.4f}: {value:.4f} is {means}",
                n=len(last),
                loss=fmean(last),
                value=plateau.value,
                means=plateau.means,
            ),
            numbers={"loss": fmean(last), "plateau": plateau.value},
            cure=Text("look at the other findings, at the learning rate, and at whether gradients arrive"),
            times=len(last),
            calls=len(losses),
        )


stuck_loss = StuckLoss()
