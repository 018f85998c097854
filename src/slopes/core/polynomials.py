"""Polynomials by their coefficients, the constant first: what facts of rational functions need."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

Polynomial = tuple[Any, ...]  #: without leading zeros; the polynomial 0 is ()


def polynomial(coefficients: Iterable[float | Fraction]) -> Polynomial:
    """Return exact coefficients, leading zeros left out."""
    c = [Fraction(v) for v in coefficients]
    while c and not c[-1]:
        c.pop()
    return tuple(c)


def plus(p: Polynomial, q: Polynomial, factor: int = 1) -> Polynomial:
    """Return p + factor q."""
    width = max(len(p), len(q))
    padded = (tuple(r) + (0,) * (width - len(r)) for r in (p, q))
    return polynomial(a + factor * b for a, b in zip(*padded, strict=True))


def product(p: Polynomial, q: Polynomial) -> Polynomial:
    """Return p q."""
    result = [Fraction(0)] * (len(p) + len(q))
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            result[i + j] += a * b
    return polynomial(result)


def slope(p: Polynomial) -> Polynomial:
    """Return the derivative of p."""
    return polynomial(k * c for k, c in enumerate(p))[1:]


def at(p: Sequence[Any], x: Any) -> Any:
    """Return p(x), by Horner's rule."""
    result = 0 * x
    for c in reversed(p):
        result = result * x + c
    return result


def quotient(p: Polynomial, q: Polynomial, x: float) -> float:
    """Return p(x) / q(x), rounded once."""
    return float(at(p, Fraction(x)) / at(q, Fraction(x)))


def order(p: Polynomial, x: float) -> int:
    """Return how often x is a root of p, which is not 0."""
    count = 0
    while not at(p, Fraction(x)):
        p, count = slope(p), count + 1
    return count


def sign_changes(p: Polynomial) -> list[float]:
    """Return where p changes sign, in order: its real roots of odd multiplicity.

    Between two neighbours of the same list for the derivative p is monotone and has one of them at most,
    which bisection finds to the last bit.

    Examples
    --------
    >>> sign_changes(polynomial([0, -2, 0, 0.5]))
    [-2.0, 0.0, 2.0]
    >>> sign_changes(polynomial([1, -2, 1]))
    []
    """
    if len(p) < 2:
        return []
    low = next(k for k, c in enumerate(p) if c)
    if low:  # so that a root at 0 is exact
        others = sign_changes(p[low:])
        return sorted([*others, 0.0]) if low % 2 else others
    c = [float(v / p[-1]) for v in p]
    end = 1 + max(map(abs, c))  # Cauchy's bound of all roots
    return [
        _between(c, a, b)
        for a, b in pairwise([-end, *sign_changes(slope(p)), end])
        if at(c, a) * at(c, b) < 0
    ]


def _between(c: Sequence[float], a: float, b: float) -> float:
    """The first float in (a, b] at which the sign is no longer that of a."""
    sign = at(c, a)
    while a < (middle := (a + b) / 2) < b:
        a, b = (middle, b) if at(c, middle) * sign > 0 else (a, middle)
    return b
