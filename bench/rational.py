"""The coefficients from which `rational` starts: SiLU on [-8, 8].

python -m bench.rational

With a1 = 1/2, a3 = b2 / 2 and a5 = b4 / 2, over an even denominator, f(x) - f(-x) = x as of SiLU. What is
left is its even part, x tanh(x / 2) / 2, for a2, a4, b2 and b4: whether some of these keep an error below a
bound is a linear program, and the smallest such bound is found by bisection. Then b2 and b4 are rounded to so
few bits that their products are exact, and a2 and a4 are found again beside them.
"""

from math import frexp
from typing import Any

import numpy as np
from scipy.optimize import linprog

END = 8.0
BITS = 12
DIGITS = 6  #: significant ones of a2 and a4
Z = END * (1 - np.cos(np.linspace(0, np.pi, 2001))) / 2
WANT = Z * np.tanh(Z / 2) / 2
POWERS = np.stack([Z**2, Z**4], axis=1)


def denominators(bound: float) -> Any:
    """Return b2 and b4 for which some a2 and a4 keep the error below the bound, or None."""
    size = np.repeat([1 / END**2, 1 / END**4], 2)[[0, 2, 1, 3]]  # unknowns of one size
    too_high = np.hstack([POWERS, -(WANT + bound)[:, None] * POWERS]) * size
    too_low = np.hstack([-POWERS, (WANT - bound)[:, None] * POWERS]) * size
    limits = np.concatenate([WANT + bound, bound - WANT])
    free, positive = [(None, None)] * 2, [(0, None)] * 2
    found = linprog(np.zeros(4), np.vstack([too_high, too_low]), limits, bounds=free + positive)
    return (found.x * size)[2:] if found.success else None


def numerators(b2: float, b4: float) -> Any:
    """Return the best a2 and a4 beside them."""
    terms = POWERS / (1 + POWERS @ [b2, b4])[:, None]
    error = np.full((len(Z), 1), -1.0)
    rows = np.vstack([np.hstack([terms, error]), np.hstack([-terms, error])])
    return linprog([0, 0, 1], rows, np.concatenate([WANT, -WANT]), bounds=[(None, None)] * 3).x[:2]


def rounded(x: float) -> float:
    """Return x to so many bits."""
    shift = 2.0 ** (BITS - frexp(x)[1])
    return round(x * shift) / shift


def fitted() -> dict[str, float]:
    """Return all coefficients."""
    low, high = 0.0, 1.0
    best = denominators(high)
    for _ in range(24):
        middle = (low + high) / 2
        if (found := denominators(middle)) is None:
            low = middle
        else:
            high, best = middle, found
    b2, b4 = map(rounded, best)
    a2, a4 = (float(f"{c:.{DIGITS}g}") for c in numerators(b2, b4))
    above = (0.0, 0.5, a2, b2 / 2, a4, b4 / 2)
    return {f"a{k}": c for k, c in enumerate(above)} | {"b1": 0.0, "b2": b2, "b3": 0.0, "b4": b4}


def error(c: dict[str, float]) -> float:
    """Return the largest distance from SiLU on the interval."""
    x = np.linspace(-END, END, 100_001)
    top = sum(c[f"a{k}"] * x**k for k in range(6))
    below = 1 + abs(sum(c[f"b{k}"] * x**k for k in range(1, 5)))
    return float(np.max(np.abs(top / below - x / (1 + np.exp(-x)))))


if __name__ == "__main__":
    coefficients = fitted()
    for name, coefficient in coefficients.items():
        top, bottom = coefficient.as_integer_ratio()
        print(f"{name} = {coefficient!r}" + (f"  # {top} / {bottom}" if bottom < 1 << 40 else ""))
    print(f"largest distance from SiLU on [-{END:g}, {END:g}]: {error(coefficients):.3g}")
