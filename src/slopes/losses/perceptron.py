"""Perceptron loss: a hinge without a margin."""

from math import inf

from slopes.core import Facts, MarginLoss, Math, Paper, T


class Perceptron(MarginLoss):
    """The loss max(0, -z) of the margin z = target prediction: whatever is on the right side costs nothing.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.perceptron(np.array([0.5, -2.0]), np.array([1.0, 1.0]), reduction="none")
    array([0., 2.])
    """

    formula = "max(-z, 0)"
    aliases = ("perceptron_loss",)
    papers = (
        Paper(
            "Rosenblatt",
            1958,
            "The perceptron: a probabilistic model for information storage and organization in the brain",
            "https://doi.org/10.1037/h0042519",
        ),
    )
    elsewhere = {"optax": "optax.losses.perceptron_loss"}
    kinks = "the derivative at margin 0 is 0"
    facts = Facts(range=(0, inf), limits=(inf, 0), smooth=0, breaks=(0.0,), convex=True, lipschitz=1)

    def value(self, m: Math, z: T) -> T:
        return m.maximum(-z, 0.0)

    def derivative(self, m: Math, z: T) -> T:
        return -m.step(-z)

    def second_derivative(self, m: Math, z: T) -> T:
        return m.fill(z, 0.0)
