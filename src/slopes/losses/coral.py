"""CORAL: ordered classes as a row of binary questions, "is the rank above this one?"."""

from math import inf

from slopes.core import Math, Paper, RowFacts, RowLoss, T
from slopes.losses.binary_cross_entropy_with_logits import BinaryCrossEntropyWithLogits

BINARY = BinaryCrossEntropyWithLogits(pos_weight=1.0, label_smoothing=0.0)


class CORAL(RowLoss):
    """The sum of binary cross-entropies of K - 1 logits, the k-th of them of "rank above k", for K ranks.

    The target is the rank, 0 to K - 1. Give all logits of a row one weight vector and each its own bias,
    and the probabilities are in order.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.coral(np.array([[0.0, 0.0, 0.0]]), np.array([3]))  # of 4 ranks the last: 3 log(2)
    np.float64(2.0794415416798357)
    """

    formula = "sum(log(1 + exp(x)) - q * x)"
    aliases = ("coral_loss", "ordinal_cross_entropy")
    papers = (
        Paper(
            "Cao, Mirjalili and Raschka",
            2020,
            "Rank consistent ordinal regression for neural networks with application to age estimation",
            "https://arxiv.org/abs/1901.07884",
        ),
    )
    facts = RowFacts(range=(0, inf), convex=True)
    targets = "ranks"

    def value(self, m: Math, x: T, q: T) -> T:
        return m.row_sum(BINARY.value(m, x, q))

    def gradient(self, m: Math, x: T, q: T) -> T:
        return BINARY.gradient(m, x, q)

    def hessian(self, m: Math, x: T, q: T) -> T:
        return BINARY.hessian(m, x, q)

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        return BINARY.hessian(m, x, q) * tangent
