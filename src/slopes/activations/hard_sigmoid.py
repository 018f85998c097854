"""Hard sigmoid: a sigmoid of three straight lines."""

from slopes.core import Activation, Facts, Math, Paper, T


class HardSigmoid(Activation):
    """The piecewise linear sigmoid max(0, min(1, x / 6 + 1 / 2)), as in PyTorch, JAX and Keras 3.

    Keras 2 and Theano have another of this name, max(0, min(1, x / 5 + 1 / 2)), from -2.5 to 2.5.

    Examples
    --------
    >>> import slopes
    >>> slopes.hard_sigmoid(-4.0), slopes.hard_sigmoid(0.0), slopes.hard_sigmoid(1.5)
    (0.0, 0.5, 0.75)
    """

    formula = "max(0, min(1, x / 6 + 1 / 2))"
    aliases = ("hardsigmoid",)
    papers = (
        Paper(
            "Courbariaux, Bengio and David",
            2015,
            "BinaryConnect: training deep neural networks with binary weights during propagations",
            "https://arxiv.org/abs/1511.00363",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.hardsigmoid",
        "jax": "jax.nn.hard_sigmoid",
        "keras": "keras.activations.hard_sigmoid",
    }
    kinks = "the derivative at -3 and at 3 is 0"
    facts = Facts(range=(0, 1), limits=(0, 1), smooth=0, breaks=(-3.0, 3.0), monotone=True, lipschitz=1 / 6)

    def value(self, m: Math, x: T) -> T:
        return m.minimum(m.maximum(x + 3, 0.0), 6.0) / 6  # x + 3 is exact beside -3, x / 6 + 1 / 2 is not

    def derivative(self, m: Math, x: T) -> T:
        return m.step(x + 3) * m.step(3 - x) / 6

    def second_derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)
