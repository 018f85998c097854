"""Binary cross-entropy of a logit."""

from math import inf, log

from slopes.core import Facts, LogitLoss, Math, Paper, T, parameter


class BinaryCrossEntropyWithLogits(LogitLoss):
    """The log loss of the probability sigmoid(z) for a target t in [0, 1].

    The target is smoothed first, then its share of class 1 is weighted by `pos_weight`.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.binary_cross_entropy_with_logits(np.array([800.0]), np.array([0.0]))
    np.float64(800.0)
    """

    pos_weight: float = parameter(1.0, "weight of class 1, against 1 of class 0", above=0, also=(0.25, 3.0))
    label_smoothing: float = parameter(
        0.0, "share of the target spread evenly over both classes", at_least=0, at_most=1, also=(0.1, 1.0)
    )

    formula = (
        "pos_weight * (t * (1 - label_smoothing) + label_smoothing / 2) * log(1 + exp(-z)) + "
        "((1 - t) * (1 - label_smoothing) + label_smoothing / 2) * log(1 + exp(z))"
    )
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

    @property
    def facts(self) -> Facts:
        rare = self.label_smoothing / 2
        ends = ((self.pos_weight * rare, 1 - rare), (self.pos_weight * (1 - rare), rare))
        least = 0.0
        if rare > 0:  # the weighted entropy of the smoothed target
            least = min(a * log((a + b) / a) + b * log((a + b) / b) for a, b in ends)
        steepest = max(self.pos_weight, 1) * (1 - rare)
        even = rare == 0.5 and self.pos_weight == 1
        return Facts(range=(least, inf), convex=True, parity="even" if even else "", lipschitz=steepest)

    def value(self, m: Math, z: T, t: T) -> T:
        # all terms are positive: nothing cancels
        one, zero, both = self._masses(t)
        wrong = m.where(m.less(z, 0.0), one, zero)
        return m.times(wrong, m.abs(z)) + both * m.log1p(m.exp(-m.abs(z)))

    def gradient(self, m: Math, z: T, t: T) -> T:
        # both sigmoid(z) - one, from the side where the sigmoid is small
        one, zero, both = self._masses(t)
        small = both * m.sigmoid(-m.abs(z))
        return m.where(m.less(z, 0.0), small - one, zero - small)

    def hessian(self, m: Math, z: T, t: T) -> T:
        _, _, both = self._masses(t)
        return both * m.sigmoid(z) * m.sigmoid(-z)

    def target_gradient(self, m: Math, z: T, t: T) -> T:
        heavier = m.times(self.pos_weight - 1, m.maximum(-z, 0.0) + m.log1p(m.exp(-m.abs(z))))
        return m.fill(t, 1 - self.label_smoothing) * (heavier - z)

    def _masses(self, t: T) -> tuple[T, T, T]:
        """What weighs on class 1, on class 0, and on both."""
        rare = 0.5 * self.label_smoothing
        one = self.pos_weight * ((1 - self.label_smoothing) * t + rare)
        zero = (1 - self.label_smoothing) * (1 - t) + rare
        return one, zero, one + zero
