"""Softplus: a smooth ReLU."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class Softplus(Activation):
    """The smooth rectifier log(1 + e^(beta x)) / beta.

    Examples
    --------
    >>> import slopes
    >>> slopes.softplus(0.0)
    0.6931471805599453
    >>> slopes.softplus(1000.0)  # e^1000 would be inf
    1000.0
    """

    beta: float = parameter(1.0, "how sharp the bend is", above=0, also=(0.5, 3.0))

    formula = "log(1 + exp(beta * x)) / beta"
    aliases = ("smooth_relu",)
    papers = (
        Paper(
            "Dugas, Bengio, Belisle, Nadeau and Garcia",
            2000,
            "Incorporating second-order functional knowledge for better option pricing",
            "https://papers.nips.cc/paper/1920",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.softplus",
        "jax": "jax.nn.softplus",
        "keras": "keras.activations.softplus",
        "tensorflow": "tensorflow.nn.softplus",
        "onnx": "Softplus",
        "mlx": "mlx.nn.softplus",
    }
    facts = Facts(range=(0, inf), limits=(0, inf), monotone=True, convex=True, lipschitz=1)

    def value(self, m: Math, x: T) -> T:
        return m.maximum(x, 0.0) + m.log1p(m.exp(-m.abs(self.beta * x))) / self.beta

    def derivative(self, m: Math, x: T) -> T:
        return m.sigmoid(self.beta * x)

    def second_derivative(self, m: Math, x: T) -> T:
        u = self.beta * x
        return m.sigmoid_times(m.sigmoid_times(self.beta, u), -u)
