"""Kullback-Leibler divergence of predicted log-probabilities from target probabilities."""

from math import inf

from slopes.core import Math, Paper, RowFacts, RowLoss, T


class KLDivergence(RowLoss):
    """The divergence sum(q (log(q) - x)) of a row of log-probabilities x from target probabilities q.

    As in PyTorch and optax the prediction holds log-probabilities, such as `log_softmax` gives: a
    probability that was rounded to 0 or 1 has lost its logarithm. Keras and SciPy take probabilities; pass
    their logarithm. The mean is over rows, which PyTorch calls "batchmean".

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.kl_divergence(np.log(np.array([[0.25, 0.75]])), np.array([[0.5, 0.5]]))
    np.float64(0.14384103622589045)
    """

    formula = "sum(q * (log(q) - x))"
    aliases = ("kl_div", "kld", "kullback_leibler_divergence", "relative_entropy", "kl_div_loss")
    papers = (
        Paper(
            "Kullback and Leibler",
            1951,
            "On information and sufficiency",
            "https://doi.org/10.1214/aoms/1177729694",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.kl_div(reduction='batchmean')",
        "optax": "optax.losses.kl_divergence",
        "scipy": "scipy.special.rel_entr",
    }
    facts = RowFacts(range=(0, inf), convex=True)
    takes = "log_probabilities"
    targets = "distribution"

    def value(self, m: Math, x: T, q: T) -> T:
        return m.row_sum(m.times(q, m.log(q)) + m.times(q, -x))

    def gradient(self, m: Math, x: T, q: T) -> T:
        return -(m.fill(x, 1.0) * q)

    def hessian(self, m: Math, x: T, q: T) -> T:
        return m.fill(x, 0.0)

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        return m.fill(x, 0.0)

    def mass_gradient(self, m: Math, x: T, q: T) -> T:
        return m.log(q) + (1 - x)
