"""Poly-1: cross-entropy, with the first term of its expansion in 1 - p at another weight."""

from math import inf

from slopes.core import Math, Paper, RowFacts, T, parameter
from slopes.losses.log_probability import LogProbabilityLoss, Probabilities


class Poly1(LogProbabilityLoss):
    """Cross-entropy plus `epsilon` (1 - p) of the true class: a positive epsilon pulls more where p is large.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.poly1(np.array([[0.0, 0.0]]), np.array([1]))  # log(2) + 1/2
    np.float64(1.1931471805599454)
    """

    epsilon: float = parameter(1.0, "weight of 1 - p beside cross-entropy", at_least=-1, also=(-0.5, 3.0))

    formula = "sum(q * (epsilon * (1 - exp(x) / sum(exp(x))) - log(exp(x) / sum(exp(x)))))"
    aliases = ("poly_loss", "polyloss", "poly1_cross_entropy", "poly_loss_cross_entropy")
    papers = (
        Paper(
            "Leng, Tan, Liu, Cubuk, Shi, Cheng and Anguelov",
            2022,
            "PolyLoss: a polynomial expansion perspective of classification loss functions",
            "https://arxiv.org/abs/2204.12511",
        ),
    )
    elsewhere = {"optax": "optax.losses.poly_loss_cross_entropy"}

    @property
    def facts(self) -> RowFacts:
        return RowFacts(range=(0, inf), shift="invariant", convex=self.epsilon <= 1)

    def curve(self, m: Math, c: Probabilities[T]) -> T:
        return c.surprise + self.epsilon * c.rest

    def slope(self, m: Math, c: Probabilities[T]) -> T:
        return -(1 + self.epsilon * c.p)

    def bend(self, m: Math, c: Probabilities[T]) -> T:
        return -self.epsilon * c.p
