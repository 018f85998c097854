"""NumPy: the vocabulary, in float64."""

from typing import Any

import numpy as np

from slopes.backends import mills
from slopes.backends.logarithm import LogarithmWords
from slopes.backends.normal import NormalWords
from slopes.backends.numpy_arrays import NumpyArrayWords, NumpyNorms
from slopes.backends.threshold import threshold

Array = Any  #: a float64 array; a condition is one of booleans

TAIL = 700.0  #: e^-a is subnormal from a = 708.4
SHIFT = 211.0  #: adding it to -a is exact, and e^(SHIFT - a) is normal
GONE = 780.0  #: y e^-a underflows for every y that a definition can give it
DOWN = 2.3113425714217192e-92  #: e^-SHIFT, within 0.0012 of a unit in its last place
SPLITTER = 134217729.0  #: 2^27 + 1 cuts a float64 into two halves whose products are exact (Veltkamp)
ROOT_TAU = 2.5066282746310002  #: sqrt(2 pi)


def exp_times(y: Array, a: Array) -> Array:
    """The product y e^-a for a >= 0, with one rounding where e^-a is subnormal; 0 where it underflows."""
    tail = a > TAIL
    if not tail.any():
        return y * np.exp(-a)
    product = y * np.exp(np.where(tail, SHIFT - a, -a))
    product = np.where(tail, product * DOWN, product)
    return np.where((a > GONE) & ~np.isnan(y), np.copysign(0.0, y), product)


class NumpyMath(LogarithmWords, NormalWords, NumpyArrayWords, NumpyNorms):
    """The vocabulary in NumPy."""

    exp, log, log1p, tanh = np.exp, np.log, np.log1p, np.tanh
    sqrt, expm1, sin, cos, arctan = np.sqrt, np.expm1, np.sin, np.cos, np.arctan
    abs, sign, where = np.abs, np.sign, staticmethod(np.where)
    hypot, _magnitude = np.hypot, np.abs
    minimum, maximum, less, equal = np.minimum, np.maximum, np.less, np.equal

    @staticmethod
    def root_two_over_pi() -> float:
        return 0.7978845608028654

    @staticmethod
    def step(x: Array) -> Array:
        return np.heaviside(x, 0.0)

    @staticmethod
    def fill(x: Array, constant: float) -> Array:
        return np.where(np.isnan(x), x, constant)

    @staticmethod
    def times(x: Array, y: Array) -> Array:
        return np.where(np.equal(x, 0) & np.isinf(y), 0.0, x * y)

    @staticmethod
    def power(x: Array, p: Array) -> Array:
        return np.where(np.greater_equal(x, 0), np.power(x, p), np.nan)

    @staticmethod
    def sigmoid(x: Array) -> Array:
        z = np.exp(-np.abs(x))
        return np.where(x < 0, z, 1.0) / (1 + z)

    @staticmethod
    def sigmoid_times(y: Array, x: Array) -> Array:
        a = np.abs(x)
        return np.where(x < 0, exp_times(y, a), y) / (1 + np.exp(-a))

    @staticmethod
    def bell_times(y: Array, x: Array) -> Array:
        """The product y e^(-x^2 / 2), with the rounding error of the square fed back."""
        a = np.minimum(np.abs(x), mills.FARTHEST)
        square = a * a
        half = a * SPLITTER
        high = half - (half - a)
        low = a - high
        error = ((high * high - square) + 2 * high * low) + low * low  # of the rounded square
        return exp_times(y * (1 - 0.5 * error), 0.5 * square)

    @classmethod
    def normal_times(cls, y: Array, x: Array) -> Array:
        return cls.bell_times(y, x) / ROOT_TAU

    @classmethod
    def ndtr_times(cls, y: Array, x: Array) -> Array:
        a = np.minimum(np.abs(x), mills.FARTHEST)
        u = (a - mills.CENTRE) / (a + mills.CENTRE)
        p = np.full_like(u, mills.COEFFICIENTS[-1])
        for c in mills.COEFFICIENTS[-2::-1]:
            p = p * u + c
        ratio = p / (a + mills.CENTRE)
        upper = y * (1 - cls.bell_times(ratio, x))
        return np.where(x < 0, cls.bell_times(y * ratio, x), upper)

    @staticmethod
    def exp_difference(x: Array, y: Array) -> Array:
        d = x - y
        back = d + y
        error = (x - back) - (y - (back - d))  # x - y = d + error exactly (Knuth)
        e = np.exp(d)
        return np.where(np.isfinite(error), e + e * error, e)

    @staticmethod
    def row_sum(x: Array) -> Array:
        return np.sum(x, axis=-1, keepdims=True)

    @staticmethod
    def row_max(x: Array) -> Array:
        return np.max(x, axis=-1, keepdims=True)

    @staticmethod
    def row_argmax(x: Array) -> Array:
        return np.arange(x.shape[-1]) == np.argmax(x, axis=-1, keepdims=True)

    @staticmethod
    def row_threshold(x: Array, p: Array) -> Array:
        return threshold(MATH, x, p, lambda t, u: np.array_equal(t, u, equal_nan=True))

    @staticmethod
    def row_half(x: Array, which: int) -> Array:
        return x[..., : x.shape[-1] // 2] if which == 0 else x[..., x.shape[-1] // 2 :]

    @staticmethod
    def row_join(x: Array, y: Array) -> Array:
        return np.concatenate([x, y], axis=-1)

    @staticmethod
    def one_hot(index: Array, x: Array) -> Array:
        return (index == np.arange(x.shape[-1])).astype(np.float64)

    @staticmethod
    def below(index: Array, x: Array) -> Array:
        return (index > np.arange(x.shape[-1])).astype(np.float64)


MATH: Any = NumpyMath()
