"""Options of cross-entropy that act around it: a z-loss beside it, a soft cap of the logits before it."""

from typing import Any, NamedTuple

from slopes.activations.softmax import Split, centred, split
from slopes.core import Math, Paper, T

SOURCES = (
    Paper(
        "Chowdhery et al.",
        2022,
        "PaLM: scaling language modeling with pathways",
        "https://arxiv.org/abs/2204.02311",
    ),
    Paper(
        "Gemma Team",
        2024,
        "Gemma 2: improving open language models at a practical size",
        "https://arxiv.org/abs/2408.00118",
    ),
)


class Normalised(NamedTuple):
    """A row loss plus `weight` times the squared log-normaliser of the row, z = log(sum(exp(x)))."""

    loss: Any
    weight: float

    def value(self, m: Math, x: T, q: T) -> T:
        z = _normaliser(m, x, split(m, x))
        result: T = self.loss.value(m, x, q) + self.weight * m.row_sum(q) * z * z
        return result

    def gradient(self, m: Math, x: T, q: T) -> T:
        s = split(m, x)
        pull = 2 * self.weight * m.row_sum(q) * _normaliser(m, x, s)
        result: T = self.loss.gradient(m, x, q) + pull * s.p
        return result

    def hessian(self, m: Math, x: T, q: T) -> T:
        s = split(m, x)
        bend = s.p * (s.p + _normaliser(m, x, s) * m.where(s.top, s.rest, 1 - s.p))
        result: T = self.loss.hessian(m, x, q) + 2 * self.weight * m.row_sum(q) * bend
        return result

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        s = split(m, x)
        bend = s.p * (m.row_sum(s.p * tangent) + _normaliser(m, x, s) * centred(m, s, tangent))
        result: T = self.loss.hvp(m, x, q, tangent) + 2 * self.weight * m.row_sum(q) * bend
        return result

    def gauss_newton(self, m: Math, x: T, q: T, tangent: T) -> T:
        # z is what the square is convex in: its own curvature, which may be negative with z, stays out
        p = split(m, x).p
        bend = p * m.row_sum(p * tangent)
        result: T = self.loss.gauss_newton(m, x, q, tangent) + 2 * self.weight * m.row_sum(q) * bend
        return result

    def mass_gradient(self, m: Math, x: T, q: T) -> T:
        z = _normaliser(m, x, split(m, x))
        result: T = self.loss.mass_gradient(m, x, q) + self.weight * z * z
        return result


class Capped(NamedTuple):
    """A row loss of the logits c tanh(x / c), which never leave (-c, c): the chain rule through the cap."""

    loss: Any
    cap: float

    def value(self, m: Math, x: T, q: T) -> T:
        result: T = self.loss.value(m, self._capped(m, x), q)
        return result

    def gradient(self, m: Math, x: T, q: T) -> T:
        result: T = self._slope(m, x) * self.loss.gradient(m, self._capped(m, x), q)
        return result

    def hessian(self, m: Math, x: T, q: T) -> T:
        u, slope = self._capped(m, x), self._slope(m, x)
        inner: T = slope * slope * self.loss.hessian(m, u, q)
        outer: T = self._bend(m, x) * self.loss.gradient(m, u, q)
        return inner + outer

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        u, slope = self._capped(m, x), self._slope(m, x)
        inner: T = slope * self.loss.hvp(m, u, q, slope * tangent)
        outer: T = self._bend(m, x) * self.loss.gradient(m, u, q) * tangent
        return inner + outer

    def gauss_newton(self, m: Math, x: T, q: T, tangent: T) -> T:
        slope = self._slope(m, x)
        result: T = slope * self.loss.gauss_newton(m, self._capped(m, x), q, slope * tangent)
        return result

    def mass_gradient(self, m: Math, x: T, q: T) -> T:
        result: T = self.loss.mass_gradient(m, self._capped(m, x), q)
        return result

    def _capped(self, m: Math, x: T) -> T:
        capped: T = self.cap * m.tanh(x / self.cap)
        return capped

    def _slope(self, m: Math, x: T) -> T:
        # 1 - tanh^2, which would cancel, is 4 sigmoid(2 u) sigmoid(-2 u)
        u = 2 * x / self.cap
        return m.sigmoid_times(m.sigmoid_times(4.0, u), -u)

    def _bend(self, m: Math, x: T) -> T:
        bend: T = -2 / self.cap * m.tanh(x / self.cap) * self._slope(m, x)
        return bend


def _normaliser(m: Math, x: T, s: Split[T]) -> T:
    return m.row_max(x) + s.log_norm
