"""Sparsemax: scores of a row as probabilities of which many are 0."""

from slopes.activations.entmax import above, centred
from slopes.core import Math, Paper, RowActivation, RowFacts, T


class Sparsemax(RowActivation):
    """The nearest point to a row among all rows of probabilities; entmax at alpha 2.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.sparsemax(np.array([1.0, 0.5, -1.0]))
    array([0.75, 0.25, 0.  ])
    """

    formula = "relu(x - threshold(x, 1))"
    papers = (
        Paper(
            "Martins and Astudillo",
            2016,
            "From softmax to sparsemax: a sparse model of attention and multi-label classification",
            "https://arxiv.org/abs/1602.02068",
        ),
    )
    elsewhere = {"keras": "keras.activations.sparsemax", "entmax": "entmax.sparsemax"}
    kinks = "an entry at the threshold is not in the support"
    facts = RowFacts(range=(0, 1), total=1, shift="invariant")

    def value(self, m: Math, x: T) -> T:
        return above(m, x, 1.0, 1.0)

    def vjp(self, m: Math, x: T, cotangent: T) -> T:
        support = m.step(above(m, x, 1.0, 1.0))
        return support * centred(m, support, cotangent)

    def jvp(self, m: Math, x: T, tangent: T) -> T:
        return self.vjp(m, x, tangent)  # the Jacobian is symmetric

    def hvp(self, m: Math, x: T, cotangent: T, tangent: T) -> T:
        return m.fill(x, 0.0)
