"""Log-sigmoid: the logarithm of a logistic probability."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class LogSigmoid(Activation):
    """The logarithm of the sigmoid, -log(1 + e^-x).

    Examples
    --------
    >>> import slopes
    >>> slopes.log_sigmoid(-800.0)  # log(sigmoid(-800)) would be -inf
    -800.0
    """

    formula = "-log(1 + exp(-x))"
    aliases = ("logsigmoid", "log_expit")
    papers = (
        Paper(
            "Mikolov, Sutskever, Chen, Corrado and Dean",
            2013,
            "Distributed representations of words and phrases and their compositionality",
            "https://arxiv.org/abs/1310.4546",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.logsigmoid",
        "jax": "jax.nn.log_sigmoid",
        "scipy": "scipy.special.log_expit",
        "keras": "keras.activations.log_sigmoid",
        "tensorflow": "tensorflow.math.log_sigmoid",
        "mlx": "mlx.nn.log_sigmoid",
    }
    facts = Facts(range=(-inf, 0), limits=(-inf, 0), monotone=True, lipschitz=1)

    def value(self, m: Math, x: T) -> T:
        return m.minimum(x, 0.0) - m.log1p(m.exp(-m.abs(x)))

    def derivative(self, m: Math, x: T) -> T:
        return m.sigmoid(-x)

    def second_derivative(self, m: Math, x: T) -> T:
        return -(m.sigmoid(x) * m.sigmoid(-x))
