"""How a loss meets a booster's raw score: what the score is to it, and which losses cannot be boosted."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from slopes.api.catalogue import functions
from slopes.api.loss import Loss, PointwiseLossFunction
from slopes.api.row_loss import RowLossFunction
from slopes.core import ArrayLoss, Curve
from slopes.losses.cross_entropy import CrossEntropy
from slopes.losses.log_probability import LogProbabilityLoss

Array = Any  #: a NumPy array


def _identity(raw: Array) -> Array:
    return raw


def _twice_sigmoid(raw: Array) -> Array:
    return functions["sigmoid"](2 * raw)


LINKS: dict[str, Callable[[Array], Array]] = {
    "identity": _identity,
    "sigmoid": functions["sigmoid"],
    "sigmoid of twice the score": _twice_sigmoid,
    "exp": functions["exponential"],
    "softmax": functions["softmax"],
}
OF_MARGINS = {
    "soft_margin": "sigmoid",
    "exponential_loss": "sigmoid of twice the score",  # e^-z has its least expectation at half the log-odds
}  #: the links of those margin losses whose best score tells a probability


FARTHEST = 200.0  #: the logarithm of the largest mean that a loss is given


@dataclass(frozen=True)
class Family:
    """A loss over raw scores, element by element or row by row, in the units of the loss."""

    loss: PointwiseLossFunction | RowLossFunction
    link: str  #: from a raw score to a prediction, one of `LINKS`
    logarithmic: bool = False  #: whether the loss takes means, of which the raw score is the logarithm

    @property
    def rows(self) -> bool:
        """Whether a prediction is a row of scores, one for each class."""
        return self.link == "softmax"

    @property
    def smooth(self) -> bool:
        """Whether the slope has no jump."""
        return bool(getattr(self.loss.facts, "smooth", inf) >= 1)

    def predictions(self, raw: Array) -> Array:
        """Apply the inverse link."""
        return LINKS[self.link](raw)

    def targets(self, y: Array) -> Array:
        """Return targets as the loss wants them: labels 0 and 1 become the signs of a margin loss."""
        y = np.asarray(y)
        if self.rows:
            return y if y.ndim > 1 else _whole(self.loss.name, y)
        if self.loss.kind == "margin_loss" and not (y == -1).any():
            return 2 * y - 1
        return y

    def value(self, targets: Array, raw: Array) -> Array:
        """Return the losses."""
        return self.loss(self._taken(raw), targets, reduction="none")

    def mean(self, targets: Array, raw: Array, weight: Array | None) -> float:
        """Return the weighted mean loss."""
        return float(self.loss(self._taken(raw), targets, weight=weight))

    def derivatives(self, targets: Array, raw: Array, weight: Array | None = None) -> tuple[Array, Array]:
        """Return first and second derivative in the raw score, of rows the diagonal."""
        if not self.logarithmic:
            return self.loss.gradient_and_hessian(raw, targets, weight=weight)
        mean = self._taken(raw)
        first, second = self.loss.gradient_and_hessian(mean, targets, weight=weight)
        slope = mean * first
        bend = np.maximum(mean * mean * second + slope, 0.0)  # convex: below 0 is rounding
        with np.errstate(over="ignore"):
            return slope.astype(raw.dtype), bend.astype(raw.dtype)

    def _taken(self, raw: Array) -> Array:
        """What the loss takes for a prediction."""
        if not self.logarithmic:
            return raw
        # in float64, where a second derivative in a mean between these bounds, about mean^-3, is finite
        return np.exp(np.clip(raw.astype(np.float64), -FARTHEST, FARTHEST))


def _whole(name: str, y: Array) -> Array:
    """Return class labels, which libraries keep as floats, as integers."""
    labels = y.astype(np.int64)
    if y.dtype.kind == "f" and not np.array_equal(labels, y):
        raise ValueError(f"{name}: class labels must be whole numbers, got {y[labels != y][0]!r}")
    return labels


def family(loss: Any) -> Family:
    """Return how a loss is boosted.

    Raises
    ------
    ValueError
        For a function that cannot be boosted, with the reason.
    """
    if not isinstance(loss, Loss):
        raise ValueError(f"{loss.name} is an activation; boosting needs a loss")
    definition: Any = loss.definition
    if isinstance(loss, RowLossFunction):
        if not isinstance(definition, CrossEntropy | LogProbabilityLoss):
            raise ValueError(
                _refused(loss, "of several classes only losses of softmax probabilities are boosted")
            )
        return Family(loss, "softmax")
    if isinstance(definition, ArrayLoss) or not isinstance(loss, PointwiseLossFunction):
        raise ValueError(_refused(loss, "it is not a sum over rows of one prediction and one target each"))
    if loss.name == "perceptron":
        raise ValueError(_refused(loss, "the score 0 is already its minimum, so no tree would ever be grown"))
    if loss.takes == "means":
        return Family(loss, "exp", logarithmic=True)
    if loss.takes == "log_means":
        return Family(loss, "exp")
    if loss.kind == "probability_loss":
        raise ValueError(
            _refused(loss, "it takes probabilities, and a raw score may be any number; take it with logits")
        )
    if isinstance(definition, Curve):
        link = OF_MARGINS.get(loss.name, "identity")
        return Family(loss, link)
    if definition.predictions != (-inf, inf):
        low, high = definition.predictions
        raise ValueError(
            _refused(loss, f"its prediction must lie in [{low:g}, {high:g}], a raw score need not")
        )
    return Family(loss, "sigmoid" if loss.kind == "logit_loss" else "identity")


def _refused(loss: Loss, reason: str) -> str:
    return f"{loss.name} ({loss.kind}) cannot be boosted: {reason}"
