"""Losses that are curves of the log-probability of the true class."""

from abc import abstractmethod
from typing import Generic, NamedTuple

from slopes.activations.softmax import Split, centred, split
from slopes.core import Math, RowLoss, T


class Probabilities(NamedTuple, Generic[T]):
    """The probabilities of a row, each with what rounding it would lose."""

    split: Split[T]
    p: T
    rest: T  #: 1 - p, exact also where p is almost 1
    surprise: T  #: -log(p)


def probabilities(m: Math, x: T) -> Probabilities[T]:
    """Return the probabilities of a row of logits."""
    s = split(m, x)
    surprise = m.where(s.top, m.fill(x, 0.0), m.row_max(x) - x) + s.log_norm
    return Probabilities(s, s.p, m.where(s.top, s.rest, 1 - s.p), surprise)


class LogProbabilityLoss(RowLoss):
    """A loss sum(q c(l)), where l is the log-softmax of a row of logits and c one curve for all classes.

    Cross-entropy is the curve c(l) = -l. A definition states c, its slope dc/dl and its bend in terms of
    `Probabilities`; note that dp/dl = p. All else is the chain rule through log-softmax.
    """

    @abstractmethod
    def curve(self, m: Math, c: Probabilities[T], /) -> T: ...
    @abstractmethod
    def slope(self, m: Math, c: Probabilities[T], /) -> T: ...
    @abstractmethod
    def bend(self, m: Math, c: Probabilities[T], /) -> T: ...

    def value(self, m: Math, x: T, q: T) -> T:
        return m.row_sum(m.times(q, self.mass_gradient(m, x, q)))

    def mass_gradient(self, m: Math, x: T, q: T) -> T:
        return self.curve(m, probabilities(m, x))

    def gradient(self, m: Math, x: T, q: T) -> T:
        c = probabilities(m, x)
        return pulled(m, c.split, q * self.slope(m, c))

    def hessian(self, m: Math, x: T, q: T) -> T:
        c = probabilities(m, x)
        g, h = q * self.slope(m, c), q * self.bend(m, c)
        # the bends of all other classes, without subtracting the largest class's from the sum
        elsewhere = m.where(c.split.top, m.row_sum(m.where(c.split.top, 0.0, h)), m.row_sum(h) - h)
        return c.rest * c.rest * h + c.p * (c.p * elsewhere - c.rest * m.row_sum(g))

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        c = probabilities(m, x)
        g, h = q * self.slope(m, c), q * self.bend(m, c)
        along = centred(m, c.split, tangent)
        return pulled(m, c.split, h * along) - m.row_sum(g) * c.p * along


def pulled(m: Math, s: Split[T], g: T) -> T:
    """Return g - p sum(g), the cotangent g of log-softmax pulled back to the logits."""
    others = m.row_sum(m.where(s.top, 0.0, g))
    # at the largest class g - p sum(g) = g (1 - p) - p others, and 1 - p is known
    return m.where(s.top, g * s.rest - s.p * others, g - s.p * m.row_sum(g))
