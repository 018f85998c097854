"""Smish: the input, gated by the tanh of a logarithm of its sigmoid."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class Smish(Activation):
    """The self-gated x tanh(log(1 + sigmoid(x))), which tends to 0.6 x.

    Examples
    --------
    >>> import slopes
    >>> slopes.smish(1.0)
    0.499570106030...
    """

    formula = "x * tanh(log(1 + 1 / (1 + exp(-x))))"
    papers = (
        Paper(
            "Wang, Ren and Wang",
            2022,
            "Smish: a novel activation function for deep learning methods",
            "https://doi.org/10.3390/electronics11040540",
        ),
    )
    facts = Facts(range=(-0.2499936636601295, inf), limits=(0, inf), lipschitz=0.6368842228812263)

    # With the sigmoid s the gate is s (2 + s) / D, D = 2 + 2 s + s^2; its derivative in s is 4 (1 + s) / D^2.

    def value(self, m: Math, x: T) -> T:
        s = m.sigmoid(x)
        return m.sigmoid_times(x * ((2 + s) / self._d(s)), x)

    def derivative(self, m: Math, x: T) -> T:
        s = m.sigmoid(x)
        d = self._d(s)
        return m.sigmoid_times((2 + s) / d + m.sigmoid_times(4 * x * ((1 + s) / (d * d)), -x), x)

    def second_derivative(self, m: Math, x: T) -> T:
        s = m.sigmoid(x)
        d = self._d(s)
        first = 4 * (1 + s) / (d * d)
        second = -4 * (2 + 6 * s + 3 * s * s) / (d * d * d)
        bend = 2 * first + x * (second * s * m.sigmoid(-x) - first * m.tanh(0.5 * x))
        return m.sigmoid_times(m.sigmoid_times(bend, x), -x)

    def _d(self, s: T) -> T:
        return 2 + 2 * s + s * s
