"""Dask: graphs of NumPy's results, block by block; nothing is computed while they are built.

Rows that are cut into blocks are reduced as a tree where the function's words allow it, else put together.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

import dask.array as da
import numpy as np

from slopes.backends.dask_math import MATH_OF_GRAPHS, Lazy, WholeRow, mapped
from slopes.backends.numpy import BACKEND as NUMPY
from slopes.backends.plain import PlainBackend
from slopes.core import Op, Reverse

Array = Any  #: a Dask array; among arguments also NumPy's


class DaskBackend(PlainBackend):
    """Builds graphs on Dask arrays."""

    name = "dask"
    words, floats = NUMPY.words, NUMPY.floats
    # what looks at a dtype only, or at a NumPy array beside Dask's
    computes = staticmethod(NUMPY.computes)
    is_boolean = staticmethod(NUMPY.is_boolean)
    is_integer = staticmethod(NUMPY.is_integer)
    dtype_name = staticmethod(NUMPY.dtype_name)
    to_default = staticmethod(NUMPY.to_default)
    to_index = staticmethod(NUMPY.to_index)
    cast = staticmethod(NUMPY.cast)
    shape = staticmethod(NUMPY.shape)
    widen = staticmethod(NUMPY.widen)
    divided = staticmethod(NUMPY.divided)
    any = staticmethod(NUMPY.any)
    first = staticmethod(NUMPY.first)
    broadcast_to = staticmethod(da.broadcast_to)
    also = ("numpy",)  #: whose arrays may stand beside Dask's
    where = staticmethod(da.where)
    moveaxis = staticmethod(da.moveaxis)
    concatenate = staticmethod(da.concatenate)
    without_graph = nullcontext

    @staticmethod
    def array(x: Any, like: Array | None = None) -> Array:
        del like
        if not isinstance(x, da.Array):
            if type(x).__module__.startswith("dask"):
                raise TypeError(f"got {type(x).__module__}.{type(x).__qualname__}, need a Dask array")
            return NUMPY.array(x)
        if any(n != n for n in x.shape):
            raise ValueError(f"a Dask array of unknown shape {x.shape}; call its compute_chunk_sizes() first")
        return x

    @staticmethod
    def concrete(*arrays: Any) -> bool:
        """Whether values can be looked at: those of NumPy's arrays can."""
        return not any(isinstance(a, da.Array) for a in arrays)

    @staticmethod
    def later(check: Callable[..., None], first: Array, *others: Array) -> tuple[Array, ...]:
        """Return the arrays, the first of which will check all when it is computed."""

        def checked(block: Array, *rest: Array) -> Array:
            check(NUMPY, block, *rest, *(None,) * (len(others) - len(rest)))
            return block

        given = [a for a in others if a is not None]
        return mapped(checked, first.dtype, first, *given), *others

    @staticmethod
    def reshape(x: Array, shape: Sequence[int], /) -> Array:
        shape = tuple(shape)
        # an axis of length 1 before the last comes and goes without a new cut
        if shape == (*x.shape[:-1], 1, *x.shape[-1:]):
            return x[..., None, :]
        if x.ndim > 1 and x.shape == (*shape[:-1], 1, *shape[-1:]):
            return x[..., 0, :]
        return da.reshape(x, shape)

    @staticmethod
    def sum(x: Array) -> Array:
        """The sum, as a tree, in extended precision."""

        def part(block: Array, axis: Any, keepdims: bool) -> Array:
            return np.sum(block, axis=axis, keepdims=keepdims, dtype=np.longdouble)

        def whole(block: Array, axis: Any, keepdims: bool) -> Array:
            return np.asarray(part(block, axis, keepdims), np.float64)

        return da.reduction(x, part, whole, combine=part, dtype=np.float64)

    @staticmethod
    def count(condition: Array) -> Array:
        return condition.sum()

    @staticmethod
    def take(x: Array, index: Array, /) -> Array:
        return mapped(lambda i: np.take(x, i), x.dtype, index)

    @staticmethod
    def sum_of_rows(x: Array) -> Array:
        return da.sum(x, axis=0)

    @staticmethod
    def fused(run: Callable[..., Any], arrays: tuple[Array, ...]) -> Array:
        return run(arrays, False)[0]

    @staticmethod
    def pointwise(
        ops: Sequence[Op], arrays: Sequence[Array], outs: Sequence[Any] = (), divisor: Any = None
    ) -> tuple[Array, ...]:
        """Evaluate operations block by block."""
        del outs

        def evaluated(op: Op) -> Array:
            def block(divisor: float | None, *blocks: Array) -> Array:
                return NUMPY.pointwise((op,), blocks, (None,), divisor)[0]

            return _divided(block, arrays[0].dtype, divisor, *arrays)

        return tuple(evaluated(op) for op in ops)

    @classmethod
    def vjp(cls, op: Op, index: int, arrays: Sequence[Array], cotangent: Array, out: Any) -> Array:
        """The cotangent of one argument of a pointwise operation."""
        del out

        def block(*blocks: Array) -> Array:
            return NUMPY.vjp(op, index, blocks[:-1], blocks[-1], None)

        return mapped(block, arrays[0].dtype, *arrays, cotangent)

    @classmethod
    def total(
        cls,
        op: Op,
        arrays: Sequence[Array],
        also: Sequence[Op] = (),
        outs: Sequence[Any] = (),
        divisor: Any = None,
    ) -> tuple[Array, tuple[Array, ...]]:
        """Sum an operation over each block, and the sums as a tree; evaluate others divided by `divisor`."""

        def part(*blocks: Array) -> Array:
            return np.full((1,) * blocks[0].ndim, NUMPY.total(op, blocks)[0])

        first, *others = da.broadcast_arrays(*arrays)
        others = [a.rechunk(first.chunks) for a in others]
        ones = tuple((1,) * n for n in first.numblocks)
        parts = da.map_blocks(part, first, *others, dtype=np.float64, chunks=ones)
        return cls.sum(parts), cls.pointwise(also, arrays, outs, divisor)

    @classmethod
    def rows(
        cls,
        ops: Sequence[Op],
        arrays: Sequence[Array],
        widths: Sequence[int],
        divisor: Any = None,
        wide: bool = False,
        outs: Sequence[Any] = (),
    ) -> tuple[Array, ...]:
        """Evaluate operations along the last axis; `wide` keeps float64 results."""
        del outs
        dtype = np.dtype(np.float64) if wide else arrays[0].dtype
        return tuple(_row(op, arrays, n, divisor, dtype) for op, n in zip(ops, widths, strict=True))

    @staticmethod
    def reverse(op: Reverse, arrays: Sequence[Array]) -> Array:
        """Losses of several arrays are functions of the whole arrays."""
        del op, arrays
        raise TypeError("a loss of several arrays needs them whole; call it on the computed arrays")

    @classmethod
    def reverse_with_gradients(
        cls, op: Reverse, arrays: Sequence[Array], cotangent: Array, divisor: Any
    ) -> tuple[Array, tuple[Array, ...]]:
        """The same."""
        del cotangent, divisor
        return cls.reverse(op, arrays), ()

    @staticmethod
    def round_like(x: Array, like: Array) -> Array:
        return mapped(lambda block: NUMPY.round_like(block, like), like.dtype, x)

    @classmethod
    def scalar(cls, total: Array, like: Array) -> Array:
        dtype = np.empty(0, like.dtype)
        return mapped(lambda block: NUMPY.round_like(block, dtype), like.dtype, total)


