"""Taylor cross-entropy: the first terms of cross-entropy's expansion, against wrong labels."""

from slopes.core import Math, Paper, RowFacts, T, parameter
from slopes.losses.log_probability import LogProbabilityLoss, Probabilities


class TaylorCrossEntropy(LogProbabilityLoss):
    """The Taylor polynomial of -log(p) around p = 1, of degree `order`.

    Order 1 is the mean absolute error 1 - p, an infinite order is cross-entropy; what lies between trades
    robustness to wrong labels for speed of fitting.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.taylor_cross_entropy(np.array([[0.0, 0.0]]), np.array([1]))  # 1/2 + 1/8
    np.float64(0.625)
    """

    order: int = parameter(2, "degree of the polynomial", at_least=1, also=(1, 5), integer=True)

    formula = "sum([sum(q * (1 - exp(x) / sum(exp(x)))**k) / k for k in range(1, order + 1)])"
    aliases = ("taylor_ce",)
    papers = (
        Paper(
            "Feng, Shu, Lin, Lv, Li and An",
            2020,
            "Can cross entropy loss be robust to label noise?",
            "https://doi.org/10.24963/ijcai.2020/305",
        ),
    )

    @property
    def facts(self) -> RowFacts:
        return RowFacts(range=(0, sum(1 / k for k in range(1, self.order + 1))), shift="invariant")

    def curve(self, m: Math, c: Probabilities[T]) -> T:
        one = m.fill(c.p, 1.0)
        total = c.rest / self.order
        for k in range(self.order - 1, 0, -1):
            total = c.rest * (one / k + total)
        return total

    def slope(self, m: Math, c: Probabilities[T]) -> T:
        # -(1 - rest^order) without the cancellation of a small p
        powers: T = m.fill(c.p, 1.0)
        for _ in range(self.order - 1):
            powers = 1 + c.rest * powers
        return -(c.p * powers)

    def bend(self, m: Math, c: Probabilities[T]) -> T:
        result: T = -self.order * c.p
        for _ in range(self.order - 1):
            result = result * c.rest
        return result
