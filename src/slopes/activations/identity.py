"""Identity: the input itself, the output layer of regression."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class Identity(Activation):
    """The identity x, the linear output of a regression network.

    Examples
    --------
    >>> import slopes
    >>> slopes.identity(-1.5)
    -1.5
    """

    formula = "x"
    aliases = ("linear",)
    papers = (
        Paper("Widrow and Hoff", 1960, "Adaptive switching circuits", "https://doi.org/10.21236/AD0241531"),
    )
    elsewhere = {
        "torch": "torch.nn.Identity",
        "jax": "jax.nn.identity",
        "keras": "keras.activations.linear",
        "tensorflow": "tensorflow.identity",
        "onnx": "Identity",
        "mlx": "mlx.nn.Identity",
    }
    facts = Facts(
        range=(-inf, inf), limits=(-inf, inf), monotone=True, convex=True, parity="odd", lipschitz=1
    )

    def value(self, m: Math, x: T) -> T:
        return x

    def derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 1.0)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)
