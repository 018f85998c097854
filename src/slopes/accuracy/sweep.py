"""Measure errors in units in the last place (ULP) against an exact reference.

A sweep over 2^32 floats cannot ask a reference of 40 digits about each. It compares all results with this
library's own in float64, whose errors are far below a thousandth of a unit of float32, and asks the exact
reference about those that may be the worst.
"""

import itertools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from slopes.accuracy.formats import ulps
from slopes.accuracy.inputs import blocks, inputs
from slopes.accuracy.peers import Order, orders_of, ours
from slopes.api.activation import ActivationFunction
from slopes.backends.numpy_math import NumpyMath

Array = Any
METHODS = ("value", "derivative", "second_derivative")
DIGITS = 40  #: of the exact reference
AHEAD = 1024  #: blocks that wait for a thread
SLACK = 0.001  #: more than the error of an error that was found with float64, in ULP


class Candidate(NamedTuple):
    """An input that may have the largest error: arrays of one, empty where a block has none."""

    x: Array
    got: Array
    error: Array  #: as far as float64 can tell


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
    function: ActivationFunction,
    dtype: str = "float32",
    every: int = 1,
    library: str = "slopes",
    advance: Callable[[], object] = lambda: None,
) -> Errors | None:
    """Measure a function's value and derivatives over all floats of a dtype, or every so-manyeth.

    Parameters
    ----------
    function : ActivationFunction
        Such as `slopes.silu`.
    dtype : {"float16", "bfloat16", "float32", "float64"}
        For float64 a sample of a million doubles, dense where errors hide.
    every : int
        Take every so-manyeth float.
    library : {"slopes", "torch", "jax", "scipy"}
        Whose function of this name.
    advance : callable
        Called after each of `slopes.accuracy.inputs.blocks(dtype, every)`.

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
    measures = [_Measure(function, i, order, dtype) for i, order in enumerate(orders)]

    def screen(block: int) -> tuple[int, list[list[Candidate]]]:
        x = inputs(dtype, every, block, function.definition.facts.domain)
        return len(x), [measure.screen(x) for measure in measures]

    # mpmath, which judges every double, computes in one thread
    workers = 1 if dtype == "float64" else os.cpu_count()
    count, numbers = 0, blocks(dtype, every)
    with ThreadPoolExecutor(workers) as pool:
        for start in range(0, len(numbers), AHEAD):
            for size, candidates in pool.map(screen, numbers[start : start + AHEAD]):
                count += size
                for measure, found in zip(measures, candidates, strict=True):
                    measure.settle(found)
                advance()
    away, beside = zip(*(measure.worst for measure in measures), strict=True)
    return Errors(library, dtype, count, away, beside)


@dataclass
class _Measure:
    """The errors of one order of a function."""

    function: ActivationFunction
    number: int  #: 0 for the value, 1 and 2 for derivatives
    order: Order
    dtype: str
    worst: list[Worst | None] = field(init=False)  #: away from zero crossings, and beside them
    crossings: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.crossings = _crossings(self.function, METHODS[self.number])
        self.worst = [Worst(), Worst() if self.crossings else None]

    def screen(self, x: Array) -> list[Candidate]:
        """Return the input with the largest error away from zero crossings and, if any, beside them."""
        if not len(x):
            return []
        with np.errstate(all="ignore"):
            got = np.asarray(self.order(x))
            errors = ulps(got, *(self._exact(x) if self.dtype == "float64" else self._wide(x)), self.dtype)
        near = np.zeros(len(x), bool)
        for root in self.crossings:
            near |= np.abs(x - x.dtype.type(root)) < abs(root) / 2
        found = []
        for kind in (~near, near) if self.crossings else (~near,):
            worst = int(np.argmax(np.where(kind, errors, -1.0)))
            one = slice(worst, worst + 1) if kind[worst] else slice(0)
            found.append(Candidate(x[one], got[one], errors[one]))
        return found

    def settle(self, candidates: list[Candidate]) -> None:
        """Ask the exact reference about candidates for the worst, and keep that."""
        for i, (x, got, error) in enumerate(candidates):
            known = self.worst[i]
            if known is not None and (error > known.ulps - SLACK).any():
                settled = Worst(float(ulps(got, *self._exact(x), self.dtype)[0]), float(x[0]))
                self.worst[i] = max(known, settled, key=lambda worst: worst.ulps)

    def _wide(self, x: Array) -> tuple[Array, Array]:
        """The results in float64, taken for exact."""
        want = np.asarray(ours(self.function)[self.number](x.astype(np.float64)))
        return want, np.zeros(1)

    def _exact(self, x: Array) -> tuple[Array, Array]:
        """The exact results as float64 and what that rounds away."""
        import mpmath

        from slopes.backends.mpmath import MpMath, exactly

        exact = partial(getattr(exactly(self.function.definition), METHODS[self.number]), MpMath())
        with mpmath.workdps(DIGITS):
            results = [exact(mpmath.mpf(float(v))) for v in x]
            want = np.array([float(r) for r in results])
            low = [float(r - w) if np.isfinite(w) else 0.0 for r, w in zip(results, want, strict=True)]
            return want, np.array(low)


def _crossings(function: ActivationFunction, method: str) -> list[float]:
    """Where a method changes sign away from 0, by bisection."""
    f: Callable[[Array], Array] = partial(getattr(function.definition, method), NumpyMath())
    low, high = function.definition.facts.domain
    grid = np.linspace(max(low, -12), min(high, 12), 4801)[:-1] + 1e-4
    values = f(grid)
    roots = []
    for i, j in itertools.pairwise(range(len(grid))):
        if values[i] * values[j] < 0 and abs(grid[i]) > 0.3:
            roots.append(float(grid[i] + grid[j]) / 2)
    return roots
