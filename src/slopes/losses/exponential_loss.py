"""Exponential loss: the margin loss of AdaBoost."""

from math import inf

from slopes.core import Facts, MarginLoss, Math, Paper, T


class ExponentialLoss(MarginLoss):
    """The loss e^-z of the margin z = target prediction: one wrong example outweighs many right ones.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.exponential_loss(np.array([0.0]), np.array([1.0]))
    np.float64(1.0)
    """

    formula = "exp(-z)"
    aliases = ("adaboost_loss",)
    papers = (
        Paper(
            "Friedman, Hastie and Tibshirani",
            2000,
            "Additive logistic regression: a statistical view of boosting",
            "https://doi.org/10.1214/aos/1016218223",
        ),
    )
    facts = Facts(range=(0, inf), limits=(inf, 0), convex=True)

    def value(self, m: Math, z: T) -> T:
        return m.exp(-z)

    def derivative(self, m: Math, z: T) -> T:
        return -m.exp(-z)

    def second_derivative(self, m: Math, z: T) -> T:
        return m.exp(-z)
