"""NT-Xent: each of two views finds the other among all views of the batch."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter
from slopes.losses.info_nce import cosines, cross_entropy


class NTXent(ArrayLoss):
    """Cross-entropy of one view's cosines with all other views of the batch, averaged over the two of a pair.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.nt_xent(np.eye(2), np.eye(2)).round(6)
    np.float64(0.239545)
    """

    temperature: float = parameter(0.5, "what the cosines are divided by", above=0, also=(0.1,))

    formula = (
        "(log(sum(exp(cosine(x[i], rivals(x, y, i)) / temperature)))"
        " + log(sum(exp(cosine(y[i], rivals(y, x, i)) / temperature)))) / 2"
        " - cosine(x[i], y[i]) / temperature"
    )
    arrays = {
        "x1": Array("n d", "embeddings of one view"),
        "x2": Array("n d", "embeddings of the other view"),
    }
    result = "n 1"
    axes = "last"
    aliases = ("ntxent", "simclr")
    papers = (
        Paper(
            "Chen, Kornblith, Norouzi and Hinton",
            2020,
            "A simple framework for contrastive learning of visual representations",
            "https://arxiv.org/abs/2002.05709",
        ),
    )
    kinks = "a vector of zeros has cosine 0 and gradient 0"
    facts = ArrayFacts(range=(0, inf), symmetric=("x1", "x2"), scale=("x1", "x2"))

    def value(self, m: ArrayMath, x: T, y: T) -> T:
        across = cosines(m, x, y) / self.temperature
        sides = ((x, across), (y, m.transpose(across)))
        one, other = (self._side(m, view, logits) for view, logits in sides)
        return 0.5 * (one + other)

    def _side(self, m: ArrayMath, view: T, across: T) -> T:
        own = m.eye(across)
        within = m.where(m.equal(own, 1.0), -inf, cosines(m, view, view) / self.temperature)
        logits = m.row_join(across, within)
        return cross_entropy(m, logits, m.row_join(own, m.fill(own, 0.0)))
