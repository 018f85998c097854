"""Total variation distance: by how much two distributions can differ on any event."""

from slopes.core import Math, Paper, RowFacts, RowLoss, T


class TotalVariation(RowLoss):
    """Half the sum of |exp(x) - q|; x holds log-probabilities, q the target probabilities.

    This is the distance of two distributions, not the roughness of an image of the same name.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.total_variation(np.log(np.array([[0.25, 0.75]])), np.array([0]))
    np.float64(0.75)
    """

    formula = "sum(abs(exp(x) - q)) / 2"
    aliases = ("total_variation_distance", "tvd")
    papers = (
        Paper(
            "Gibbs and Su",
            2002,
            "On choosing and bounding probability metrics",
            "https://arxiv.org/abs/math/0209021",
        ),
    )
    kinks = "where both probabilities are equal the derivatives are 0"
    facts = RowFacts(range=(0, 1))
    takes = "log_probabilities"
    targets = "distribution"

    def value(self, m: Math, x: T, q: T) -> T:
        return 0.5 * m.row_sum(m.abs(m.exp(x) - q))

    def gradient(self, m: Math, x: T, q: T) -> T:
        p = m.exp(x)
        return 0.5 * p * m.sign(p - q)

    def hessian(self, m: Math, x: T, q: T) -> T:
        return self.gradient(m, x, q)  # p is its own derivative

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        return self.gradient(m, x, q) * tangent

    def mass_gradient(self, m: Math, x: T, q: T) -> T:
        return -0.5 * m.sign(m.exp(x) - q)