def _divided(block: Callable[..., Array], dtype: Any, divisor: Any, *arrays: Array) -> Array:
    """The same for block(divisor, *blocks), whose divisor may be a graph too."""
    if not isinstance(divisor, da.Array):
        return mapped(lambda *blocks: block(divisor, *blocks), dtype, *arrays)
    return mapped(lambda *blocks: block(float(blocks[-1]), *blocks[:-1]), dtype, *arrays, divisor)


def _row(op: Op, arrays: Sequence[Array], width: int, divisor: Any, dtype: Any) -> Array:
    if op.kernel is not None and isinstance(op.kernel.class_weight, da.Array):
        raise TypeError("class_weight must be a NumPy array, beside Dask arrays too")
    x, *others = (da.asarray(a) for a in arrays)
    if x.numblocks[-1] > 1:
        try:
            return _across(op, (x, *others), divisor, dtype)
        except WholeRow:
            x = x.rechunk({x.ndim - 1: -1})
    others = [a.rechunk((*x.chunks[:-1], a.shape[-1:])) for a in others]

    given = (x, *others, divisor) if isinstance(divisor, da.Array) else (x, *others)

    def block(*blocks: Array) -> Array:
        share = divisor if len(given) == 1 + len(others) else float(blocks[-1])
        return NUMPY.rows((op,), blocks[: 1 + len(others)], (width,), share, dtype == np.float64)[0]

    # blocks lie side by side already, with rows of different lengths
    meta = np.empty((0,) * x.ndim, dtype)
    return da.map_blocks(block, *given, dtype=dtype, meta=meta, chunks=(*x.chunks[:-1], (width,)))


def _across(op: Op, arrays: Sequence[Array], divisor: Any, dtype: Any) -> Array:
    """Evaluate a body over rows in several blocks, in float64, and round once."""
    wide = (Lazy(a.astype(np.float64)) if a.dtype.kind == "f" else Lazy(a) for a in arrays)
    result = op.body(MATH_OF_GRAPHS, *wide)
    result = (
        result if divisor is None else result / (Lazy(divisor) if isinstance(divisor, da.Array) else divisor)
    )
    return mapped(lambda block: NUMPY.round_like(block, np.empty(0, dtype)), dtype, result.array)


BACKEND = DaskBackend()
