"""Softmax: scores of a row as probabilities."""

from typing import Any, Generic, NamedTuple

from slopes.core import Math, Paper, RowActivation, RowFacts, T


class Split(NamedTuple, Generic[T]):
    """A row of probabilities, split at its largest: there 1 - p is `rest`, which p has rounded away."""

    top: Any  #: where the first maximum is, a condition
    p: T  #: the probabilities
    rest: T  #: the sum of all probabilities but the largest
    log_norm: T  #: -log of the largest probability


def split(m: Math, x: T) -> Split[T]:
    """Return the probabilities of a row, with what cancellation would lose."""
    top = m.row_argmax(x)
    # the maximum itself counts as exactly 1: no inf - inf for a single infinite score
    e = m.where(top, m.fill(x, 1.0), m.exp_difference(x, m.row_max(x)))
    others = m.row_sum(m.where(top, m.fill(x, 0.0), e))
    return Split(top, e / (1 + others), others / (1 + others), m.log1p(others))


def centred(m: Math, s: Split[T], c: T) -> T:
    """Return c - <p, c>, exact also where one p is almost 1: the largest class is the origin."""
    d = c - m.row_sum(m.where(s.top, c, 0.0))
    return d - m.row_sum(s.p * d)


class Softmax(RowActivation):
    """The probabilities e^x / sum(e^x) of a row of scores.

    The masked softmax of attention is `softmax(x, where=...)`: entries left out are 0 and send no gradient.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.softmax(np.array([1000.0, 1000.0]))  # e^1000 would be inf
    array([0.5, 0.5])
    >>> slopes.softmax(np.array([1.0, 1.0, np.nan]), where=np.array([True, True, False]))
    array([0.5, 0.5, 0. ])
    """

    formula = "exp(x) / sum(exp(x))"
    aliases = ("normalized_exponential", "softargmax", "masked_softmax")
    papers = (
        Paper(
            "Bridle",
            1990,
            "Probabilistic interpretation of feedforward classification network outputs",
            "https://doi.org/10.1007/978-3-642-76153-9_28",
        ),
    )
    elsewhere = {
        "torch": "torch.softmax",
        "jax": "jax.nn.softmax",
        "scipy": "scipy.special.softmax",
        "keras": "keras.activations.softmax",
        "tensorflow": "tensorflow.nn.softmax",
        "onnx": "Softmax",
        "mlx": "mlx.nn.softmax",
    }
    facts = RowFacts(range=(0, 1), total=1, shift="invariant")

    def value(self, m: Math, x: T) -> T:
        return split(m, x).p

    def vjp(self, m: Math, x: T, cotangent: T) -> T:
        s = split(m, x)
        return s.p * centred(m, s, cotangent)

    def jvp(self, m: Math, x: T, tangent: T) -> T:
        return self.vjp(m, x, tangent)  # the Jacobian is symmetric

    def hvp(self, m: Math, x: T, cotangent: T, tangent: T) -> T:
        s = split(m, x)
        product = centred(m, s, cotangent) * centred(m, s, tangent)
        return s.p * (product - m.row_sum(s.p * product))
