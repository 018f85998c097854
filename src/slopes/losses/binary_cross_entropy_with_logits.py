"""Binary cross-entropy of a logit."""

from math import inf

from slopes.core import Facts, LogitLoss, Math, Paper, T


class BinaryCrossEntropyWithLogits(LogitLoss):
    """The log loss of the probability sigmoid(z) for a target t in [0, 1].

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.binary_cross_entropy_with_logits(np.array([800.0]), np.array([0.0]))
    np.float64(800.0)
    """

    formula = "t * log(1 + exp(-z)) + (1 - t) * log(1 + exp(z))"
    aliases = (
        "bce_with_logits",
        "sigmoid_cross_entropy",
        "log_loss",
        "bce_with_logits_loss",
        "sigmoid_binary_cross_entropy",
        "sigmoid_cross_entropy_with_logits",
        "binary:logistic",
        "binary:logitraw",
        "reg:logistic",
    )
    papers = (
        Paper(
            "Cox",
            1958,
            "The regression analysis of binary sequences",
            "https://doi.org/10.1111/j.2517-6161.1958.tb00292.x",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.binary_cross_entropy_with_logits",
        "keras": "keras.losses.BinaryCrossentropy(from_logits=True)",
        "optax": "optax.losses.sigmoid_binary_cross_entropy",
        "tensorflow": "tensorflow.nn.sigmoid_cross_entropy_with_logits",
        "mlx": "mlx.nn.losses.binary_cross_entropy",
        "xgboost": "binary:logistic",
        "lightgbm": "binary",
        "catboost": "Logloss",
    }
    facts = Facts(range=(0, inf), limits=None, convex=True, lipschitz=1)

    def value(self, m: Math, z: T, t: T) -> T:
        # both terms are positive: nothing cancels
        line = m.where(m.less(z, 0.0), m.times(t, -z), m.times(1 - t, z))
        return line + m.log1p(m.exp(-m.abs(z)))

    def gradient(self, m: Math, z: T, t: T) -> T:
        # sigmoid(z) - t, from the side where the sigmoid is small
        small = m.sigmoid(-m.abs(z))
        return m.where(m.less(z, 0.0), small - t, (1 - t) - small)

    def hessian(self, m: Math, z: T, t: T) -> T:
        return m.fill(t, 1.0) * m.sigmoid(z) * m.sigmoid(-z)

    def target_gradient(self, m: Math, z: T, t: T) -> T:
        return m.fill(t, -1.0) * z
