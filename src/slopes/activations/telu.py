"""TeLU: the input, gated by the tanh of its exponential."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class TeLU(Activation):
    """The hyperbolic tangent exponential linear unit x tanh(e^x).

    Examples
    --------
    >>> import slopes
    >>> slopes.telu(1.0)
    0.99132891580059...
    """

    formula = "x * tanh(exp(x))"
    papers = (
        Paper(
            "Fernandez and Mali",
            2024,
            "TeLU activation function for fast and stable deep learning",
            "https://arxiv.org/abs/2412.20269",
        ),
    )
    facts = Facts(range=(-0.3532857778482113, inf), limits=(0, inf), lipschitz=1.0619753087179159)

    def value(self, m: Math, x: T) -> T:
        return m.sigmoid_times(x * self._gate(m, x), x)

    def derivative(self, m: Math, x: T) -> T:
        return m.sigmoid_times(self._gate(m, x) + self._bell(m, x * (1 + m.exp(x)), x), x)

    def second_derivative(self, m: Math, x: T) -> T:
        e = m.exp(x)
        bend = (1 + e) * (2 + x * (1 - 2 * e * m.tanh(e)))
        return m.sigmoid_times(self._bell(m, bend, x), x)

    def _gate(self, m: Math, x: T) -> T:
        """tanh(e^x) / sigmoid(x), which tends to 1 on both sides, at -80 to all digits."""
        c = m.maximum(x, -80.0)
        return m.tanh(m.exp(c)) / m.sigmoid(c)

    def _bell(self, m: Math, y: T, x: T) -> T:
        """The product y sech(e^x)^2."""
        e = m.exp(x)
        return 4 * m.sigmoid_times(m.sigmoid_times(y, 2 * e), -2 * e)
