"""Squareplus: a softplus of one square root."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class Squareplus(Activation):
    """The algebraic softplus (x + sqrt(x^2 + b)) / 2.

    Examples
    --------
    >>> import slopes
    >>> slopes.squareplus(0.0)
    1.0
    >>> slopes.squareplus(-1e9)  # x + sqrt(x^2 + b) would be 0
    1e-09
    """

    b: float = parameter(4.0, "4 times the square of the value at 0", above=0, also=(1.0, 0.3))

    formula = "(x + sqrt(x**2 + b)) / 2"
    papers = (
        Paper(
            "Barron",
            2021,
            "Squareplus: a softplus-like algebraic rectifier",
            "https://arxiv.org/abs/2112.11687",
        ),
    )
    elsewhere = {"jax": "jax.nn.squareplus", "keras": "keras.activations.squareplus"}
    facts = Facts(range=(0, inf), limits=(0, inf), monotone=True, convex=True, lipschitz=1)

    def value(self, m: Math, x: T) -> T:
        h = self._half(m, x)
        return m.where(m.less(x, 0.0), 0.25 * self.b / h, h)

    def derivative(self, m: Math, x: T) -> T:
        h, s = self._half(m, x), self._root(m, x)
        small = 0.25 * self.b / h / s  # (1 - |x| / s) / 2 without cancellation
        return m.where(m.less(x, 0.0), small, 1 - small)

    def second_derivative(self, m: Math, x: T) -> T:
        s = self._root(m, x)
        return 0.5 * self.b / s / s / s

    def _root(self, m: Math, x: T) -> T:
        return m.hypot(x, m.sqrt(m.fill(x, self.b)))

    def _half(self, m: Math, x: T) -> T:
        return 0.5 * (m.abs(x) + self._root(m, x))
