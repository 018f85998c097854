"""Cumulative probit: the likelihood of an ordered class that a normal variable behind it decides."""

from math import inf

from slopes.core import Math, Paper, RowFacts, RowLoss, T
from slopes.losses.cumulative_logit import ends


class CumulativeProbit(RowLoss):
    """The negative log-likelihood of a rank, given K - 1 scores, the k-th of P(rank above k) = Phi(score).

    As for `cumulative_logit` each score of a row must be below the one before it, as with `mean - threshold`
    for rising thresholds; a row in another order has an infinite loss.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.cumulative_probit(np.array([[1.0, -1.0]]), np.array([1]))  # -log(0.6827)
    np.float64(0.381715146302126)
    """

    formula = (
        "-log(1 - sum(1 + erf(-x[q == 1][-1:] / sqrt(2))) / 2 - sum(1 + erf(x[q == 0][:1] / sqrt(2))) / 2)"
    )
    aliases = ("ordered_probit", "cumulative_link_probit")
    papers = (
        Paper(
            "McKelvey and Zavoina",
            1975,
            "A statistical model for the analysis of ordinal level dependent variables",
            "https://doi.org/10.1080/0022250X.1975.9989847",
        ),
    )
    facts = RowFacts(range=(0, inf), convex=True)
    targets = "ranks"
    ordered = True

    def value(self, m: Math, x: T, q: T) -> T:
        _, _, a, b, _ = ends(m, x, q)
        _, high, _, d = self._tails(m, a, b)
        return -(m.log_ndtr(high) + m.log(m.maximum(-m.expm1(d), 0.0)))

    def gradient(self, m: Math, x: T, q: T) -> T:
        upper, lower, at_upper, at_lower, _, _ = self._slopes(m, x, q)
        return lower * at_lower - upper * at_upper

    def hessian(self, m: Math, x: T, q: T) -> T:
        upper, lower, at_upper, at_lower, bend_upper, bend_lower = self._slopes(m, x, q)
        return upper * at_upper * bend_upper + lower * at_lower * bend_lower

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        upper, lower, at_upper, at_lower, bend_upper, bend_lower = self._slopes(m, x, q)
        own = (upper * at_upper * bend_upper + lower * at_lower * bend_lower) * tangent
        across = upper * m.row_sum(lower * tangent) + lower * m.row_sum(upper * tangent)
        return own - at_upper * at_lower * across

    def _tails(self, m: Math, a: T, b: T) -> tuple[T, T, T, T]:
        """Both ends from the side where Phi is small, Phi(high) - Phi(low), and the log of their ratio."""
        flipped = m.less(0.0, a + b)
        high, low = m.where(flipped, -b, a), m.where(flipped, -a, b)
        return flipped, high, low, m.log_ndtr(low) - m.log_ndtr(high)

    def _slopes(self, m: Math, x: T, q: T) -> tuple[T, T, T, T, T, T]:
        """Masks of the two ends, densities there over the probability, and the slopes of their logarithms."""
        upper, lower, a, b, _ = ends(m, x, q)
        flipped, high, low, d = self._tails(m, a, b)
        mills, less = m.inverse_mills(high), m.exp(d) / -m.expm1(d)
        at_high, far = mills * (1 + less), m.times(less, m.inverse_mills(low))
        # e^d magnifies the rounding of d: while Phi(high) is not too small the density itself is better
        near = m.normal_times(1 / (m.ndtr_times(m.fill(high, 1.0), high) * -m.expm1(d)), low)
        at_low = m.where(m.less(-30.0, high), near, far)
        # high + at_high would cancel in the tail; low is the farther end, and at_low - low adds up
        bend_high, bend_low = m.mills_excess(high) + mills * less, at_low - low
        return (
            upper,
            lower,
            m.where(flipped, at_low, at_high),
            m.where(flipped, at_high, at_low),
            m.where(flipped, bend_low, bend_high),
            m.where(flipped, bend_high, bend_low),
        )
