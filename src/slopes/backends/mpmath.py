"""mpmath: the reference every other backend is measured against, on numbers and on object arrays of them."""

from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np

from slopes.backends.numpy_arrays import NumpyArrayWords
from slopes.backends.spectrum import shares
from slopes.backends.threshold import threshold
from slopes.core import Definition

FARTHEST = 1e90  #: the exponent of e^x has as many digits as x itself; beyond it e^x is infinite or 0


def _each(function: Callable[..., Any], inputs: int) -> Callable[..., Any]:
    """The function on a number, or on every entry of an object array."""
    elementwise = np.frompyfunc(function, inputs, 1)

    def apply(*arguments: Any) -> Any:
        return elementwise(*arguments)

    return staticmethod(apply)


def _mp(x: Any) -> Any:
    return mp.mpf(x)


def _unless_nan(x: Any, result: Any) -> Any:
    return x if mp.isnan(x) else mp.mpf(result)


def _exp(x: Any) -> Any:
    if abs(x) > FARTHEST:
        return mp.inf if x > 0 else mp.mpf(0)
    return mp.exp(x)


def _expm1(x: Any) -> Any:
    return mp.expm1(x) if abs(x) < 1 else _exp(x) - 1


def _tanh(x: Any) -> Any:
    return mp.sign(x) if abs(x) > 1e6 else mp.tanh(x)  # 1 to all digits; mpmath would count them


def _ndtr(x: Any) -> Any:
    if abs(x) > 1e9:  # erfc cannot; the next term of this series is 1e-18 of a number below 1e-(10^17)
        return mp.npdf(x) / -x if x < 0 else mp.mpf(1)
    return mp.erfc(-x / mp.sqrt(2)) / 2


def _log_ndtr(x: Any) -> Any:
    if x < 0:
        return mp.log(_ndtr(x)) if x > -mp.inf else -mp.inf
    return mp.log1p(-_ndtr(-x))


def _mills_excess(x: Any) -> Any:
    if x > -30:  # also NaN's way
        return x + mp.npdf(x) / _ndtr(x)
    fraction = -x
    for k in range(100, 1, -1):  # Laplace's continued fraction; x + phi / Phi would cancel
        fraction = k / fraction - x
    return 1 / fraction


def _tanh_remainder(x: Any) -> Any:
    if abs(x) >= 1:
        return x - mp.tanh(x)
    fraction = mp.mpf(0)
    for k in range(81, 1, -2):  # Lambert's continued fraction; the difference would cancel
        fraction = x * x / (k + fraction)
    return x * fraction / (1 + fraction)


def _power(x: Any, p: Any) -> Any:
    if x == 0 and p < 0:
        return mp.inf
    return mp.mpf(x) ** p if x >= 0 else mp.nan


def _log1p_excess(x: Any) -> Any:
    if abs(x) > 1e-10:
        return x - mp.log1p(x)
    return x * x * sum((-x) ** k / (k + 2) for k in range(6))  # the difference would cancel


def _expm1_excess(x: Any) -> Any:
    if abs(x) > 1e-10:
        return _expm1(x) - x
    return x * x * sum(x**k / mp.factorial(k + 2) for k in range(6))  # the difference would cancel


_numbers = np.frompyfunc(lambda x: mp.mpf(int(x)), 1, 1)


