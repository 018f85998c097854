"""Epsilon-insensitive: the loss of support vector regression."""

from math import inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter


class EpsilonInsensitive(ResidualLoss):
    """The absolute residual as far as it exceeds `epsilon`; smaller ones cost nothing.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.epsilon_insensitive(np.array([0.25, 2.0]), np.zeros(2), epsilon=0.5, reduction="none")
    array([0. , 1.5])
    """

    epsilon: float = parameter(0.1, "the residual that is forgiven", above=0, also=(0.25, 3.0))

    formula = "max(abs(r) - epsilon, 0)"
    papers = (
        Paper(
            "Smola and Schölkopf",
            2004,
            "A tutorial on support vector regression",
            "https://doi.org/10.1023/B:STCO.0000035301.49549.88",
        ),
    )
    kinks = "the derivative at |r| = epsilon is 0"

    @property
    def facts(self) -> Facts:
        return Facts(
            range=(0, inf),
            limits=(inf, inf),
            smooth=0,
            breaks=(-self.epsilon, self.epsilon),
            convex=True,
            parity="even",
            lipschitz=1,
        )

    def value(self, m: Math, r: T) -> T:
        return m.maximum(m.abs(r) - self.epsilon, 0.0)

    def derivative(self, m: Math, r: T) -> T:
        return m.sign(r) * m.step(m.abs(r) - self.epsilon)

    def second_derivative(self, m: Math, r: T) -> T:
        return m.fill(r, 0.0)
