"""Softmin: scores of a row as probabilities, the smallest score the most probable."""

from slopes.activations.softmax import centred, split
from slopes.core import Math, Paper, RowActivation, RowFacts, T


class Softmin(RowActivation):
    """The probabilities e^-x / sum(e^-x) of a row of costs.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.softmin(np.array([0.0, 1000.0]))
    array([1., 0.])
    """

    formula = "exp(-x) / sum(exp(-x))"
    papers = (
        Paper(
            "Bridle",
            1990,
            "Probabilistic interpretation of feedforward classification network outputs",
            "https://doi.org/10.1007/978-3-642-76153-9_28",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.softmin"}
    facts = RowFacts(range=(0, 1), total=1, shift="invariant")
    absent = float("inf")

    def value(self, m: Math, x: T) -> T:
        return split(m, -x).p

    def vjp(self, m: Math, x: T, cotangent: T) -> T:
        s = split(m, -x)
        return -s.p * centred(m, s, cotangent)

    def jvp(self, m: Math, x: T, tangent: T) -> T:
        return self.vjp(m, x, tangent)  # the Jacobian is symmetric

    def hvp(self, m: Math, x: T, cotangent: T, tangent: T) -> T:
        s = split(m, -x)
        product = centred(m, s, cotangent) * centred(m, s, tangent)
        return s.p * (product - m.row_sum(s.p * product))
