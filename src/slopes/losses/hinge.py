"""Hinge: the margin loss of support vector machines."""

from math import inf

from slopes.core import Facts, MarginLoss, Math, Paper, T


class Hinge(MarginLoss):
    """The shortfall max(0, 1 - z) of the margin z = target prediction below 1; targets are -1 and 1.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.hinge(np.array([0.25, 2.0]), np.array([1.0, 1.0]), reduction="none")
    array([0.75, 0.  ])
    """

    formula = "max(1 - z, 0)"
    aliases = ("hinge_loss", "binary:hinge")
    papers = (
        Paper("Cortes and Vapnik", 1995, "Support-vector networks", "https://doi.org/10.1007/BF00994018"),
    )
    elsewhere = {
        "sklearn": "sklearn.metrics.hinge_loss",
        "keras": "keras.losses.hinge",
        "optax": "optax.losses.hinge_loss",
        "mlx": "mlx.nn.losses.hinge_loss",
        "xgboost": "binary:hinge",
    }
    kinks = "the derivative at margin 1 is 0"
    facts = Facts(range=(0, inf), limits=(inf, 0), smooth=0, breaks=(1.0,), convex=True, lipschitz=1)

    def value(self, m: Math, z: T) -> T:
        return m.maximum(1 - z, 0.0)

    def derivative(self, m: Math, z: T) -> T:
        return -m.step(1 - z)

    def second_derivative(self, m: Math, z: T) -> T:
        return m.fill(z, 0.0)