def _waves(rows: int, size: int) -> Any:
    """Cosines, and minus sines, of all frequencies up to a half: side by side."""
    turns = [[mp.mpf(2 * (j * k % size)) / size for k in range(size // 2 + 1)] for j in range(rows)]
    return np.array([[mp.cospi(t) for t in row] + [-mp.sinpi(t) for t in row] for row in turns], object)


class MpMath(NumpyArrayWords):
    """The vocabulary at arbitrary precision."""

    exp, log, log1p, tanh = (_each(f, 1) for f in (_exp, mp.log, mp.log1p, _tanh))
    sqrt, expm1, sin, cos, arctan, erf = (
        _each(f, 1) for f in (mp.sqrt, _expm1, mp.sin, mp.cos, mp.atan, mp.erf)
    )
    power, hypot = _each(_power, 2), _each(mp.hypot, 2)
    tanh_remainder = _each(_tanh_remainder, 1)
    log1p_excess, expm1_excess = (_each(f, 1) for f in (_log1p_excess, _expm1_excess))
    abs, sign = (_each(f, 1) for f in (mp.fabs, mp.sign))
    minimum = _each(lambda x, y: x + y if mp.isnan(x + y) else min(_mp(x), _mp(y)), 2)
    maximum = _each(lambda x, y: x + y if mp.isnan(x + y) else max(_mp(x), _mp(y)), 2)
    less = _each(lambda x, y: bool(x < y), 2)
    equal = _each(lambda x, y: bool(x == y), 2)
    where = _each(lambda c, x, y: _mp(x if c else y), 3)
    step = _each(lambda x: _unless_nan(x, int(x > 0)), 1)
    fill = _each(_unless_nan, 2)
    times = _each(lambda x, y: mp.mpf(0) if x == 0 else x * y, 2)
    sigmoid = _each(lambda x: 1 / (1 + _exp(-x)), 1)
    sigmoid_times = _each(lambda y, x: mp.mpf(0) if x < -FARTHEST else y / (1 + _exp(-x)), 2)
    ndtr_times = _each(lambda y, x: y * _ndtr(x), 2)
    normal_times = _each(lambda y, x: y * mp.npdf(x), 2)
    log_ndtr = _each(_log_ndtr, 1)
    inverse_mills = _each(lambda x: mp.npdf(x) / _ndtr(x) if x > -30 else _mills_excess(x) - x, 1)
    mills_excess = _each(_mills_excess, 1)
    exp_difference = _each(lambda x, y: mp.exp(x - y), 2)

    @staticmethod
    def hann(window: int) -> Any:
        return np.array([mp.sinpi(mp.mpf(j) / window) ** 2 for j in range(window)], object)

    @staticmethod
    def rfft(x: Any, size: int) -> Any:
        return x @ _waves(x.shape[-1], size)

    @staticmethod
    def irfft(x: Any, size: int) -> Any:
        return (x / np.tile([mp.mpf(share) for share in shares(size)], 2)) @ _waves(size, size).T

    @staticmethod
    def root_two_over_pi() -> Any:
        return mp.sqrt(2 / mp.pi)

    @staticmethod
    def row_sum(x: Any) -> Any:
        return np.sum(x, axis=-1, keepdims=True)

    @staticmethod
    def row_max(x: Any) -> Any:
        return np.max(x, axis=-1, keepdims=True)

    @staticmethod
    def row_argmax(x: Any) -> Any:
        return np.arange(x.shape[-1]) == np.argmax(x, axis=-1)[..., None]

    @staticmethod
    def row_threshold(x: Any, p: Any) -> Any:
        return threshold(MpMath, x, p, lambda t, u: bool(np.all(u - t < mp.eps)))

    @staticmethod
    def row_half(x: Any, which: int) -> Any:
        return x[..., : x.shape[-1] // 2] if which == 0 else x[..., x.shape[-1] // 2 :]

    @staticmethod
    def row_join(x: Any, y: Any) -> Any:
        return np.concatenate([x, y], axis=-1)

    @staticmethod
    def one_hot(index: Any, x: Any) -> Any:
        return _numbers(index == np.arange(x.shape[-1]))

    @staticmethod
    def below(index: Any, x: Any) -> Any:
        return _numbers(index > np.arange(x.shape[-1]))

    @staticmethod
    def eye(x: Any) -> Any:
        return np.broadcast_to(_numbers(np.eye(x.shape[-1])), x.shape)

    @classmethod
    def row_norm(cls, x: Any) -> Any:
        return cls.sqrt(np.sum(x * x, axis=-1, keepdims=True))

    @classmethod
    def row_unit(cls, x: Any) -> Any:
        norm = cls.row_norm(x)
        return x / cls.where(cls.equal(norm, 0), 1, norm)


def exactly(definition: Definition) -> Any:
    """The same function, its numbers as mpmath's: what it makes of them alone is not rounded to a double."""
    values = {name: value for name, value in definition.parameters.items() if isinstance(value, float)}
    return definition.at(tuple(values), tuple(map(mp.mpf, values.values())))
