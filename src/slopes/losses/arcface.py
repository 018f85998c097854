"""ArcFace: softmax of cosines, the right class having an angle to overcome."""

from math import inf

from slopes.core import ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter
from slopes.losses.cosface import CosFace
from slopes.losses.info_nce import cosines, cross_entropy


class ArcFace(ArrayLoss):
    """Cross-entropy of scaled cosines with class vectors, the angle to the right one enlarged by a margin.

    An angle that the margin would carry beyond pi has its cosine reduced by margin * sin(margin) instead.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.arcface(np.eye(2), np.eye(2), np.array([0, 1]), scale=1.0).round(6)
    np.float64(0.347685)
    """

    margin: float = parameter(0.5, "what the right angle is enlarged by", at_least=0, below=3.14, also=(0.1,))
    scale: float = parameter(64.0, "what the cosines are multiplied by", above=0, also=(4.0,))

    formula = "log(1 + sum(exp(scale * (cosine(x[i], others(w, t[i])) - turned(x[i], w[t[i]], margin)))))"
    arrays = CosFace.arrays
    result = "n 1"
    axes = "last"
    aliases = ("additive_angular_margin",)
    papers = (
        Paper(
            "Deng, Guo, Xue and Zafeiriou",
            2019,
            "ArcFace: additive angular margin loss for deep face recognition",
            "https://arxiv.org/abs/1801.07698",
        ),
    )
    kinks = "at an angle of 0 or pi the gradient is that of the cosine alone"
    facts = ArrayFacts(range=(0, inf), scale=("embedding", "prototype"))

    def value(self, m: ArrayMath, x: T, w: T, t: T) -> T:
        cosine = cosines(m, x, w)
        right = m.one_hot(t, cosine)
        u, v = m.row_unit(x), m.matmul(right, m.row_unit(w))
        c = m.row_sum(u * v)
        # sqrt(1 - c^2) has an infinite derivative at c = 1 and loses half of the digits beside it
        s = 0.5 * (m.row_norm(u - v) * m.row_norm(u + v))
        margin = m.fill(c, self.margin)
        turned = c * m.cos(margin) - s * m.sin(margin)
        within = m.less(-m.cos(margin), c)
        enlarged = m.where(within, turned, c - margin * m.sin(margin))
        logits = m.where(m.equal(right, 1.0), enlarged, cosine)
        return cross_entropy(m, self.scale * logits, right)
