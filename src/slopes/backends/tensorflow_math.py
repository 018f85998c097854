"""TensorFlow: the vocabulary, for tensors of float32 or float64, in eager mode, graphs and XLA."""

from typing import Any

import tensorflow as tf

from slopes.backends.plain_math import PlainMath
from slopes.backends.spectrum import SpectrumWords
from slopes.backends.threshold import STEPS, newton

Tensor = Any

INTEGERS = {"float32": tf.int32, "float64": tf.int64}


def _length(x: Tensor) -> Any:
    """The length of a row, known now or when the graph runs."""
    known = x.shape[-1]
    return tf.shape(x)[-1] if known is None else known


def _places(x: Tensor, like: Any) -> Tensor:
    """The classes 0, 1, ... of a row, in the integers of an index."""
    return tf.range(tf.cast(_length(x), getattr(like, "dtype", tf.int64)))


def _shape(x: Any) -> Any:
    return getattr(x, "shape", tf.TensorShape(()))


def joint_shape(x: Any, y: Any) -> Any:
    """The shape of x and y broadcast, known now or when the graph runs."""
    one, other = _shape(x), _shape(y)
    if one.is_fully_defined() and other.is_fully_defined():
        return tf.broadcast_static_shape(one, other)
    return tf.broadcast_dynamic_shape(tf.shape(x), tf.shape(y))


def _order(key: Tensor) -> Tensor:
    """The places of a falling key; equal keys keep their order."""
    return tf.argsort(key, axis=-1, direction="DESCENDING", stable=True)


def _taken(x: Tensor, places: Tensor) -> Tensor:
    x = tf.broadcast_to(x, joint_shape(x, places))
    return tf.gather(x, places, batch_dims=x.shape.rank - 1, axis=-1)


