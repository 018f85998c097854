"""Arrays of any library with the array API standard, such as CuPy: plain operations of their namespace.

float16, where a library has it, is evaluated in float32 and rounded once.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import cache
from typing import Any, ClassVar

import numpy as np

from slopes.backends.array_api_math import Namespace, words
from slopes.backends.plain import PlainBackend
from slopes.core import Op

try:
    from array_api_compat import array_namespace
except ImportError as error:
    raise ImportError(
        "arrays of the array API standard need array-api-compat; "
        'install it with pip install "slopes[array-api]"'
    ) from error

Array = Any

DTYPES = (
    "float16",
    "float32",
    "float64",
    "bool",
    *(f"{sign}int{n}" for sign in ("", "u") for n in (8, 16, 32, 64)),
)
#: infinities and NaN are documented results, also of a library that computes with NumPy
QUIET = np.errstate(all="ignore")


class ArrayApiBackend(PlainBackend):
    """Evaluates operations in one namespace."""

    xp: ClassVar[Namespace]
    floats = ("float16", "float32", "float64")
    without_graph = nullcontext

    @classmethod
    def array(cls, x: Any, like: Array | None = None) -> Array:
        if hasattr(x, "dtype") and hasattr(x, "device"):
            return x
        return cls.xp.asarray(x) if like is None else cls.xp.asarray(x, device=like.device)

    @classmethod
    def dtype_name(cls, x: Array) -> str:
        known = (name for name in DTYPES if x.dtype == getattr(cls.xp, name, None))
        return next(known, str(x.dtype))

    @classmethod
    def is_integer(cls, x: Array) -> bool:
        return bool(cls.xp.isdtype(x.dtype, "integral"))

    @classmethod
    def to_default(cls, x: Array) -> Array:
        return cls.xp.astype(x, cls.xp.asarray(0.0).dtype)

    @classmethod
    def to_index(cls, x: Array) -> Array:
        return cls.xp.astype(x, cls.xp.int64)

    @classmethod
    @QUIET
    def cast(cls, x: Array, like: Array) -> Array:
        return cls.xp.astype(x, like.dtype, copy=False)

    @classmethod
    def widen(cls, x: Array) -> Array:
        return cls.xp.astype(x, cls.xp.float32) if cls.dtype_name(x) == "float16" else x

    @staticmethod
    def concrete(*arrays: Any) -> bool:
        """Whether values can be looked at."""
        del arrays
        return True

    @staticmethod
    def shape(x: Array) -> tuple[int, ...]:
        return tuple(x.shape)

    @classmethod
    def reshape(cls, x: Array, shape: Sequence[int], /) -> Array:
        return cls.xp.reshape(x, tuple(shape))

    @classmethod
    def take(cls, x: Array, index: Array, /) -> Array:
        return cls.xp.reshape(cls.xp.take(x, cls.xp.reshape(index, (-1,)), axis=0), index.shape)

    @classmethod
    def any(cls, condition: Array) -> bool:
        return bool(cls.xp.any(condition))

    @classmethod
    def first(cls, x: Array, condition: Array) -> Any:
        found = x[condition][0]
        return int(found) if cls.is_integer(found) else float(found)

    @classmethod
    def count(cls, condition: Array) -> Array:
        return cls.xp.sum(cls.xp.astype(condition, cls.xp.float64))

    @classmethod
    @QUIET
    def divided(cls, x: Any, divisor: Any) -> Any:
        return x if divisor is None else cls.xp.astype(x / divisor, x.dtype, copy=False)

    @classmethod
    def total_of(cls, x: Array) -> Array:
        return cls.xp.sum(x, dtype=cls.xp.float64)

    @classmethod
    def sum_of_rows(cls, x: Array) -> Array:
        return cls.xp.sum(x, axis=0)

    @classmethod
    def where(cls, condition: Array, x: Any, y: Any, /) -> Array:
        return cls.words.where(condition, x, y)

    @classmethod
    def moveaxis(cls, x: Array, source: Any, destination: Any, /) -> Array:
        return cls.xp.moveaxis(x, source, destination)

    @classmethod
    def broadcast_to(cls, x: Array, shape: tuple[int, ...], /) -> Array:
        return cls.xp.broadcast_to(x, shape)

    @classmethod
    def broadcast(cls, arrays: Sequence[Array]) -> Sequence[Array]:
        return cls.xp.broadcast_arrays(*arrays) if len(arrays) > 1 else arrays

    @classmethod
    def concatenate(cls, parts: Sequence[Array], /) -> Array:
        return cls.xp.concat(list(parts))

    @classmethod
    @QUIET
    def call(cls, op: Op, *arrays: Array) -> Array:
        result = op.body(cls.words, *map(cls.widen, arrays))
        # the identity: a result never shares memory with an input
        return cls.xp.astype(result, arrays[0].dtype, copy=result is arrays[0])

    @classmethod
    @QUIET
    def run(cls, body: Callable[..., Any], *arrays: Array) -> Any:
        return body(cls.words, *arrays)

    @classmethod
    def vjp(cls, op: Op, index: int, arrays: Sequence[Array], cotangent: Array, out: Any) -> Array:
        """The cotangent of one argument of a pointwise operation."""
        del out
        return cls.call(op.vjp(index), *cls.broadcast((*arrays, cotangent)))

    @staticmethod
    def fused(run: Callable[..., Any], arrays: tuple[Array, ...]) -> Array:
        return run(arrays, False)[0]


@cache
def _backend(xp: Namespace) -> ArrayApiBackend:
    members = {"xp": xp, "words": words(xp), "name": xp.__name__.rpartition("array_api_compat.")[2]}
    backend: ArrayApiBackend = type("ArrayApiBackend", (ArrayApiBackend,), members)()
    return backend


def backend(x: Array) -> ArrayApiBackend:
    """Return the backend of an array's namespace."""
    return _backend(array_namespace(x))
