"""The array API standard: the vocabulary in any namespace, for arrays of float32 or float64."""

from functools import cache
from typing import Any, ClassVar

from slopes.backends import mills
from slopes.backends.plain_math import PlainMath
from slopes.backends.spectrum import SpectrumWords
from slopes.backends.threshold import threshold

Array = Any
Namespace = Any  #: a module with the standard's functions

SPLITTERS = {True: 4097.0, False: 134217729.0}  #: for float32 and float64, 2^ceil(bits / 2) + 1 (Veltkamp)


class ArrayApiMath(PlainMath, SpectrumWords):
    """The words that need a namespace; `words` makes the class for one."""

    xp: ClassVar[Namespace]

    @classmethod
    def exp(cls, x: Array) -> Array:
        return cls.xp.exp(x)

    @classmethod
    def log(cls, x: Array) -> Array:
        return cls.xp.log(x)

    @classmethod
    def log1p(cls, x: Array) -> Array:
        return cls.xp.log1p(x)

    @classmethod
    def expm1(cls, x: Array) -> Array:
        return cls.xp.expm1(x)

    @classmethod
    def sqrt(cls, x: Array) -> Array:
        return cls.xp.sqrt(x)

    @classmethod
    def sin(cls, x: Array) -> Array:
        return cls.xp.sin(x)

    @classmethod
    def cos(cls, x: Array) -> Array:
        return cls.xp.cos(x)

    @classmethod
    def arctan(cls, x: Array) -> Array:
        return cls.xp.atan(x)

    @classmethod
    def tanh(cls, x: Array) -> Array:
        return cls.xp.tanh(x)

    @classmethod
    def abs(cls, x: Array) -> Array:
        return cls.xp.abs(x)

    @classmethod
    def sign(cls, x: Array) -> Array:
        return cls.xp.sign(x)

    @classmethod
    def isnan(cls, x: Array) -> Array:
        return cls.xp.isnan(x)

    @classmethod
    def isinf(cls, x: Array) -> Array:
        return cls.xp.isinf(x)

    @classmethod
    def hypot(cls, x: Array, y: Any) -> Array:
        return cls.xp.hypot(*cls._both(x, y))

    @classmethod
    def minimum(cls, x: Any, y: Any) -> Array:
        return cls.xp.minimum(*cls._both(x, y))

    @classmethod
    def maximum(cls, x: Any, y: Any) -> Array:
        return cls.xp.maximum(*cls._both(x, y))

    @classmethod
    def where(cls, condition: Any, x: Any, y: Any) -> Array:
        return cls.xp.where(condition, *cls._both(x, y))

    @classmethod
    def power(cls, x: Array, p: Any) -> Array:
        return cls.where(x >= 0, x**p, float("nan"))

    @classmethod
    def _both(cls, x: Any, y: Any) -> tuple[Array, Array]:
        """Two operands as arrays; a number takes the other's dtype and device."""
        like = y if isinstance(x, int | float) else x
        dtype = None if isinstance(like, int | float) else like.dtype
        place = {} if dtype is None else {"device": like.device}
        return tuple(
            cls.xp.asarray(a, dtype=dtype, **place) if isinstance(a, int | float) else a for a in (x, y)
        )

    @classmethod
    def _bell(cls, x: Array) -> Array:
        """Return e^(-x^2 / 2), with the rounding error of the square fed back; Veltkamp's split of it."""
        a = cls.minimum(cls.abs(x), mills.FARTHEST)
        square = a * a
        half = a * SPLITTERS[a.dtype == cls.xp.float32]
        high = half - (half - a)
        low = a - high
        error = ((high * high - square) + 2 * high * low) + low * low
        return cls.exp(-0.5 * square) * (1 - 0.5 * error)

    @classmethod
    def row_norm(cls, x: Array) -> Array:
        """Rows are scaled by a power of two, so that no square overflows or vanishes."""
        if x.shape[-1] == 0:
            return cls.row_sum(x)
        most = cls.row_max(cls.abs(x))
        usual = (most > 0) & cls.xp.isfinite(most)
        exponent = cls.xp.floor(cls.xp.log2(cls.where(usual, most, 1.0)))
        scale = cls.where(usual, 2.0**exponent, 1.0)
        rows = x / scale
        return scale * cls.sqrt(cls.row_sum(rows * rows))

    @classmethod
    def row_sum(cls, x: Array) -> Array:
        return cls.xp.sum(x, axis=-1, keepdims=True)

    @classmethod
    def row_max(cls, x: Array) -> Array:
        return cls.xp.max(x, axis=-1, keepdims=True)

    @classmethod
    def row_argmax(cls, x: Array) -> Array:
        return cls.xp.argmax(x, axis=-1, keepdims=True) == cls._places(x)

    @classmethod
    def row_threshold(cls, x: Array, p: Any) -> Array:
        def same(t: Array, u: Array) -> bool:
            return bool(cls.xp.all((t == u) | cls.xp.isnan(t)))

        return threshold(cls, x, p, same)

    @staticmethod
    def row_half(x: Array, which: int) -> Array:
        middle = x.shape[-1] // 2
        return x[..., middle:] if which else x[..., :middle]

    @classmethod
    def row_join(cls, x: Array, y: Array) -> Array:
        return cls.xp.concat([x, y], axis=-1)

    @classmethod
    def one_hot(cls, index: Any, x: Array) -> Array:
        return cls.xp.astype(index == cls._places(x), x.dtype)

    @classmethod
    def below(cls, index: Any, x: Array) -> Array:
        return cls.xp.astype(index > cls._places(x), x.dtype)

    @classmethod
    def _places(cls, x: Array) -> Array:
        """0, 1, 2 ... along a row."""
        return cls.xp.arange(x.shape[-1], dtype=cls.xp.int64, device=x.device)

    @classmethod
    def row_cumsum(cls, x: Array) -> Array:
        return cls.xp.cumulative_sum(x, axis=-1)

    @classmethod
    def row_cumsum_back(cls, x: Array) -> Array:
        return cls.xp.flip(cls.xp.cumulative_sum(cls.xp.flip(x, axis=-1), axis=-1), axis=-1)

    @classmethod
    def row_sorted(cls, key: Array, x: Array) -> Array:
        return cls._gather(x, cls._order(key))

    @classmethod
    def row_unsorted(cls, key: Array, x: Array) -> Array:
        return cls._gather(x, cls.xp.argsort(cls._order(key), axis=-1))

    @classmethod
    def _order(cls, key: Array) -> Array:
        """The places of a falling key; equal keys keep their order."""
        return cls.xp.argsort(-key, axis=-1, stable=True)

    @classmethod
    def _gather(cls, x: Array, places: Array) -> Array:
        shape = cls.xp.broadcast_arrays(x, places)[0].shape
        return cls.xp.take_along_axis(
            cls.xp.broadcast_to(x, shape), cls.xp.broadcast_to(places, shape), axis=-1
        )

    @staticmethod
    def column(x: Array, index: int) -> Array:
        return x[..., index : index + 1]

    @classmethod
    def transpose(cls, x: Array) -> Array:
        return cls.xp.matrix_transpose(x)

    @classmethod
    def matmul(cls, x: Array, y: Array) -> Array:
        return cls.xp.matmul(x, y)

    @classmethod
    def constant(cls, x: Array, values: Any) -> Array:
        return cls.xp.asarray(values, dtype=x.dtype, device=x.device)

    @classmethod
    def taken(cls, x: Array, index: Any) -> Array:
        places = cls.xp.asarray(index.ravel(), device=x.device)
        return cls.xp.reshape(cls.xp.take(x, places, axis=-1), (*x.shape[:-1], *index.shape))

    @classmethod
    def flat(cls, x: Array) -> Array:
        return cls.xp.reshape(x, (*x.shape[:-2], x.shape[-2] * x.shape[-1]))

    @classmethod
    def rfft(cls, x: Array, size: int) -> Array:
        z = cls.xp.fft.rfft(x, n=size)
        return cls.xp.concat([cls.xp.real(z), cls.xp.imag(z)], axis=-1)

    @classmethod
    def irfft(cls, x: Array, size: int) -> Array:
        half = x.shape[-1] // 2
        kind = cls.xp.complex64 if x.dtype == cls.xp.float32 else cls.xp.complex128
        real, imaginary = (cls.xp.astype(part, kind) for part in (x[..., :half], x[..., half:]))
        return cls.xp.fft.irfft(real + 1j * imaginary, n=size)

    @classmethod
    def eye(cls, x: Array) -> Array:
        one = cls.xp.eye(x.shape[-1], dtype=x.dtype, device=x.device)
        return cls.xp.broadcast_to(one, x.shape)

    @classmethod
    def sum_to(cls, x: Array, like: Array) -> Array:
        shape = like.shape
        if x.shape == shape:
            return x
        extra = tuple(range(x.ndim - len(shape)))
        x = cls.xp.sum(x, axis=extra) if extra else x
        longer = tuple(i for i, n in enumerate(shape) if n == 1 and x.shape[i] != 1)
        return cls.xp.sum(x, axis=longer, keepdims=True) if longer else x

    @classmethod
    def spread_to(cls, x: Array, like: Array) -> Array:
        return cls.xp.broadcast_arrays(x, like)[0]


@cache
def words(xp: Namespace) -> Any:
    """Return the vocabulary in a namespace."""
    return type("ArrayApiMath", (ArrayApiMath,), {"xp": xp})
