"""1.5-entmax: half way between softmax and sparsemax."""

from slopes.activations.entmax import above, centred
from slopes.core import Math, Paper, RowActivation, RowFacts, T


class Entmax15(RowActivation):
    """The sparse probabilities of entmax at alpha 1.5, which change smoothly as entries become 0.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.entmax15(np.array([1.0, 0.0, -2.0]))
    array([0.8307..., 0.1692..., 0. ])
    """

    formula = "relu(x / 2 - threshold(x / 2, 2))**2"
    aliases = ("entmax_1.5", "tsallis15")
    papers = (
        Paper(
            "Peters, Niculae and Martins",
            2019,
            "Sparse sequence-to-sequence models",
            "https://arxiv.org/abs/1905.05702",
        ),
    )
    elsewhere = {"entmax": "entmax.entmax15"}
    kinks = "the second derivative at the threshold is that outside the support"
    facts = RowFacts(range=(0, 1), total=1, shift="invariant")

    def value(self, m: Math, x: T) -> T:
        r = above(m, x, 0.5, 2.0)
        return r * r

    def vjp(self, m: Math, x: T, cotangent: T) -> T:
        r = above(m, x, 0.5, 2.0)
        return r * centred(m, r, cotangent)

    def jvp(self, m: Math, x: T, tangent: T) -> T:
        return self.vjp(m, x, tangent)  # the Jacobian is symmetric

    def hvp(self, m: Math, x: T, cotangent: T, tangent: T) -> T:
        r = above(m, x, 0.5, 2.0)
        product = 0.5 * m.step(r) * centred(m, r, cotangent) * centred(m, r, tangent)
        return product - r * (m.row_sum(product) / m.row_sum(r))
