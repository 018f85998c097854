"""Cumulative logit: the likelihood of an ordered class in the proportional odds model."""

from math import inf

from slopes.core import Math, Paper, RowFacts, RowLoss, T

FAR = 3e38  #: the logit of a question without doubt: "above the last rank", "not below the first"


class CumulativeLogit(RowLoss):
    """The negative log-likelihood of a rank, given K - 1 logits, the k-th of P(rank above k), for K ranks.

    A rank's probability is the difference of two neighbours, so each logit of a row must be below the one
    before it, as with `score - threshold` for rising thresholds; a row in another order has an infinite loss.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.cumulative_logit(np.log(np.array([[3.0, 1.0]])), np.array([1]))  # -log(3/4 - 1/2)
    np.float64(1.3862943611198904)
    """

    formula = (
        "log(1 + sum(exp(-x[q == 1][-1:]))) + log(1 + sum(exp(x[q == 0][:1])))"
        " - log(1 - sum(exp(-x[q == 1][-1:])) * sum(exp(x[q == 0][:1])))"
    )
    aliases = ("ordered_logit", "proportional_odds", "cumulative_link_logit")
    papers = (
        Paper(
            "McCullagh",
            1980,
            "Regression models for ordinal data",
            "https://doi.org/10.1111/j.2517-6161.1980.tb01109.x",
        ),
    )
    facts = RowFacts(range=(0, inf), convex=True)
    targets = "ranks"
    ordered = True

    def value(self, m: Math, x: T, q: T) -> T:
        _, _, a, b, gap = ends(m, x, q)
        # sigmoid(a) - sigmoid(b) = sigmoid(a) sigmoid(-b) (1 - e^(b - a)): nothing cancels
        tails = m.log1p(m.exp(-m.abs(a))) - m.minimum(a, 0.0) + m.log1p(m.exp(-m.abs(b))) + m.maximum(b, 0.0)
        return tails - m.log(m.maximum(-m.expm1(-gap), 0.0))

    def gradient(self, m: Math, x: T, q: T) -> T:
        upper, lower, a, b, gap = ends(m, x, q)
        w = self._odds(m, gap)
        return lower * (m.sigmoid(b) + w) - upper * (m.sigmoid(-a) + w)

    def hessian(self, m: Math, x: T, q: T) -> T:
        upper, lower, a, b, gap = ends(m, x, q)
        w = self._odds(m, gap)
        bend = upper * m.sigmoid(a) * m.sigmoid(-a) + lower * m.sigmoid(b) * m.sigmoid(-b)
        return bend + (upper + lower) * w * (1 + w)

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        upper, lower, a, b, gap = ends(m, x, q)
        w = self._odds(m, gap)
        bend = upper * m.sigmoid(a) * m.sigmoid(-a) + lower * m.sigmoid(b) * m.sigmoid(-b)
        return bend * tangent + (upper - lower) * m.row_sum((upper - lower) * tangent) * w * (1 + w)

    def _odds(self, m: Math, gap: T) -> T:
        """1 / (e^gap - 1)."""
        return m.exp(-gap) / -m.expm1(-gap)


def ends(m: Math, x: T, q: T) -> tuple[T, T, T, T, T]:
    """Return where the two scores are that bound the rank, what they are, and how far apart."""
    yes, no = m.less(0.0, q), m.less(q, 1.0)
    above, below = m.where(yes, -x, -FAR), m.where(no, x, -FAR)
    upper = m.where(m.row_argmax(above), q, m.fill(q, 0.0))
    lower = m.where(m.row_argmax(below), 1 - q, m.fill(q, 0.0))
    a, b = -m.row_max(above), m.row_max(below)
    return upper, lower, a, b, a - b
