"""Poisson: the negative log-likelihood of a count, for the logarithm of its mean."""

from math import inf

from slopes.core import Facts, Math, Paper, PointwiseLoss, T

OVER = 800.0  #: e^z has overflowed long before


class PoissonNLL(PointwiseLoss):
    """Minus the logarithm of the Poisson probability of a count t, but for its term log(t!).

    The prediction z is the logarithm of the mean. The term left out depends on no prediction; PyTorch adds
    an approximation of it with `full=True`. `poisson_deviance` takes means, and is 0 for a perfect one.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.poisson_nll(np.array([0.0, 1.0]), np.array([2.0, 0.0]), reduction="none")
    array([1.        , 2.71828183])
    """

    formula = "exp(z) - t * z"
    aliases = ("poisson_nll_loss", "count:poisson")
    papers = (
        Paper("Nelder and Wedderburn", 1972, "Generalized linear models", "https://doi.org/10.2307/2344614"),
    )
    elsewhere = {"torch": "torch.nn.functional.poisson_nll_loss"}
    takes = "log_means"
    targets = (0.0, inf)
    facts = Facts(range=(-inf, inf), convex=True)

    def value(self, m: Math, z: T, t: T) -> T:
        return m.exp(z) - m.times(t, m.minimum(z, OVER))

    def gradient(self, m: Math, z: T, t: T) -> T:
        return m.exp(z) - t

    def hessian(self, m: Math, z: T, t: T) -> T:
        return m.fill(t, 1.0) * m.exp(z)

    def target_gradient(self, m: Math, z: T, t: T) -> T:
        return m.fill(t, -1.0) * z
