"""NLL: the negative log-likelihood of a row of log-probabilities."""

from math import inf

from slopes.core import Math, Paper, RowFacts, RowLoss, T


class NLL(RowLoss):
    """The negative log-probability -sum(q x) of the target classes; x holds log-probabilities.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.nll(np.log(np.array([[0.25, 0.75]])), np.array([0]))
    np.float64(1.3862943611198906)
    """

    formula = "-sum(q * x)"
    aliases = ("nll_loss", "negative_log_likelihood", "negative_log_likelihood_loss")
    papers = (
        Paper("Good", 1952, "Rational decisions", "https://doi.org/10.1111/j.2517-6161.1952.tb00104.x"),
    )
    elsewhere = {
        "torch": "torch.nn.functional.nll_loss",
        "onnx": "NegativeLogLikelihoodLoss",
        "mlx": "mlx.nn.losses.nll_loss",
    }
    facts = RowFacts(range=(0, inf), convex=True)
    takes = "log_probabilities"

    def value(self, m: Math, x: T, q: T) -> T:
        return m.row_sum(m.times(q, -x))

    def gradient(self, m: Math, x: T, q: T) -> T:
        return -(m.fill(x, 1.0) * q)

    def hessian(self, m: Math, x: T, q: T) -> T:
        return m.fill(x, 0.0)

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        return m.fill(x, 0.0)

    def mass_gradient(self, m: Math, x: T, q: T) -> T:
        return -x
