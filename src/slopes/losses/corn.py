"""CORN: ordered classes as a chain of binary questions, each asked where the one before was answered yes."""

from math import inf

from slopes.core import Math, Paper, RowFacts, RowLoss, T
from slopes.losses.binary_cross_entropy_with_logits import BinaryCrossEntropyWithLogits

BINARY = BinaryCrossEntropyWithLogits(pos_weight=1.0, label_smoothing=0.0)


class CORN(RowLoss):
    """Binary cross-entropies of K - 1 logits for K ranks: the k-th of "above k, given that it is not below".

    The target is the rank, 0 to K - 1. It is the negative log-likelihood of the rank: the product of the
    conditional probabilities is in order by itself. The paper's mean divides by the questions asked, ours
    by the rows.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.corn(np.zeros((1, 3)), np.array([0]))  # only the first question is asked: log(2)
    np.float64(0.6931471805599453)
    """

    formula = "sum(log(1 + exp(-x[q == 1]))) + sum(log(1 + exp(x[q == 0][:1])))"
    aliases = ("corn_loss", "conditional_ordinal")
    papers = (
        Paper(
            "Shi, Cao and Raschka",
            2021,
            "Deep neural networks for rank-consistent ordinal regression based on conditional probabilities",
            "https://arxiv.org/abs/2111.08851",
        ),
    )
    facts = RowFacts(range=(0, inf), convex=True)
    targets = "ranks"

    def _asked(self, m: Math, q: T) -> T:
        """1 at every question that is answered yes, and at the first no."""
        no = 1 - q
        return q + m.where(m.row_argmax(no), no, m.fill(q, 0.0))

    def value(self, m: Math, x: T, q: T) -> T:
        return m.row_sum(m.times(self._asked(m, q), BINARY.value(m, x, q)))

    def gradient(self, m: Math, x: T, q: T) -> T:
        return self._asked(m, q) * BINARY.gradient(m, x, q)

    def hessian(self, m: Math, x: T, q: T) -> T:
        return self._asked(m, q) * BINARY.hessian(m, x, q)

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        return self.hessian(m, x, q) * tangent
