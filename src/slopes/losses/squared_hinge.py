"""Squared hinge: the smooth margin loss of support vector machines."""

from math import inf

from slopes.core import Facts, MarginLoss, Math, Paper, T


class SquaredHinge(MarginLoss):
    """The squared shortfall max(0, 1 - z)^2 of the margin z = target prediction below 1.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.squared_hinge(np.array([0.5, 2.0]), np.array([1.0, 1.0]), reduction="none")
    array([0.25, 0.  ])
    """

    formula = "max(1 - z, 0)**2"
    aliases = ("squared_hinge_loss",)
    papers = (
        Paper(
            "Chang, Hsieh and Lin",
            2008,
            "Coordinate descent method for large-scale L2-loss linear support vector machines",
            "https://www.jmlr.org/papers/v9/chang08a.html",
        ),
    )
    elsewhere = {"keras": "keras.losses.squared_hinge"}
    kinks = "the second derivative at margin 1 is 0"
    facts = Facts(range=(0, inf), limits=(inf, 0), smooth=1, breaks=(1.0,), convex=True)

    def value(self, m: Math, z: T) -> T:
        short = m.maximum(1 - z, 0.0)
        return short * short

    def derivative(self, m: Math, z: T) -> T:
        return -2 * m.maximum(1 - z, 0.0)

    def second_derivative(self, m: Math, z: T) -> T:
        return 2 * m.step(1 - z)
