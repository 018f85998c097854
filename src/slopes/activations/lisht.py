"""LiSHT: the input times its hyperbolic tangent."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class LiSHT(Activation):
    """The linearly scaled hyperbolic tangent x tanh(x), a smooth absolute value.

    Examples
    --------
    >>> import slopes
    >>> slopes.lisht(1.0), slopes.lisht(-1.0)
    (0.761594155955764..., 0.761594155955764...)
    """

    formula = "x * tanh(x)"
    papers = (
        Paper(
            "Roy, Manna, Dubey and Chaudhuri",
            2019,
            "LiSHT: non-parametric linearly scaled hyperbolic tangent activation function "
            "for neural networks",
            "https://arxiv.org/abs/1901.05894",
        ),
    )
    elsewhere = {"tensorflow_addons": "tfa.activations.lisht"}
    facts = Facts(range=(0, inf), limits=(inf, inf), parity="even", lipschitz=1.1996786402577339)

    def value(self, m: Math, x: T) -> T:
        return x * m.tanh(x)

    def derivative(self, m: Math, x: T) -> T:
        return m.tanh(x) + self._tail(m, 4 * x, x)

    def second_derivative(self, m: Math, x: T) -> T:
        return self._tail(m, 8 * (1 - x * m.tanh(x)), x)

    def _tail(self, m: Math, y: T, x: T) -> T:
        """The product y sech(x)^2 / 4: 1 - tanh^2 would cancel."""
        return m.sigmoid_times(m.sigmoid_times(y, 2 * x), -2 * x)
