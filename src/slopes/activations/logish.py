"""Logish: the input, gated by a logarithm of its sigmoid."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class Logish(Activation):
    """The self-gated x log(1 + sigmoid(x)), which tends to log(2) x.

    Examples
    --------
    >>> import slopes
    >>> slopes.logish(1.0)
    0.54873311654...
    >>> slopes.logish(-40.0)  # 1 + sigmoid(x) would be 1, and its logarithm 0
    -1.69934170211...e-16
    """

    formula = "x * log(1 + 1 / (1 + exp(-x)))"
    papers = (
        Paper(
            "Zhu, Zeng, Liu and Zhang",
            2021,
            "Logish: a new nonlinear nonmonotonic activation function for convolutional neural network",
            "https://doi.org/10.1016/j.neucom.2021.06.067",
        ),
    )
    facts = Facts(range=(-0.25276881678944035, inf), limits=(0, inf), lipschitz=0.7463111804127397)

    # With the sigmoid s the gate is log(1 + s), and its slope s (1 - s) / (1 + s).

    def value(self, m: Math, x: T) -> T:
        return m.sigmoid_times(x * self._gate(m, x), x)

    def derivative(self, m: Math, x: T) -> T:
        return m.sigmoid_times(self._gate(m, x) + m.sigmoid_times(x / (1 + m.sigmoid(x)), -x), x)

    def second_derivative(self, m: Math, x: T) -> T:
        s = m.sigmoid(x)
        bend = 2 + x * ((1 - 2 * s - s * s) / (1 + s))
        return m.sigmoid_times(m.sigmoid_times(bend / (1 + s), x), -x)

    def _gate(self, m: Math, x: T) -> T:
        """log(1 + s) / s, which at -80 has reached its limit to all digits."""
        s = m.sigmoid(m.maximum(x, -80.0))
        return m.log1p(s) / s
