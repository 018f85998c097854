"""Circle loss: similarities pull the harder, the further they are from where they should be."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter
from slopes.losses.info_nce import cosines


class Circle(ArrayLoss):
    """Softplus of all pairs of a strange and a kindred cosine, weighted by their distances from the optimum.

    The gradient is that of the value, weights included, as Keras has it; with the paper the weights are
    constants. A sample without a mate, or without a stranger, has loss 0.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> x = np.array([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0], [0.0, 1.0]])
    >>> slopes.circle(x, np.array([0, 0, 1, 1]), gamma=1.0).round(6)
    np.float64(1.027264)
    """

    margin: float = parameter(0.4, "how far cosines may stay from 1 and 0", at_least=0, below=1, also=(0.25,))
    gamma: float = parameter(80.0, "what the weighted cosines are multiplied by", above=0, also=(1.0,))

    formula = (
        "log(1 + sum([exp(gamma * (max(margin + u, 0) * (u - margin)"
        " - max(1 + margin - v, 0) * (v - 1 + margin)))"
        " for u in cosine(x[i], strangers(x, t, i)) for v in cosine(x[i], mates(x, t, i))]))"
    )
    arrays = {
        "embedding": Array("n d", "embeddings"),
        "label": Array("n 1", "their classes", "label", learned=False),
    }
    result = "n 1"
    axes = "last"
    aliases = ("circle_loss",)
    papers = (
        Paper(
            "Sun, Cheng, Zhang, Zhang, Zheng, Wang and Wei",
            2020,
            "Circle loss: a unified perspective of pair similarity optimization",
            "https://arxiv.org/abs/2002.10857",
        ),
    )
    elsewhere = {"keras": "keras.losses.circle"}
    kinks = "a vector of zeros has cosine 0 and gradient 0"
    facts = ArrayFacts(range=(0, inf), scale=("embedding",))

    def value(self, m: ArrayMath, x: T, t: T) -> T:
        s = cosines(m, x, x)
        alike, own = m.equal(t, m.transpose(t)), m.equal(m.eye(s), 1.0)
        far = m.maximum(self.margin + s, 0.0) * (s - self.margin)
        near = m.maximum(1 + self.margin - s, 0.0) * (1 - s - self.margin)
        strange = m.where(alike, -inf, self.gamma * far)
        kindred = m.where(alike, m.where(own, -inf, self.gamma * near), -inf)
        return _softplus_of_pairs(m, strange, kindred)


def _softplus_of_pairs(m: ArrayMath, a: T, b: T) -> T:
    """The logarithm of 1 + sum(e^a) sum(e^b); 0 where a row holds nothing but -inf."""
    tops = m.row_max(a), m.row_max(b)
    none = m.equal(tops[0] + tops[1], -inf)
    logs = []
    for x, top in zip((a, b), tops, strict=True):
        top = m.where(none, 0.0, top)
        total = m.row_sum(m.exp_difference(x, top))
        logs.append(top + m.log(m.where(none, 1.0, total)))
    z = logs[0] + logs[1]
    return m.where(none, 0.0, m.maximum(z, 0.0) + m.log1p(m.exp(-m.abs(z))))
