"""Focal loss of classes: cross-entropy that counts less where the class is already probable."""

from math import inf

from slopes.core import Math, Paper, RowFacts, T, parameter
from slopes.losses.log_probability import LogProbabilityLoss, Probabilities


class CategoricalFocal(LogProbabilityLoss):
    """Cross-entropy of each class times (1 - p)^gamma; `class_weight` is the paper's alpha.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.categorical_focal(np.array([[0.0, 0.0]]), np.array([1]))  # log(2) / 4
    np.float64(0.17328679513998632)
    """

    gamma: float = parameter(2.0, "how little a probable class counts", at_least=0, also=(0.0, 0.5, 1.0))

    formula = "-sum(q * (1 - exp(x) / sum(exp(x)))**gamma * log(exp(x) / sum(exp(x))))"
    aliases = ("categorical_focal_crossentropy", "categorical_focal_cross_entropy", "softmax_focal")
    papers = (
        Paper(
            "Lin, Goyal, Girshick, He and Dollár",
            2017,
            "Focal loss for dense object detection",
            "https://arxiv.org/abs/1708.02002",
        ),
    )
    elsewhere = {"keras": "keras.losses.CategoricalFocalCrossentropy(alpha=1.0, from_logits=True)"}

    @property
    def facts(self) -> RowFacts:
        return RowFacts(range=(0, inf), shift="invariant", convex=self.gamma == 0)

    def curve(self, m: Math, c: Probabilities[T]) -> T:
        return m.power(c.rest, self.gamma) * c.surprise

    def slope(self, m: Math, c: Probabilities[T]) -> T:
        return -(m.power(c.rest, self.gamma) * (1 + self.gamma * self._pull(m, c)))

    def bend(self, m: Math, c: Probabilities[T]) -> T:
        inner = 2 * c.p + (self.gamma * c.p - 1) * self._pull(m, c)
        return m.times(self.gamma, m.power(c.rest, self.gamma - 1) * inner)

    def _ratio(self, m: Math, c: Probabilities[T]) -> T:
        """-log(p) / (1 - p), which is 1 where 1 - p has underflowed."""
        gone = m.equal(c.rest, 0.0)
        return m.where(gone, m.fill(c.rest, 1.0), c.surprise / m.where(gone, 1.0, c.rest))

    def _pull(self, m: Math, c: Probabilities[T]) -> T:
        """-p log(p) / (1 - p); 0 for an excluded class."""
        return m.times(c.p, self._ratio(m, c))
