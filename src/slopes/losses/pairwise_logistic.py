"""Pairwise logistic: of two items the more relevant one has the higher score."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T


class PairwiseLogistic(ArrayLoss):
    """The logistic loss of all differences of scores, added up over pairs with different relevance.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.pairwise_logistic(np.array([0.0, 0.0, 0.0]), np.array([2.0, 0.0, 0.0])).round(6)
    np.float64(1.386294)
    """

    formula = "sum(log(1 + exp(-differences(s, t))))"
    arrays = {
        "score": Array("n 1", "predicted scores"),
        "relevance": Array("n 1", "true relevances", learned=False),
    }
    result = "1 1"
    aliases = ("ranknet", "pairwise_logistic_loss")
    papers = (
        Paper(
            "Burges, Shaked, Renshaw, Lazier, Deeds, Hamilton and Hullender",
            2005,
            "Learning to rank using gradient descent",
            "https://doi.org/10.1145/1102351.1102363",
        ),
    )
    facts = ArrayFacts(range=(0, inf), scale=("relevance",), shift=True)

    def value(self, m: ArrayMath, s: T, t: T) -> T:
        ahead = s - m.transpose(s)
        counts = m.step(t - m.transpose(t))
        each = m.log1p(m.exp(-m.abs(ahead))) - m.minimum(ahead, 0.0)
        return m.row_sum(m.transpose(m.row_sum(m.times(counts, each))))
