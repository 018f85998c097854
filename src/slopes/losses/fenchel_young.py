"""Fenchel-Young losses of the Tsallis entropies: of sparsemax and entmax as cross-entropy is of softmax."""

from abc import abstractmethod

from slopes.core import Math, RowLoss, T


class FenchelYoung(RowLoss):
    """The gap sum(x (p - q)) + W(q) - W(p), where p is the entmax of x and W(p) = sum(p^a - p) / (a (a - 1)).

    It is 0 exactly where p equals the target q, convex, and its gradient is p - q: that of a class which
    beats all others by 1 / (a - 1) is exactly 0.
    """

    targets = "distribution"

    @property
    @abstractmethod
    def power(self) -> float:
        """The a of the entropy, above 1 and at most 2."""

    def entmax(self, m: Math, x: T) -> T:
        """Return the probabilities p, some of which are 0."""
        sharp = self.power - 1
        u = sharp * self._below_top(m, x)
        return m.power(m.maximum(u - m.row_threshold(u, 1 / sharp), 0.0), 1 / sharp)

    def value(self, m: Math, x: T, q: T) -> T:
        p, a = self.entmax(m, x), self.power
        entropies = m.row_sum(m.power(q, a) - m.power(p, a)) / (a * (a - 1))
        short = m.times(1 - m.row_sum(q), m.row_max(x))  # 0 for a target that adds up to 1
        return m.row_sum(m.times(p - q, self._below_top(m, x))) + short + entropies

    def gradient(self, m: Math, x: T, q: T) -> T:
        p, top = self.entmax(m, x), m.row_argmax(x)
        # p - q at the largest class as (1 - q) less all other p, which are small where it is almost 1
        return m.where(top, (1 - q) - m.row_sum(m.where(top, 0.0, p)), p - q)

    def hessian(self, m: Math, x: T, q: T) -> T:
        s, top = self._spread(m, x), m.row_argmax(x)
        others = m.where(top, m.row_sum(m.where(top, 0.0, s)), m.row_sum(s) - s)
        return s * others / m.row_sum(s)

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        s = self._spread(m, x)
        return s * (tangent - m.row_sum(s * tangent) / m.row_sum(s))

    def mass_gradient(self, m: Math, x: T, q: T) -> T:
        # W as it is for rows that add up to 1: the linear term is left out
        return m.power(q, self.power - 1) / (self.power - 1) - x

    def _below_top(self, m: Math, x: T) -> T:
        """The scores less the largest: no digits are lost to a common size, and one score may be infinite."""
        return m.where(m.row_argmax(x), m.fill(x, 0.0), x - m.row_max(x))

    def _spread(self, m: Math, x: T) -> T:
        """p^(2 - a), 0 outside the support."""
        p = self.entmax(m, x)
        return m.where(m.less(0.0, p), m.power(p, 2 - self.power), m.fill(x, 0.0))
