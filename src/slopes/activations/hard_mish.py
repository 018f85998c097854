"""Hard Mish: the input, gated by a straight line from -2 to 0."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class HardMish(Activation):
    """The input times min(1, max(0, x / 2 + 1)), a Mish without exponentials.

    Examples
    --------
    >>> import slopes
    >>> slopes.hard_mish(-1.0), slopes.hard_mish(2.0)
    (-0.5, 2.0)
    """

    formula = "x * min(1, max(0, x / 2 + 1))"
    aliases = ("hardmish", "h_mish")
    papers = (
        Paper(
            "Misra",
            2019,
            "Mish: a self regularized non-monotonic activation function",
            "https://arxiv.org/abs/1908.08681",
        ),
    )
    elsewhere = {"timm": "timm.layers.activations.HardMish"}
    kinks = "the derivative at -2 is 0"
    facts = Facts(range=(-0.5, inf), limits=(0, inf), smooth=0, breaks=(-2.0,), lipschitz=1)

    def value(self, m: Math, x: T) -> T:
        return m.times(m.minimum(m.maximum(x + 2, 0.0), 2.0) / 2, x)

    def derivative(self, m: Math, x: T) -> T:
        return m.step(x + 2) * (1 + m.minimum(m.maximum(x, -2.0), 0.0))

    def second_derivative(self, m: Math, x: T) -> T:
        return m.step(x + 2) * m.step(-x)
