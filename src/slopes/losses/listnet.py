"""ListNet: softmax of scores against softmax of relevances."""

from math import inf

from slopes.activations.softmax import split
from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T
from slopes.losses.info_nce import cross_entropy


class ListNet(ArrayLoss):
    """Cross-entropy between the chances to be ranked first, by relevance and by score.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.listnet(np.array([2.0, 1.0, 0.0]), np.array([2.0, 1.0, 0.0])).round(6)
    np.float64(0.832396)
    """

    formula = "-sum(exp(t) / sum(exp(t)) * log(exp(s) / sum(exp(s))))"
    arrays = {
        "score": Array("n", "predicted scores", neutral=-inf),
        "relevance": Array("n", "true relevances", learned=False, neutral=-inf),
    }
    aliases = ("list_net", "softmax_ranking")
    papers = (
        Paper(
            "Cao, Qin, Liu, Tsai and Li",
            2007,
            "Learning to rank: from pairwise approach to listwise approach",
            "https://doi.org/10.1145/1273496.1273513",
        ),
    )
    facts = ArrayFacts(range=(0, inf), shift=True)

    def value(self, m: ArrayMath, s: T, t: T) -> T:
        return cross_entropy(m, s, split(m, t).p)
