"""Log-cosh: the logarithm of the hyperbolic cosine of the residual."""

from math import inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T


class LogCosh(ResidualLoss):
    """The loss log(cosh(r)): half the square of a small residual, |r| - log(2) for a large one.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.log_cosh(np.float32(1e-4), np.float32(0))  # cosh(1e-4) is 1 in float32
    np.float32(4.9999995e-09)
    """

    formula = "log((exp(r) + exp(-r)) / 2)"
    aliases = ("logcosh", "log_cosh_loss")
    papers = (
        Paper(
            "Green",
            1990,
            "Bayesian reconstructions from emission tomography data using a modified EM algorithm",
            "https://doi.org/10.1109/42.52985",
        ),
    )
    elsewhere = {"keras": "keras.losses.log_cosh", "optax": "optax.log_cosh"}
    facts = Facts(range=(0, inf), limits=(inf, inf), convex=True, parity="even", lipschitz=1)

    def value(self, m: Math, r: T) -> T:
        # cosh^2 = 1 / (1 - tanh^2): near 0 nothing is subtracted; beyond 1 the tanh has lost its tail
        a = m.abs(r)
        t = m.tanh(r)
        near = -0.5 * m.log1p(-t * t)
        far = a + (m.log1p(m.exp(-2 * a)) - m.log(m.fill(a, 2.0)))
        return m.where(m.less(a, 1.0), near, far)

    def derivative(self, m: Math, r: T) -> T:
        return m.tanh(r)

    def second_derivative(self, m: Math, r: T) -> T:
        # 1 - tanh^2 cancels; the same number is 4 sigmoid(2 r) sigmoid(-2 r)
        return m.sigmoid_times(m.sigmoid_times(4.0, 2 * r), -2 * r)
