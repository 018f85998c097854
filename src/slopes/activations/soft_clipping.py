"""Soft clipping: the identity from 0 to 1, with rounded corners."""

from math import tanh

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class SoftClipping(Activation):
    """The smooth clip log((1 + e^(alpha x)) / (1 + e^(alpha (x - 1)))) / alpha to the unit interval.

    Examples
    --------
    >>> import slopes
    >>> slopes.soft_clipping(0.5), slopes.soft_clipping(3.0)
    (0.5, 1.0)
    """

    alpha: float = parameter(50.0, "how sharp the corners are", above=0, also=(1.0, 4.0))

    formula = "log((1 + exp(alpha * x)) / (1 + exp(alpha * (x - 1)))) / alpha"
    papers = (
        Paper(
            "Klimek and Perelstein",
            2018,
            "Neural network-based approach to phase space integration",
            "https://arxiv.org/abs/1810.11509",
        ),
    )

    @property
    def facts(self) -> Facts:
        return Facts(range=(0, 1), limits=(0, 1), monotone=True, lipschitz=tanh(0.25 * self.alpha))

    def value(self, m: Math, x: T) -> T:
        n = m.minimum(x, 1 - x)  # it is odd around (1/2, 1/2), and neither tail may cancel
        rise = m.exp(self.alpha * n) * m.sigmoid(self.alpha * (1 - n))
        low = m.log1p(-m.expm1(-m.fill(x, self.alpha)) * rise) / self.alpha
        return m.where(m.less(x, 0.5), low, 1 - low)

    def derivative(self, m: Math, x: T) -> T:
        return self._hill(m, m.fill(x, 1.0), x)

    def second_derivative(self, m: Math, x: T) -> T:
        bend = self.alpha * (m.sigmoid(-self.alpha * x) - m.sigmoid(self.alpha * (x - 1)))
        return self._hill(m, bend, x)

    def _hill(self, m: Math, y: T, x: T) -> T:
        """The product y (1 - e^-alpha) sigmoid(alpha x) sigmoid(alpha (1 - x))."""
        height = -m.expm1(-m.fill(x, self.alpha))
        return m.sigmoid_times(m.sigmoid_times(y * height, self.alpha * x), self.alpha * (1 - x))
