"""Squared ReLU: the positive part, squared."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class ReLUSquared(Activation):
    """The squared rectifier max(x, 0)^2.

    Examples
    --------
    >>> import slopes
    >>> slopes.relu_squared(3.0)
    9.0
    """

    formula = "max(x, 0)**2"
    aliases = ("relu2", "squared_relu")
    papers = (
        Paper(
            "So, Manke, Liu, Dai, Shazeer and Le",
            2021,
            "Primer: searching for efficient transformers for language modeling",
            "https://arxiv.org/abs/2109.08668",
        ),
    )
    kinks = "the second derivative at 0 is 0"
    facts = Facts(range=(0, inf), limits=(0, inf), smooth=1, breaks=(0.0,), monotone=True, convex=True)

    def value(self, m: Math, x: T) -> T:
        r = m.maximum(x, 0.0)
        return r * r

    def derivative(self, m: Math, x: T) -> T:
        return 2 * m.maximum(x, 0.0)

    def second_derivative(self, m: Math, x: T) -> T:
        return 2 * m.step(x)
