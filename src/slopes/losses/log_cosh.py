"""Log-cosh: the logarithm of the hyperbolic cosine of the residual."""

from math import inf

from slopes.activations.log_cosh_activation import LogCoshActivation
from slopes.core import Facts, Math, Paper, ResidualLoss, T

CURVE = LogCoshActivation()


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
        return CURVE.value(m, r)

    def derivative(self, m: Math, r: T) -> T:
        return CURVE.derivative(m, r)

    def second_derivative(self, m: Math, r: T) -> T:
        return CURVE.second_derivative(m, r)
