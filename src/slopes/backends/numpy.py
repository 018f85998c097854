"""NumPy: compiled kernels where there are some; else in float64, block by block, rounded once."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

import numpy as np

from slopes.backends import kernels
from slopes.backends.dtypes import FLOATS, is_float
from slopes.backends.lattice import Lattice
from slopes.backends.numpy_math import MATH
from slopes.core import Body, Op, Reverse

Array = Any  #: a NumPy array of any dtype; inside a body always float64

BLOCK = 8192  #: elements of a block: a dozen float64 temporaries stay in the second-level cache


class NumpyLattice(Lattice):
    """Paths are summed in float64, frame by frame for all sequences."""

    xp = np

    @staticmethod
    def widen(x: Array) -> Array:
        return _widen(x)

    @staticmethod
    def put(x: Array, index: Array, values: Array) -> Array:
        n, t = np.indices(index.shape[:2])[..., None]
        np.add.at(x, (n, t, index), values)
        return x


class NumpyBackend:
    """Evaluates operations on NumPy arrays and Python numbers."""

    name = "numpy"
    floats = FLOATS
    where = staticmethod(np.where)
    moveaxis = staticmethod(np.moveaxis)
    concatenate = staticmethod(np.concatenate)
    without_graph = nullcontext
    words = MATH
    lattice = NumpyLattice()
    take = staticmethod(np.take)

    @staticmethod
    def broadcast_to(x: Array, shape: tuple[int, ...], /) -> Array:
        return x if x.shape == shape else np.broadcast_to(x, shape)

    @staticmethod
    def array(x: Any, like: Array | None = None) -> Array:
        del like
        if isinstance(x, np.ma.MaskedArray):
            raise TypeError("a masked array is not supported; pass its data and `where=~x.mask`")
        return np.asarray(x)

    @staticmethod
    def computes(x: Array) -> bool:
        return is_float(x.dtype)

    @staticmethod
    def dtype_name(x: Array) -> str:
        return str(x.dtype.name)

    @staticmethod
    def is_boolean(x: Array) -> bool:
        return bool(x.dtype.kind == "b")

    @staticmethod
    def is_integer(x: Array) -> bool:
        return bool(x.dtype.kind in "iu")

    @staticmethod
    def to_default(x: Array) -> Array:
        return x.astype(np.float64)

    @staticmethod
    def of_loss(x: Array) -> Array:
        return x

    @staticmethod
    def to_index(x: Array) -> Array:
        return x.astype(np.int64, copy=False)

    @staticmethod
    def cast(x: Array, like: Array) -> Array:
        del like  # every float is evaluated in float64
        return x if is_float(x.dtype) else x.astype(np.float64)

    @staticmethod
    def concrete(*arrays: Array) -> bool:
        """Whether values can be looked at."""
        del arrays
        return True

    @staticmethod
    def check_out(out: Any, like: Array, shape: tuple[int, ...]) -> None:
        if not isinstance(out, np.ndarray):
            raise TypeError(f"out must be a NumPy array, got {type(out).__name__}")
        if out.shape != shape or out.dtype != like.dtype:
            raise ValueError(
                f"out must have shape {shape} and dtype {like.dtype}, "
                f"got shape {out.shape} and dtype {out.dtype}"
            )
        if not out.flags.writeable:
            raise ValueError("out is read-only")

    @staticmethod
    def like(x: Any, result: Array) -> Any:
        """Return the result in the form of the input: a float for a float, a scalar for a scalar."""
        if isinstance(x, np.ndarray):
            return result
        return result[()] if isinstance(x, np.generic) else result.item()

    @staticmethod
    def sum(x: Array) -> float:
        return float(np.sum(x, dtype=np.longdouble))

    @staticmethod
    def shape(x: Array) -> tuple[int, ...]:
        return tuple(x.shape)

    @staticmethod
    def reshape(x: Array, shape: Sequence[int], /) -> Array:
        return np.reshape(x, shape)

    @staticmethod
    def sum_of_rows(x: Array) -> Array:
        return np.sum(x, axis=0)

    @staticmethod
    def any(condition: Array) -> bool:
        return bool(np.any(condition))

    @staticmethod
    def first(x: Array, condition: Array) -> Any:
        return np.asarray(x)[condition].flat[0].item()

    @staticmethod
    def count(condition: Array) -> int:
        return int(np.count_nonzero(condition))

    @staticmethod
    def widen(x: Array) -> Array:
        """What arithmetic outside of a body needs; NumPy's own promotion is enough."""
        return x

    @staticmethod
    def divided(x: Any, divisor: Any) -> Any:
        return x if divisor is None else x / divisor

    @staticmethod
    def pointwise(
        ops: Sequence[Op],
        arrays: Sequence[Array],
        outs: Sequence[Array | None] = (),
        divisor: float | None = None,
    ) -> tuple[Array, ...]:
        """Evaluate several operations in one pass over memory."""
        results = _results(ops, arrays[0], outs)
        if not kernels.pointwise(ops, arrays, results, divisor):
            _blocks([_divided(op.body, divisor) for op in ops], arrays, results)
        return results

    @classmethod
    def vjp(cls, op: Op, index: int, arrays: Sequence[Array], cotangent: Array, out: Array | None) -> Array:
        """The cotangent of one argument of a pointwise operation."""
        if index == 0:
            (result,) = _results((op,), arrays[0], (out,))
            if kernels.vjp(op, arrays, cotangent, result):
                return result
            out = result
        return cls.pointwise((op.vjp(index),), (*arrays, cotangent), (out,))[0]

    @staticmethod
    def total(
        op: Op,
        arrays: Sequence[Array],
        also: Sequence[Op] = (),
        outs: Sequence[Array | None] = (),
        divisor: float | None = None,
    ) -> tuple[float, tuple[Array, ...]]:
        """Sum an operation; in the same pass evaluate others, divided by `divisor`."""
        results = _results(also, arrays[0], outs)
        done = kernels.total(op, arrays, also, results, divisor)
        if done is not None:
            return done, results
        bodies = [_divided(op.body, divisor) for op in also]
        return _blocks(bodies, arrays, results, summed=op.body), results

    @staticmethod
    def rows(
        ops: Sequence[Op],
        arrays: Sequence[Array],
        widths: Sequence[int],
        divisor: float | None = None,
        wide: bool = False,
        outs: Sequence[Array | None] = (),
    ) -> tuple[Array, ...]:
        """Evaluate operations along the last axis, in groups of rows; `wide` keeps float64 results.

        Results are written to contiguous `outs`, unless one overlaps an input other than as the same array.
        """
        first = arrays[0]
        dtype = np.dtype(np.float64) if wide else first.dtype
        given = outs or (None,) * len(ops)
        results = tuple(
            _row_result(first, width, dtype) if out is None or _entangled(out, arrays) else out
            for width, out in zip(widths, given, strict=True)
        )
        if kernels.rows(ops, arrays, results, divisor):
            return results
        flat = [a.reshape(first.size // first.shape[-1], a.shape[-1]) for a in arrays]
        step = max(1, 8 * BLOCK // first.shape[-1])
        with np.errstate(all="ignore"):
            for start in range(0, len(flat[0]), step):
                group = slice(start, start + step)
                arguments = [_widen(a[group]) for a in flat]
                for op, result, width in zip(ops, results, widths, strict=True):
                    rounded = _divided(op.body, divisor)(MATH, *arguments)
                    result.reshape(-1, width)[group] = rounded
        return results

    @classmethod
    def rows_with_value(
        cls,
        value: Op,
        op: Op,
        arrays: Sequence[Array],
        width: int,
        divisor: float | None,
        out: Array | None = None,
    ) -> tuple[Array, Array]:
        """Evaluate a row loss, in float64, and another operation of it divided by `divisor`."""
        shape, dtype = arrays[0].shape[:-1], arrays[0].dtype
        if out is None or _entangled(out, arrays):
            out = _row_result(arrays[0], width, dtype)
        results = np.empty((*shape, 1), np.float64), out
        if kernels.rows((value, op), arrays, results, divisor):
            return results
        (losses,) = cls.rows((value,), arrays, (1,), wide=True)
        (result,) = cls.rows((op,), arrays, (width,), divisor, outs=(out,))
        return losses, result

    @staticmethod
    def reverse(op: Reverse, arrays: Sequence[Array]) -> Array:
        """The value of a loss of several arrays, in float64."""
        with np.errstate(all="ignore"):
            return np.asarray(op.body(MATH, *map(_widen, arrays)))

    @staticmethod
    def reverse_with_gradients(
        op: Reverse, arrays: Sequence[Array], cotangent: Array, divisor: float | None
    ) -> tuple[Array, tuple[Array, ...]]:
        """The same, and the cotangents of its learned arguments, each in its argument's dtype."""
        with np.errstate(all="ignore"):
            share = _widen(cotangent) / (1 if divisor is None else divisor)
            value, *pulled = op.with_gradient(MATH, *map(_widen, arrays), share)
            found = zip(op.learned, pulled, strict=True)
            return np.asarray(value), tuple(c.astype(arrays[i].dtype) for i, c in found)

    @staticmethod
    def round_like(x: Array, like: Array) -> Array:
        with np.errstate(all="ignore"):
            return x.astype(like.dtype, copy=False)

    @staticmethod
    def fused(run: Callable[..., Any], arrays: tuple[Array, ...]) -> Any:
        return run(arrays, False)[0]

    @staticmethod
    def scalar(total: float, like: Array) -> Any:
        with np.errstate(all="ignore"):
            return like.dtype.type(total)


BACKEND = NumpyBackend()


def _entangled(out: Array, arrays: Sequence[Array]) -> bool:
    """Whether writing to `out` could change what has yet to be read: an overlap, but not the same array."""
    place = out.__array_interface__["data"], out.strides
    return any(
        np.may_share_memory(out, a) and (a.__array_interface__["data"], a.strides) != place for a in arrays
    )


def _divided(body: Body, divisor: float | None) -> Body:
    return body if divisor is None else lambda m, *arguments: body(m, *arguments) / divisor


def _widen(a: Array) -> Array:
    """Floats as float64 in memory order; indices and conditions as they are."""
    return np.ascontiguousarray(a, np.float64) if is_float(a.dtype) else a


def _results(ops: Sequence[Op], like: Array, outs: Sequence[Array | None]) -> tuple[Array, ...]:
    given = outs or (None,) * len(ops)
    return tuple(kernels.empty_like(like) if out is None else out for out in given)


def _row_result(first: Array, width: int, dtype: Any) -> Array:
    if first.shape[-1] == width and first.dtype == dtype and first.flags.c_contiguous:
        return kernels.empty_like(first)
    return np.empty((*first.shape[:-1], width), dtype)


def _blocks(
    bodies: Sequence[Body], arrays: Sequence[Array], outs: Sequence[Array], summed: Body | None = None
) -> float:
    """Run bodies over all elements in float64 blocks; return the sum of `summed` in extended precision."""
    total = np.longdouble(0)
    inputs = len(arrays)
    types: list[Any] = [np.float64 if is_float(a.dtype) else a.dtype for a in arrays]
    # contiguous blocks only: NumPy may round strided ones differently
    flags: list[Any] = [["readonly", "contig"]] * inputs + [["writeonly", "contig"]] * len(outs)
    with (
        np.errstate(all="ignore"),  # infinities and NaN are documented results
        np.nditer(
            [*arrays, *outs],
            flags=["external_loop", "buffered", "zerosize_ok", "copy_if_overlap"],
            op_flags=flags,
            op_dtypes=[*types, *[np.float64] * len(outs)],
            casting="same_kind",
            buffersize=BLOCK,
        ) as iterator,
    ):
        for views in iterator:
            block = views if isinstance(views, tuple) else (views,)
            arguments = block[:inputs]
            for body, out in zip(bodies, block[inputs:], strict=True):
                out[...] = body(MATH, *arguments)
            if summed is not None:
                total += np.sum(summed(MATH, *arguments), dtype=np.longdouble)
    return float(total)
