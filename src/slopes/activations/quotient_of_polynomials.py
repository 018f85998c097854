"""A polynomial of degree 5 over 1 and the size of one of degree 4, whose coefficients are parameters."""

from collections.abc import Callable, Sequence
from functools import cache, reduce
from math import inf
from operator import add, mul
from typing import Any

from slopes.core import Activation, Facts, Math, T

Coefficients = tuple[float, ...]
ABOVE = tuple(f"a{k}" for k in range(6))
BELOW = tuple(f"b{k}" for k in range(1, 5))
TINY = 1e-18  #: nearer to 0 the polynomial below has the sign it has there, though it may underflow


class QuotientOfPolynomials(Activation):
    """What `rational` computes of its parameters a0 to a5 and b1 to b4."""

    @property
    def facts(self) -> Facts:
        return _facts(self._above, self._below)

    def value(self, m: Math, x: T) -> T:
        far, t = _folded(m, x)
        a = self._above
        fifth = m.times(a[5], m.where(far, x, _power(m, t, 5)))
        return (fifth + _either(m, far, t, a[:5], a[4::-1])) / self._denominator(m, far, t)

    def derivative(self, m: Math, x: T) -> T:
        far, t = _folded(m, x)
        sign, d = self._sign(m, far, t), self._denominator(m, far, t)
        alone = _slope(self._above)
        crossed = self._crossed(lambda i, j: i - j)
        top = _either(m, far, t, alone, alone[::-1], 4) + sign * _either(m, far, t, crossed, crossed[::-1])
        return top / d / d

    def second_derivative(self, m: Math, x: T) -> T:
        # Far out f(x) = x g(t), so f''(x) = t^3 g''(t); in the quotient's own formula leading terms cancel.
        far, t = _folded(m, x)
        sign, d = self._sign(m, far, t), self._denominator(m, far, t)
        alone, crossed = _slope(self._above), self._crossed(lambda i, j: i - j)
        alone_far = tuple(_times(1 - k, c) for k, c in enumerate(self._above))[::-1]
        crossed_far = self._crossed(lambda i, j: 1 - i + j)[::-1]
        top = _either(m, far, t, alone, alone_far, 3) + sign * _either(m, far, t, crossed, crossed_far)
        bend = _either(m, far, t, _slope(alone), _slope(alone_far, 3), 2)
        bend = bend + sign * _either(m, far, t, _slope(crossed), _slope(crossed_far))
        rise = sign * _either(m, far, t, _slope((0.0, *self._below)), _slope(self._below[::-1]))
        rise = rise + m.where(far, 4 * _power(m, t, 3), 0.0)  # of the denominator
        second = (bend - 2 * top * rise / d) / d / d
        return m.where(far, second * t * t * t, second)

    def parameter_derivative(self, m: Math, x: T, name: str) -> T:
        far, t = _folded(m, x)
        d, k = self._denominator(m, far, t), int(name[1])
        if name in ABOVE:
            return m.where(far, x if k == 5 else _power(m, t, 4 - k), _power(m, t, k)) / d
        sign = self._sign(m, far, t)
        if k == 4:
            return -sign * m.where(far, 1.0, _power(m, t, 4)) * self.value(m, x) / d
        top = _either(m, far, t, self._above, self._above[::-1])
        return -sign * m.where(far, _power(m, t, 3 - k), _power(m, t, k)) * top / d / d

    @property
    def _above(self) -> Coefficients:
        return tuple(getattr(self, name) for name in ABOVE)

    @property
    def _below(self) -> Coefficients:
        return tuple(getattr(self, name) for name in BELOW)

    def _inner(self, m: Math, far: Any, t: T) -> T:
        """The polynomial below, far out times t^4."""
        return m.where(far, _horner(t, self._below[::-1]), t * _horner(t, self._below))

    def _denominator(self, m: Math, far: Any, t: T) -> T:
        """The denominator, far out times t^4."""
        return m.where(far, _power(m, t, 4), 1.0) + m.abs(self._inner(m, far, t))

    def _sign(self, m: Math, far: Any, t: T) -> T:
        """The sign of the polynomial below, where it is 0 that of one side."""
        size, one = m.maximum(m.abs(t), TINY), m.fill(t, 1.0)
        inner = self._inner(m, far, m.where(m.less(t, 0.0), -size, size))
        return m.where(m.less(inner, 0.0), -one, one)

    def _crossed(self, weight: Callable[[int, int], int]) -> Coefficients:
        """The sums of weight(i, j) a_i b_j over i + j = 1, ..., 9, without those that have no term.

        Made of the coefficients alone, they cancel where these do, and not again at every x.
        """
        a, b = self._above, (0.0, *self._below)
        pairs = (((i, s - i) for i in range(6) if 1 <= s - i <= 4) for s in range(1, 10))
        terms = ([_times(w, a[i]) * b[j] for i, j in of_one if (w := weight(i, j))] for of_one in pairs)
        return tuple(reduce(add, of_one) for of_one in terms if of_one)


