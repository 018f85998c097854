"""Sigmoid: the logistic curve from 0 to 1."""

from slopes.core import Activation, Facts, Math, Paper, T


class Sigmoid(Activation):
    """The logistic function 1 / (1 + e^-x).

    Examples
    --------
    >>> import slopes
    >>> slopes.sigmoid(0.0)
    0.5
    >>> slopes.sigmoid.derivative(20.0)  # s (1 - s) loses half of these digits to cancellation
    2.0611536139418...e-09
    """

    formula = "1 / (1 + exp(-x))"
    aliases = ("logistic", "expit")
    papers = (
        Paper(
            "Rumelhart, Hinton and Williams",
            1986,
            "Learning representations by back-propagating errors",
            "https://doi.org/10.1038/323533a0",
        ),
    )
    elsewhere = {
        "torch": "torch.sigmoid",
        "jax": "jax.nn.sigmoid",
        "scipy": "scipy.special.expit",
        "keras": "keras.activations.sigmoid",
        "tensorflow": "tensorflow.nn.sigmoid",
        "onnx": "Sigmoid",
        "mlx": "mlx.nn.sigmoid",
    }
    facts = Facts(range=(0, 1), limits=(0, 1), monotone=True, lipschitz=0.25)

    def value(self, m: Math, x: T) -> T:
        return m.sigmoid(x)

    def derivative(self, m: Math, x: T) -> T:
        return m.sigmoid(x) * m.sigmoid(-x)  # 1 - s would cancel for positive x

    def second_derivative(self, m: Math, x: T) -> T:
        s, t = m.sigmoid(x), m.sigmoid(-x)
        return s * t * (-m.tanh(0.5 * x))  # t - s without cancellation beside 0
