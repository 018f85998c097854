"""Measure errors in units in the last place (ULP) against a reference."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from slopes.accuracy.inputs import inputs
from slopes.accuracy.peers import orders_of
from slopes.api.activation import ActivationFunction
from slopes.backends.numpy_math import NumpyMath

Array = Any
METHODS = ("value", "derivative", "second_derivative")
DIGITS = 40  #: of the reference for float64


@dataclass(frozen=True)
class Worst:
    """The largest error, and the input where it stands."""

    ulps: float = 0.0
    at: float = 0.0


@dataclass(frozen=True)
class Errors:
    """The errors of one function in one dtype and library, by order of derivative."""

    library: str
    dtype: str
    count: int  #: how many inputs
    away: tuple[Worst, ...]  #: from zero crossings
    beside: tuple[Worst | None, ...]  #: within half of |x| of a zero crossing; None where there is none


def sweep(
    function: ActivationFunction, dtype: str = "float32", every: int = 1, library: str = "slopes"
) -> Errors | None:
    """Measure a function's value and derivatives over all floats of a dtype, or every so-manyeth.

    Parameters
    ----------
    function : ActivationFunction
        Such as `slopes.silu`.
    dtype : {"float16", "float32", "float64"}
        For float64 a sample of a million doubles, dense where errors hide.
    every : int
        Take every so-manyeth float.
    library : {"slopes", "torch", "jax", "scipy"}
        Whose function of this name.

    Returns
    -------
    Errors or None
        None where the library has no such function.

    Examples
    --------
    >>> import slopes
    >>> from slopes.accuracy import sweep
    >>> sweep(slopes.relu, "float16").away[0].ulps
    0.0
    """
    orders = orders_of(function, library)
    if orders is None:
        return None
    crossings = [_crossings(function, method) for method in METHODS[: len(orders)]]
    away = [Worst() for _ in orders]
    beside = [Worst() if roots else None for roots in crossings]
    count = 0
    for x in inputs(dtype, every):
        count += len(x)
        for i, (method, order) in enumerate(zip(METHODS, orders, strict=False)):
            with np.errstate(all="ignore"):
                errors = ulps(np.asarray(order(x)), *_reference(function, method, x), dtype)
            near = np.zeros(len(x), bool)
            for root in crossings[i]:
                near |= np.abs(x - root) < abs(root) / 2
            away[i] = _worse(away[i], x, np.where(near, 0.0, errors))
            known = beside[i]
            if known is not None:
                beside[i] = _worse(known, x, np.where(near, errors, 0.0))
    return Errors(library, dtype, count, tuple(away), tuple(beside))


def ulps(got: Array, want: Array, low: Array, dtype: str) -> Array:
    """Return errors against want + low in units in the last place; a wrong infinity or NaN counts as inf."""
    limits = np.finfo(dtype)
    top = float(limits.max)
    with np.errstate(all="ignore"):
        unit = np.spacing(np.abs(want).astype(dtype)).astype(np.float64)
        unit = np.where(np.isfinite(unit), unit, top - float(np.nextafter(limits.max, limits.dtype.type(0))))
        error = np.abs(got.astype(np.float64) - want - low) / unit
    beyond = np.abs(want) >= top + unit / 2
    right = np.isinf(got) & beyond & (np.sign(got) == np.sign(want))
    wrong = ~np.isfinite(got) | np.isnan(error)
    return np.where(right, 0.0, np.where(wrong, np.inf, error))


def _worse(known: Worst, x: Array, errors: Array) -> Worst:
    if not len(errors):
        return known
    i = int(np.argmax(errors))
    return Worst(float(errors[i]), float(x[i])) if errors[i] > known.ulps else known


def _reference(function: ActivationFunction, method: str, x: Array) -> tuple[Array, Array]:
    """The exact result as a float64 and what that rounds away.

    For 16 and 32 bits float64 itself is exact enough: its errors are 2^-27 of a unit there.
    """
    if x.dtype != np.float64:
        want = getattr(function.definition, method)(NumpyMath(), x.astype(np.float64))
        return want, np.zeros_like(want)
    import mpmath

    from slopes.backends.mpmath import MpMath

    exact = partial(getattr(function.definition, method), MpMath())
    with mpmath.workdps(DIGITS):
        results = [exact(mpmath.mpf(float(v))) for v in x]
        want = np.array([float(r) for r in results])
        low = [float(r - w) if np.isfinite(w) else 0.0 for r, w in zip(results, want, strict=True)]
        return want, np.array(low)


def _crossings(function: ActivationFunction, method: str) -> list[float]:
    """Where a method changes sign away from 0, by bisection."""
    f: Callable[[Array], Array] = partial(getattr(function.definition, method), NumpyMath())
    grid = np.linspace(-12, 12, 4801) + 1e-4
    values = f(grid)
    roots = []
    for i, j in itertools.pairwise(range(len(grid))):
        if values[i] * values[j] < 0 and abs(grid[i]) > 0.3:
            roots.append(float(grid[i] + grid[j]) / 2)
    return roots