def _folded(m: Math, x: T) -> tuple[Any, T]:
    """Where |x| > 1; and there 1 / x, elsewhere x, whose powers do not overflow."""
    far = m.less(1.0, m.abs(x))
    return far, m.where(far, 1 / m.where(far, x, 1.0), x)


def _times(k: int, c: float) -> float:
    return c if k == 1 else k * c


def _slope(coefficients: Sequence[float], power: int = 0) -> Coefficients:
    """The coefficients of the derivative of t^power times a polynomial, the constant first."""
    start = 0 if power else 1
    return tuple(_times(power + k, c) for k, c in enumerate(coefficients))[start:]


def _power(m: Math, t: T, k: int) -> T:
    return reduce(mul, [t] * k) if k else m.fill(t, 1.0)


def _horner(t: T, coefficients: Sequence[float]) -> T:
    """A polynomial of degree 1 or more, the constant first."""
    *rest, result = coefficients
    for c in reversed(rest):
        result = c + t * result  # type: ignore[assignment]
    return result  # type: ignore[return-value]


def _either(m: Math, far: Any, t: T, near: Sequence[float], distant: Sequence[float], power: int = 0) -> T:
    """The polynomial `near` of t, or far out t^power times the polynomial `distant`."""
    outside = _horner(t, distant)
    return m.where(far, _power(m, t, power) * outside if power else outside, _horner(t, near))


@cache
def _facts(above: Coefficients, below: Coefficients) -> Facts:
    """Facts from the roots of f' and f'' on both sides of where the polynomial below changes sign."""
    # for facts alone, and not worth the time that importing fractions takes
    from fractions import Fraction

    from slopes.core.polynomials import at, order, plus, polynomial, product, quotient, sign_changes, slope

    n, q = polynomial(above), polynomial((0.0, *below))
    breaks = {r: max(1, order(q, r)) + order(n, r) - 1 for r in sign_changes(q) if n}
    smooth = min(breaks.values(), default=inf)
    tilt = above[5] / below[3]
    ends = (-inf * tilt, inf * tilt) if tilt else (above[4] / below[3],) * 2
    values, slopes = [*ends, *(quotient(n, (1,), r) for r in breaks)], [tilt]
    for sign in (-1, 1):  # of the polynomial below: far out it is 1
        d = plus((Fraction(1),), q, sign)
        top = plus(product(slope(n), d), product(n, slope(d)), -1)
        bend = plus(product(slope(top), d), product(top, slope(d)), -2)
        here = [[r for r in sign_changes(p) if sign * at(q, Fraction(r)) >= 0] for p in (top, bend)]
        values += [quotient(n, d, r) for r in here[0]]
        slopes += [quotient(top, product(d, d), r) for r in (*here[1], *breaks)]
    even = not any(below[::2])
    return Facts(
        range=(min(values), max(values)),
        limits=ends,
        smooth=smooth,
        breaks=tuple(sorted(r for r, s in breaks.items() if s == smooth)),
        monotone=min(slopes) >= 0,
        convex=not breaks and not bend,
        parity="even" if even and not any(above[1::2]) else "odd" if even and not any(above[::2]) else "",
        lipschitz=max(map(abs, slopes)),
    )
