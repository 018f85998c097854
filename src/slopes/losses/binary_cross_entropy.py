"""Binary cross-entropy of a probability."""

from math import inf

from slopes.core import Facts, Math, Paper, ProbabilityLoss, T


class BinaryCrossEntropy(ProbabilityLoss):
    """The log loss -(t log(p) + (1 - t) log(1 - p)) of a probability p for a target t in [0, 1].

    Prefer `binary_cross_entropy_with_logits`: a probability that was rounded to 1 has lost its logit.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.binary_cross_entropy(np.array([0.5, 1.0]), np.array([1.0, 1.0]), reduction="none")
    array([0.69314718, 0.        ])
    """

    formula = "-(t * log(p) + (1 - t) * log(1 - p))"
    aliases = ("bce", "binary_crossentropy", "bce_loss")
    papers = (
        Paper(
            "Cox",
            1958,
            "The regression analysis of binary sequences",
            "https://doi.org/10.1111/j.2517-6161.1958.tb00292.x",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.binary_cross_entropy",
        "sklearn": "sklearn.metrics.log_loss",
        "keras": "keras.losses.binary_crossentropy",
        "tensorflow": "tensorflow.keras.losses.binary_crossentropy",
        "mlx": "mlx.nn.losses.binary_cross_entropy(with_logits=False)",
    }
    facts = Facts(range=(0, inf), convex=True)

    def value(self, m: Math, p: T, t: T) -> T:
        return m.times(t, -m.log(p)) + m.times(1 - t, -m.log1p(-p))

    def gradient(self, m: Math, p: T, t: T) -> T:
        # one fraction, so that p - t cancels exactly; at t = 0 and 1 a factor shortens away
        inside = (p - t) / (p * (1 - p))
        return m.where(m.equal(t, 0.0), 1 / (1 - p), m.where(m.equal(t, 1.0), -1 / p, inside))

    def hessian(self, m: Math, p: T, t: T) -> T:
        q = 1 - p
        return m.times(t, 1 / (p * p)) + m.times(1 - t, 1 / (q * q))

    def target_gradient(self, m: Math, p: T, t: T) -> T:
        return m.log1p(-p) - m.log(p)
