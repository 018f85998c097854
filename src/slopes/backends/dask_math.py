"""Dask: the vocabulary on arrays that are cut along their rows, each word a graph of NumPy's.

Elementwise words are mapped over blocks; a sum or maximum of a row is reduced as a tree.
"""

import operator
from collections.abc import Callable
from typing import Any

import dask.array as da
import numpy as np

from slopes.backends.numpy_math import MATH

CONDITIONS = ("less", "equal")
WHOLE = ("row_threshold", "row_half", "row_join")  #: words that need a row in one piece


class WholeRow(Exception):  # noqa: N818 - no error: the caller puts the row together
    """A word needs a row in one piece."""


class _Quiet:
    """A function of NumPy blocks for which infinities and NaN are results, not warnings."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function

    def __call__(self, *blocks: Any) -> Any:
        with np.errstate(all="ignore"):
            return self.function(*blocks)


def mapped(block: Callable[..., Any], dtype: Any, *operands: Any) -> Any:
    """Map a function over the blocks of arrays, which are first cut alike; axes are counted from the last."""
    arrays = [da.asarray(o) if isinstance(o, np.ndarray) else o for o in operands]
    most = max(getattr(a, "ndim", 0) for a in arrays)
    pairs = ((a, range(most - a.ndim, most) if isinstance(a, da.Array) else None) for a in arrays)
    flat = [part for pair in pairs for part in pair]
    return da.blockwise(block, range(most), *flat, dtype=dtype, meta=np.empty((0,) * most, dtype))


def _mapped(function: Callable[..., Any], *operands: Any, dtype: Any = np.float64) -> "Lazy":
    given = (o.array if isinstance(o, Lazy) else o for o in operands)
    return Lazy(mapped(_Quiet(function), dtype, *given))


class Lazy:
    """A Dask array in float64, or a condition, with the arithmetic that definitions use."""

    __array_ufunc__ = None  # a NumPy array beside it leaves arithmetic to it

    def __init__(self, array: Any) -> None:
        self.array = array

    def __add__(self, other: Any) -> "Lazy":
        return _mapped(operator.add, self, other)

    def __radd__(self, other: Any) -> "Lazy":
        return _mapped(operator.add, other, self)

    def __sub__(self, other: Any) -> "Lazy":
        return _mapped(operator.sub, self, other)

    def __rsub__(self, other: Any) -> "Lazy":
        return _mapped(operator.sub, other, self)

    def __mul__(self, other: Any) -> "Lazy":
        return _mapped(operator.mul, self, other)

    def __rmul__(self, other: Any) -> "Lazy":
        return _mapped(operator.mul, other, self)

    def __truediv__(self, other: Any) -> "Lazy":
        return _mapped(operator.truediv, self, other)

    def __rtruediv__(self, other: Any) -> "Lazy":
        return _mapped(operator.truediv, other, self)

    def __neg__(self) -> "Lazy":
        return _mapped(operator.neg, self)


class DaskMath:
    """The vocabulary; a word without a method here is elementwise."""

    def __getattr__(self, word: str) -> Callable[..., Any]:
        if word in WHOLE:
            raise WholeRow(word)
        plain = getattr(MATH, word)
        return lambda *operands: _mapped(plain, *operands, dtype=bool if word in CONDITIONS else np.float64)

    @staticmethod
    def root_two_over_pi() -> float:
        return MATH.root_two_over_pi()  # type: ignore[no-any-return]

    @staticmethod
    def row_sum(x: Lazy) -> Lazy:
        return Lazy(da.sum(x.array, axis=-1, keepdims=True))

    @staticmethod
    def row_max(x: Lazy) -> Lazy:
        return Lazy(da.max(x.array, axis=-1, keepdims=True))

    @staticmethod
    def row_argmax(x: Lazy) -> Lazy:
        first = da.argmax(x.array, axis=-1, keepdims=True)
        return _mapped(np.equal, Lazy(first), _places(x), dtype=bool)

    @staticmethod
    def one_hot(index: Any, x: Any) -> Lazy:
        return _mapped(lambda i, k: (i == k).astype(np.float64), index, _places(x))

    @staticmethod
    def below(index: Any, x: Any) -> Lazy:
        return _mapped(lambda i, k: (i > k).astype(np.float64), index, _places(x))


def _places(x: Any) -> Lazy:
    """0, 1, 2 ... along a row, cut as the row is."""
    row = x.array if isinstance(x, Lazy) else da.asarray(x)  # class weights are NumPy's
    places = da.arange(row.shape[-1], chunks=(row.chunks[-1],))
    return Lazy(places[(None,) * (row.ndim - 1)])


MATH_OF_GRAPHS: Any = DaskMath()
