"""InfoNCE: each query finds its own key among those of the whole batch."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter
from slopes.losses.cross_entropy import CrossEntropy


class InfoNCE(ArrayLoss):
    """Cross-entropy of each query's cosines with all keys of the batch, its own key being the class.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.info_nce(np.eye(2), np.eye(2), temperature=0.5).round(6)
    np.float64(0.126928)
    """

    temperature: float = parameter(0.1, "what the cosines are divided by", above=0, also=(1.0,))

    formula = "log(sum(exp((cosine(q[i], k) - cosine(q[i], k[i])) / temperature)))"
    arrays = {"query": Array("n d", "embeddings"), "key": Array("n d", "embeddings of what belongs to each")}
    result = "n 1"
    axes = "last"
    aliases = ("info_nce_loss",)
    papers = (
        Paper(
            "van den Oord, Li and Vinyals",
            2018,
            "Representation learning with contrastive predictive coding",
            "https://arxiv.org/abs/1807.03748",
        ),
    )
    kinks = "a vector of zeros has cosine 0 and gradient 0"
    facts = ArrayFacts(range=(0, inf), scale=("query", "key"))

    def value(self, m: ArrayMath, q: T, k: T) -> T:
        logits = cosines(m, q, k) / self.temperature
        return cross_entropy(m, logits, m.eye(logits))


def cosines(m: ArrayMath, x: T, y: T) -> T:
    """Return the cosine of every row of x with every row of y."""
    return m.matmul(m.row_unit(x), m.transpose(m.row_unit(y)))


def cross_entropy(m: ArrayMath, logits: T, q: T) -> T:
    """Return the cross-entropy of rows of logits and of class masses."""
    return CrossEntropy(label_smoothing=0.0, z_loss=0.0, logit_softcap=0.0).value(m, logits, q)
