"""Log-softmax: scores of a row as logarithms of probabilities."""

from math import inf

from slopes.activations.softmax import centred, split
from slopes.core import Math, Paper, RowActivation, RowFacts, T


class LogSoftmax(RowActivation):
    """The log-probabilities x - log(sum(e^x)) of a row of scores.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.log_softmax(np.array([0.0, 1000.0]))  # log(softmax(x)) would be -inf
    array([-1000.,     0.])
    """

    formula = "x - log(sum(exp(x)))"
    aliases = ("logsoftmax",)
    papers = (
        Paper(
            "Bridle",
            1990,
            "Probabilistic interpretation of feedforward classification network outputs",
            "https://doi.org/10.1007/978-3-642-76153-9_28",
        ),
    )
    elsewhere = {
        "torch": "torch.log_softmax",
        "jax": "jax.nn.log_softmax",
        "scipy": "scipy.special.log_softmax",
        "keras": "keras.activations.log_softmax",
        "tensorflow": "tensorflow.nn.log_softmax",
        "onnx": "LogSoftmax",
        "mlx": "mlx.nn.log_softmax",
    }
    facts = RowFacts(range=(-inf, 0), shift="invariant")
    masked = -inf

    def value(self, m: Math, x: T) -> T:
        s = split(m, x)
        return m.where(s.top, m.fill(x, 0.0), x - m.row_max(x)) - s.log_norm

    def vjp(self, m: Math, x: T, cotangent: T) -> T:
        s = split(m, x)
        total = m.row_sum(cotangent)
        others = m.row_sum(m.where(s.top, 0.0, cotangent))
        # at the largest class c - p total = c (1 - p) - p others, and 1 - p is known
        return m.where(s.top, cotangent * s.rest - s.p * others, cotangent - s.p * total)

    def jvp(self, m: Math, x: T, tangent: T) -> T:
        return centred(m, split(m, x), tangent)

    def hvp(self, m: Math, x: T, cotangent: T, tangent: T) -> T:
        s = split(m, x)
        return -(s.p * m.row_sum(cotangent)) * centred(m, s, tangent)
