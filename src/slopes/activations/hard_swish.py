"""Hard swish: the input, gated by the hard sigmoid."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class HardSwish(Activation):
    """The input times its hard sigmoid, x max(0, min(1, x / 6 + 1 / 2)).

    Examples
    --------
    >>> import slopes
    >>> slopes.hard_swish(-4.0), slopes.hard_swish(-1.5), slopes.hard_swish(3.0)
    (-0.0, -0.375, 3.0)
    """

    formula = "x * max(0, min(1, x / 6 + 1 / 2))"
    aliases = ("hardswish", "hard_silu", "h_swish")
    papers = (
        Paper(
            "Howard, Sandler, Chu, Chen, Chen, Tan, Wang, Zhu, Pang, Vasudevan, Le and Adam",
            2019,
            "Searching for MobileNetV3",
            "https://arxiv.org/abs/1905.02244",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.hardswish",
        "jax": "jax.nn.hard_silu",
        "keras": "keras.activations.hard_silu",
    }
    kinks = "the derivative is 0 at -3 and 1 at 3"
    facts = Facts(range=(-0.375, inf), limits=(0, inf), smooth=0, breaks=(-3.0, 3.0), lipschitz=1.5)

    def value(self, m: Math, x: T) -> T:
        return m.times(m.minimum(m.maximum(x + 3, 0.0), 6.0) / 6, x)

    def derivative(self, m: Math, x: T) -> T:
        inner = 2 * m.minimum(m.maximum(x, -3.0), 3.0) + 3
        return m.step(x + 3) * m.step(3 - x) * inner / 6 + (1 - m.step(3 - x))

    def second_derivative(self, m: Math, x: T) -> T:
        return m.step(x + 3) * m.step(3 - x) / 3
