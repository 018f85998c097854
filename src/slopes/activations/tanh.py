"""Tanh: the hyperbolic tangent, a sigmoid from -1 to 1."""

from slopes.core import Activation, Facts, Math, Paper, T


class Tanh(Activation):
    """The hyperbolic tangent.

    Examples
    --------
    >>> import slopes
    >>> slopes.tanh(1000.0)  # (e^x - e^-x) / (e^x + e^-x) would be inf / inf
    1.0
    >>> slopes.tanh.derivative(0.0)
    1.0
    """

    formula = "(exp(x) - exp(-x)) / (exp(x) + exp(-x))"
    aliases = ("hyperbolic_tangent",)
    papers = (
        Paper(
            "LeCun, Bottou, Orr and Mueller",
            1998,
            "Efficient BackProp",
            "https://doi.org/10.1007/3-540-49430-8_2",
        ),
    )
    elsewhere = {
        "torch": "torch.tanh",
        "jax": "jax.numpy.tanh",
        "numpy": "numpy.tanh",
        "keras": "keras.activations.tanh",
        "tensorflow": "tensorflow.nn.tanh",
        "onnx": "Tanh",
        "mlx": "mlx.nn.tanh",
    }
    facts = Facts(range=(-1, 1), limits=(-1, 1), monotone=True, parity="odd", lipschitz=1)

    def value(self, m: Math, x: T) -> T:
        return m.tanh(x)

    def derivative(self, m: Math, x: T) -> T:
        # 1 - tanh^2 = 4 sigmoid(2x) sigmoid(-2x), without the cancellation
        return m.sigmoid_times(m.sigmoid_times(4.0, 2 * x), -2 * x)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.sigmoid_times(m.sigmoid_times(-8.0 * m.tanh(x), 2 * x), -2 * x)
