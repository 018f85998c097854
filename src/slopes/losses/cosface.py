"""CosFace: softmax of cosines, the right class having a margin to overcome."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter
from slopes.losses.info_nce import cosines, cross_entropy


class CosFace(ArrayLoss):
    """Cross-entropy of scaled cosines with the class vectors, that of the right class less a margin.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.cosface(np.eye(2), np.eye(2), np.array([0, 1]), scale=1.0).round(6)
    np.float64(0.420055)
    """

    margin: float = parameter(0.35, "what the right cosine is reduced by", at_least=0, also=(0.0,))
    scale: float = parameter(64.0, "what the cosines are multiplied by", above=0, also=(4.0,))

    formula = "log(1 + sum(exp(scale * (cosine(x[i], others(w, t[i])) - cosine(x[i], w[t[i]]) + margin))))"
    arrays = {
        "embedding": Array("n d", "embeddings"),
        "prototype": Array("c d", "one vector for each class"),
        "target": Array("n 1", "the right classes", "class", learned=False),
    }
    result = "n 1"
    axes = "last"
    aliases = ("am_softmax", "large_margin_cosine")
    papers = (
        Paper(
            "Wang, Wang, Zhou, Ji, Gong, Zhou, Li and Liu",
            2018,
            "CosFace: large margin cosine loss for deep face recognition",
            "https://arxiv.org/abs/1801.09414",
        ),
        Paper(
            "Wang, Cheng, Liu and Liu",
            2018,
            "Additive margin softmax for face verification",
            "https://arxiv.org/abs/1801.05599",
        ),
    )
    kinks = "a vector of zeros has cosine 0 and gradient 0"
    facts = ArrayFacts(range=(0, inf), scale=("embedding", "prototype"))

    def value(self, m: ArrayMath, x: T, w: T, t: T) -> T:
        cosine = cosines(m, x, w)
        right = m.one_hot(t, cosine)
        return cross_entropy(m, self.scale * (cosine - self.margin * right), right)