class TensorFlowMath(PlainMath, SpectrumWords):
    """The vocabulary in TensorFlow."""

    exp, log, log1p, tanh = map(staticmethod, (tf.exp, tf.math.log, tf.math.log1p, tf.tanh))
    sqrt, expm1, erf = map(staticmethod, (tf.sqrt, tf.math.expm1, tf.math.erf))
    sin, cos, arctan = map(staticmethod, (tf.sin, tf.cos, tf.atan))
    abs, sign, where = map(staticmethod, (tf.abs, tf.sign, tf.where))
    minimum, maximum = map(staticmethod, (tf.minimum, tf.maximum))
    isnan, isinf = map(staticmethod, (tf.math.is_nan, tf.math.is_inf))

    @staticmethod
    def cleared(x: Tensor, bits: int) -> Tensor:
        whole = tf.bitcast(x, INTEGERS[x.dtype.name])
        return tf.bitcast(tf.bitwise.bitwise_and(whole, tf.constant(-(1 << bits), whole.dtype)), x.dtype)

    @classmethod
    def hypot(cls, x: Tensor, y: Any) -> Tensor:
        a, b = tf.abs(x), abs(y)
        longer, shorter = tf.maximum(a, b), tf.minimum(a, b)
        ratio = shorter / tf.where((longer == 0) | tf.math.is_inf(longer), 1.0, longer)
        return tf.where(tf.math.is_inf(longer), longer, longer * tf.sqrt(1 + ratio * ratio))

    @staticmethod
    def power(x: Tensor, p: Any) -> Tensor:
        return tf.where(x >= 0, tf.pow(x, p), float("nan"))

    @staticmethod
    def row_sum(x: Tensor) -> Tensor:
        return tf.reduce_sum(x, axis=-1, keepdims=True)

    @staticmethod
    def row_max(x: Tensor) -> Tensor:
        most = tf.reduce_max(x, axis=-1, keepdims=True)
        missing = tf.reduce_any(tf.math.is_nan(x), axis=-1, keepdims=True)
        return tf.where(missing, float("nan"), most)

    row_most = row_max  #: of an empty row it is -inf, which no more scales than 0 does

    @staticmethod
    def row_argmax(x: Tensor) -> Tensor:
        missing = tf.math.is_nan(x)
        key = tf.where(tf.reduce_any(missing, axis=-1, keepdims=True), tf.cast(missing, x.dtype), x)
        first = tf.argmax(key, axis=-1)
        return _places(x, first) == first[..., None]

    @staticmethod
    def row_threshold(x: Tensor, p: Any) -> Tensor:
        """Newton's method from the left, as in `threshold`, until no row moves."""

        def moving(step: Tensor, t: Tensor, before: Tensor) -> Tensor:
            return (step < STEPS) & ~tf.reduce_all((t == before) | tf.math.is_nan(t))

        def move(step: Tensor, t: Tensor, before: Tensor) -> tuple[Tensor, Tensor, Tensor]:
            del before
            return step + 1, tf.maximum(t, newton(MATH, x, p, t)), t

        start = MATH.row_max(x) - 1
        return tf.while_loop(moving, move, (tf.constant(0), start, start - 1))[1]

    @staticmethod
    def row_half(x: Tensor, which: int) -> Tensor:
        middle = _length(x) // 2
        return x[..., middle:] if which else x[..., :middle]

    @staticmethod
    def row_join(x: Tensor, y: Tensor) -> Tensor:
        return tf.concat([x, y], axis=-1)

    @staticmethod
    def one_hot(index: Any, x: Tensor) -> Tensor:
        return tf.cast(tf.equal(index, _places(x, index)), x.dtype)

    @staticmethod
    def below(index: Any, x: Tensor) -> Tensor:
        return tf.cast(index > _places(x, index), x.dtype)

    @staticmethod
    def row_cumsum(x: Tensor) -> Tensor:
        return tf.cumsum(x, axis=-1)

    @staticmethod
    def row_cumsum_back(x: Tensor) -> Tensor:
        return tf.cumsum(x, axis=-1, reverse=True)

    @staticmethod
    def row_sorted(key: Tensor, x: Tensor) -> Tensor:
        return _taken(x, _order(key))

    @staticmethod
    def row_unsorted(key: Tensor, x: Tensor) -> Tensor:
        return _taken(x, tf.argsort(_order(key), axis=-1))

    @staticmethod
    def column(x: Tensor, index: int) -> Tensor:
        return x[..., index : index + 1]

    @staticmethod
    def transpose(x: Tensor) -> Tensor:
        return tf.linalg.matrix_transpose(x)

    @staticmethod
    def matmul(x: Tensor, y: Tensor) -> Tensor:
        return tf.matmul(x, y)

    @staticmethod
    def constant(x: Tensor, values: Any) -> Tensor:
        return tf.constant(values, x.dtype)

    @staticmethod
    def taken(x: Tensor, index: Any) -> Tensor:
        return tf.gather(x, index, axis=-1)

    @staticmethod
    def flat(x: Tensor) -> Tensor:
        return tf.reshape(x, tf.concat([tf.shape(x)[:-2], [x.shape[-2] * x.shape[-1]]], 0))

    @staticmethod
    def rfft(x: Tensor, size: int) -> Tensor:
        z = tf.signal.rfft(x, [size])
        return tf.concat([tf.math.real(z), tf.math.imag(z)], -1)

    @staticmethod
    def irfft(x: Tensor, size: int) -> Tensor:
        return tf.signal.irfft(tf.complex(*tf.split(x, 2, axis=-1)), [size])

    @staticmethod
    def eye(x: Tensor) -> Tensor:
        return tf.broadcast_to(tf.eye(_length(x), dtype=x.dtype), joint_shape(x, x))

    @staticmethod
    def sum_to(x: Tensor, like: Any) -> Tensor:
        """Sum over the axes along which `like` was repeated."""
        shape = _shape(like)
        more = x.shape.rank - shape.rank
        x = tf.reduce_sum(x, axis=list(range(more))) if more else x
        longer = [i for i, n in enumerate(shape) if n == 1 and x.shape[i] != 1]
        return tf.reduce_sum(x, axis=longer, keepdims=True) if longer else x

    @staticmethod
    def spread_to(x: Tensor, like: Tensor) -> Tensor:
        return tf.broadcast_to(x, joint_shape(x, like))


MATH: Any = TensorFlowMath()
