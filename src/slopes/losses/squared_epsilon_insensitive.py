"""Squared epsilon-insensitive: the smooth loss of support vector regression."""

from math import inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter


class SquaredEpsilonInsensitive(ResidualLoss):
    """The square of what the absolute residual exceeds `epsilon` by; smaller ones cost nothing.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.squared_epsilon_insensitive(np.array([0.25, 2.0]), np.zeros(2), epsilon=0.5, reduction="none")
    array([0.  , 2.25])
    """

    epsilon: float = parameter(0.1, "the residual that is forgiven", above=0, also=(0.25, 3.0))

    formula = "max(abs(r) - epsilon, 0)**2"
    papers = (
        Paper(
            "Ho and Lin",
            2012,
            "Large-scale linear support vector regression",
            "https://jmlr.org/papers/v13/ho12a.html",
        ),
    )
    kinks = "the second derivative at |r| = epsilon is 0"

    @property
    def facts(self) -> Facts:
        return Facts(
            range=(0, inf),
            limits=(inf, inf),
            smooth=1,
            breaks=(-self.epsilon, self.epsilon),
            convex=True,
            parity="even",
        )

    def value(self, m: Math, r: T) -> T:
        excess = m.maximum(m.abs(r) - self.epsilon, 0.0)
        return excess * excess

    def derivative(self, m: Math, r: T) -> T:
        return 2 * m.sign(r) * m.maximum(m.abs(r) - self.epsilon, 0.0)

    def second_derivative(self, m: Math, r: T) -> T:
        return 2 * m.step(m.abs(r) - self.epsilon)
