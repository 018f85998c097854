"""Cross-entropy of a row of logits: softmax and negative log-likelihood in one."""

from math import inf
from typing import Any

from slopes.activations.softmax import centred, split
from slopes.core import Math, Paper, RowFacts, RowLoss, T, parameter
from slopes.losses.logit_options import SOURCES, Capped, Normalised


class CrossEntropy(RowLoss):
    """The negative log-probability -sum(q log(softmax(x))) of the target classes.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.cross_entropy(np.array([[0.0, 1000.0]]), np.array([0]))  # log(softmax) would be -inf
    np.float64(1000.0)
    """

    label_smoothing: float = parameter(
        0.0, "share of the target spread evenly over all classes", at_least=0, at_most=1, also=(0.1,)
    )
    z_loss: float = parameter(0.0, "weight of log(sum(exp(x)))^2, which is added", at_least=0, also=(1.0,))
    logit_softcap: float = parameter(
        0.0, "cap of x, which becomes cap tanh(x / cap) first; 0 for none", at_least=0, also=(30.0,)
    )

    formula = "-sum(q * log(exp(x) / sum(exp(x))))"
    aliases = (
        "softmax_cross_entropy",
        "categorical_cross_entropy",
        "sparse_categorical_cross_entropy",
        "cross_entropy_loss",
        "softmax_cross_entropy_loss",
        "safe_softmax_cross_entropy",
        "softmax_cross_entropy_with_logits",
        "softmax_cross_entropy_with_integer_labels",
        "sparse_softmax_cross_entropy_with_logits",
        "multi:softmax",
        "multi:softprob",
    )
    papers = (
        Paper("Good", 1952, "Rational decisions", "https://doi.org/10.1111/j.2517-6161.1952.tb00104.x"),
        Paper(
            "Szegedy, Vanhoucke, Ioffe, Shlens and Wojna",
            2015,
            "Rethinking the Inception architecture for computer vision",
            "https://arxiv.org/abs/1512.00567",
        ),
        *SOURCES,
    )
    elsewhere = {
        "torch": "torch.nn.functional.cross_entropy",
        "keras": "keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
        "optax": "optax.losses.softmax_cross_entropy_with_integer_labels",
        "tensorflow": "tensorflow.nn.sparse_softmax_cross_entropy_with_logits",
        "onnx": "SoftmaxCrossEntropyLoss",
        "mlx": "mlx.nn.losses.cross_entropy",
        "xgboost": "multi:softprob",
        "lightgbm": "multiclass",
        "catboost": "MultiClass",
    }

    @property
    def facts(self) -> RowFacts:
        plain = self.z_loss == 0 and self.logit_softcap == 0
        return RowFacts(range=(0, inf), shift="invariant" if plain else "", convex=plain)

    @property
    def smoothing(self) -> float:
        return self.label_smoothing

    def with_options(self) -> Any:
        loss = Normalised(self, self.z_loss) if self.z_loss else self
        return Capped(loss, self.logit_softcap) if self.logit_softcap else loss

    def value(self, m: Math, x: T, q: T) -> T:
        return m.row_sum(m.times(q, self.mass_gradient(m, x, q)))

    def gradient(self, m: Math, x: T, q: T) -> T:
        s = split(m, x)
        total = m.row_sum(q)
        others = m.row_sum(m.where(s.top, 0.0, q))
        # at the largest class p total - q = others - (1 - p) total, and 1 - p is known
        return m.where(s.top, others - s.rest * total, s.p * total - q)

    def hessian(self, m: Math, x: T, q: T) -> T:
        s = split(m, x)
        return m.row_sum(q) * s.p * m.where(s.top, s.rest, 1 - s.p)

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        s = split(m, x)
        return m.row_sum(q) * s.p * centred(m, s, tangent)

    def gauss_newton(self, m: Math, x: T, q: T, tangent: T) -> T:
        return self.hvp(m, x, q, tangent)  # convex before its options

    def mass_gradient(self, m: Math, x: T, q: T) -> T:
        s = split(m, x)
        return m.where(s.top, m.fill(x, 0.0), m.row_max(x) - x) + s.log_norm
