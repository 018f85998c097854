"""Entmax: the family of sparse probabilities between softmax and sparsemax."""

from typing import Any

from slopes.core import Math, Paper, RowActivation, RowFacts, T, parameter


def above(m: Math, x: T, scale: float, power: Any) -> T:
    """Return r = max(scale x - t, 0), t such that the powers of r add up to 1."""
    top = m.row_argmax(x)
    # the largest score is the origin: no inf - inf for a single infinite score
    d = m.where(top, m.fill(x, 0.0), scale * (x - m.row_max(x)))
    return m.maximum(d - m.row_threshold(d, power), 0.0)


def centred(m: Math, weight: T, c: T) -> T:
    """Return c less its mean by weight."""
    return c - m.row_sum(weight * c) / m.row_sum(weight)


class Entmax(RowActivation):
    """The row of probabilities p that maximises x p and a Tsallis entropy of index alpha.

    Towards alpha 1 it is softmax, at 1.5 `entmax15`, at 2 `sparsemax`; the larger, the more entries are 0.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.entmax(np.array([1.0, 0.5, -1.0]), alpha=2.0)
    array([0.75, 0.25, 0.  ])
    """

    alpha: float = parameter(1.5, "1 is softmax, 2 is sparsemax", above=1, at_most=2, also=(1.25, 1.4, 2.0))

    formula = "relu((alpha - 1) * x - threshold((alpha - 1) * x, 1 / (alpha - 1)))**(1 / (alpha - 1))"
    aliases = ("alpha_entmax", "entmax_bisect")
    papers = (
        Paper(
            "Peters, Niculae and Martins",
            2019,
            "Sparse sequence-to-sequence models",
            "https://arxiv.org/abs/1905.05702",
        ),
    )
    elsewhere = {"entmax": "entmax.entmax_bisect"}
    kinks = "derivatives at the threshold are those outside the support"
    facts = RowFacts(range=(0, 1), total=1, shift="invariant")

    def value(self, m: Math, x: T) -> T:
        return m.power(self._above(m, x), self._power)

    def vjp(self, m: Math, x: T, cotangent: T) -> T:
        weight = self._powers(m, self._above(m, x), self._power - 1)
        return weight * centred(m, weight, cotangent)

    def jvp(self, m: Math, x: T, tangent: T) -> T:
        return self.vjp(m, x, tangent)  # the Jacobian is symmetric

    def hvp(self, m: Math, x: T, cotangent: T, tangent: T) -> T:
        r, q = self._above(m, x), self._power
        weight = self._powers(m, r, q - 1)
        bend: T = (1 - 1 / q) * self._powers(m, r, q - 2)
        product = bend * centred(m, weight, cotangent) * centred(m, weight, tangent)
        return product - weight * (m.row_sum(product) / m.row_sum(weight))

    @property
    def _power(self) -> Any:
        return 1 / (self.alpha - 1)

    def _above(self, m: Math, x: T) -> T:
        return above(m, x, self.alpha - 1, self._power)

    def _powers(self, m: Math, r: T, power: Any) -> T:
        """Powers of what is above the threshold; 0 elsewhere, even for a power that is not positive."""
        inside = m.less(0.0, r)
        base: T = m.where(inside, r, m.fill(r, 1.0))
        return m.where(inside, m.power(base, power), m.fill(r, 0.0))
