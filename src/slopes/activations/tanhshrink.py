"""Tanh shrink: what tanh takes from its input."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class Tanhshrink(Activation):
    """The input less its hyperbolic tangent, x - tanh(x).

    Examples
    --------
    >>> import slopes
    >>> slopes.tanhshrink(1.0)
    0.2384058440442351...
    >>> slopes.tanhshrink(1e-5)  # x - tanh(x) would keep 5 digits of it
    3.33333333320000...e-16
    """

    formula = "x - tanh(x)"
    aliases = ("tanh_shrink",)
    papers = (
        Paper(
            "Gregor and LeCun",
            2010,
            "Learning fast approximations of sparse coding",
            "https://icml.cc/Conferences/2010/papers/449.pdf",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.tanhshrink", "keras": "keras.activations.tanh_shrink"}
    facts = Facts(range=(-inf, inf), limits=(-inf, inf), monotone=True, parity="odd", lipschitz=1)

    def value(self, m: Math, x: T) -> T:
        return m.tanh_remainder(x)

    def derivative(self, m: Math, x: T) -> T:
        return m.tanh(x) * m.tanh(x)

    def second_derivative(self, m: Math, x: T) -> T:
        return 8 * m.tanh(x) * m.sigmoid(2 * x) * m.sigmoid(-2 * x)  # 1 - tanh^2 would cancel
