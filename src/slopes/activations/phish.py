"""Phish: the input, gated by the tanh of its GELU."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class Phish(Activation):
    """The self-gated x tanh(gelu(x)), with the exact GELU x Phi(x).

    Examples
    --------
    >>> import slopes
    >>> slopes.phish(1.0)
    0.686520671703...
    >>> slopes.phish(-10.0)  # to the left it decays like a normal density
    7.61985302416...e-22
    """

    formula = "x * tanh(x * ndtr(x))"
    papers = (
        Paper(
            "Naveen",
            2022,
            "Phish: a novel hyper-optimizable activation function",
            "https://doi.org/10.36227/techrxiv.17283824",
        ),
    )
    facts = Facts(range=(0, inf), limits=(0, inf), lipschitz=1.2983066733058115)

    def value(self, m: Math, x: T) -> T:
        # From -20 down the tanh is the GELU to all digits, and x times a subnormal one would lose some.
        return m.where(m.less(x, -20.0), m.ndtr_times(x * x, x), x * m.tanh(m.ndtr_times(x, x)))

    def derivative(self, m: Math, x: T) -> T:
        g = m.ndtr_times(x, x)
        return m.tanh(g) + self._bell(m, g + m.normal_times(x * x, x), g)

    def second_derivative(self, m: Math, x: T) -> T:
        g, steep = m.ndtr_times(x, x), m.ndtr_times(1.0, x) + m.normal_times(x, x)
        bend = 2 * m.ndtr_times(1.0, x) + m.normal_times(x * (4 - x * x), x)
        return self._bell(m, bend - 2 * m.times(m.tanh(g) * steep * steep, x), g)

    def _bell(self, m: Math, y: T, g: T) -> T:
        """The product y sech(g)^2."""
        return 4 * m.sigmoid_times(m.sigmoid_times(y, 2 * g), -2 * g)
