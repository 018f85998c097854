"""JAX: the vocabulary, for arrays of float32 or float64, and the same words with their derivatives."""

import math
from collections.abc import Callable
from typing import Any, ClassVar

import jax
import jax.numpy as jnp
from jax import lax

from slopes.backends.plain_math import PlainMath
from slopes.backends.spectrum import SpectrumWords
from slopes.backends.threshold import STEPS, newton
from slopes.core.adjoint import FLAT, RULES

Array = Any

INTEGERS = {"float32": jnp.int32, "float64": jnp.int64}


def _static(*functions: Any) -> Any:
    """Functions for a class, which would take JAX's own for methods."""
    return map(staticmethod, functions)


def _order(key: Array) -> Array:
    """The places of a falling key; equal keys keep their order."""
    return lax.stop_gradient(jnp.argsort(key, axis=-1, descending=True, stable=True))


@jax.jit
def _threshold(x: Array, p: Any) -> Array:
    """Newton's method from the left, as in `threshold`, until no row moves."""

    def moving(state: tuple[Any, Array, Array]) -> Array:
        step, t, before = state
        return (step < STEPS) & ~((t == before) | jnp.isnan(t)).all()

    def move(state: tuple[Any, Array, Array]) -> tuple[Any, Array, Array]:
        step, t, _ = state
        return step + 1, jnp.maximum(t, newton(MATH, x, p, t)), t

    start = MATH.row_max(x) - 1
    return lax.while_loop(moving, move, (0, start, start - 1))[1]


#: a steeper slope counts as the largest number: nothing comes of it where a condition leaves it out
STEEPEST = {"float32": 3.4028234663852886e38, "float64": 1.7976931348623157e308}


def _beside(x: Any, other: Any) -> Any:
    """A Python float; infinite where the other's dtype cannot hold it, of which JAX would warn."""
    if not isinstance(x, float) or not hasattr(other, "dtype"):
        return x
    largest = float(jnp.finfo(other.dtype).max)  # type: ignore[no-untyped-call]
    return math.copysign(math.inf, x) if abs(x) > largest else x


class JaxMath(PlainMath, SpectrumWords):
    """The vocabulary in JAX."""

    exp, log, tanh = _static(jnp.exp, jnp.log, jnp.tanh)
    sqrt, expm1, hypot = _static(jnp.sqrt, jnp.expm1, jnp.hypot)
    sin, cos, arctan = _static(jnp.sin, jnp.cos, jnp.arctan)
    abs, sign, where = _static(jnp.abs, jnp.sign, jnp.where)
    minimum, maximum = _static(jnp.minimum, jnp.maximum)
    isnan, isinf = _static(jnp.isnan, jnp.isinf)
    erf = staticmethod(lax.erf)

    @staticmethod
    def less(x: Any, y: Any) -> Any:
        return _beside(x, y) < _beside(y, x)

    @staticmethod
    def log1p(x: Array) -> Array:
        """Kahan's way in float64, where XLA's own is 42 units off at -0.4."""
        if x.dtype != jnp.float64:
            return jnp.log1p(x)
        u = lax.optimization_barrier(1 + x)  # type: ignore[no-untyped-call]  # XLA would take u - 1 for x
        d = u - 1  # what of x has reached u
        exact = (d == 0) | jnp.isinf(x)
        return jnp.where(exact, x, jnp.log(u) * (x / jnp.where(exact, 1.0, d)))

    @staticmethod
    def cleared(x: Array, bits: int) -> Array:
        whole = lax.bitcast_convert_type(x, INTEGERS[x.dtype.name])
        return lax.bitcast_convert_type(whole & -(1 << bits), x.dtype)

    @staticmethod
    def power(x: Array, p: Any) -> Array:
        return jnp.where(x >= 0, jnp.power(x, p), jnp.nan)

    @staticmethod
    def row_sum(x: Array) -> Array:
        return jnp.sum(x, axis=-1, keepdims=True)

    @staticmethod
    def row_max(x: Array) -> Array:
        return jnp.max(x, axis=-1, keepdims=True)

    @staticmethod
    def row_most(x: Array) -> Array:
        return jnp.max(x, axis=-1, keepdims=True, initial=0.0)

    @staticmethod
    def row_argmax(x: Array) -> Array:
        return jnp.arange(x.shape[-1]) == jnp.argmax(x, axis=-1, keepdims=True)

    @staticmethod
    def row_threshold(x: Array, p: Any) -> Array:
        return _threshold(x, p)

    @staticmethod
    def row_half(x: Array, which: int) -> Array:
        return jnp.split(x, [x.shape[-1] // 2], axis=-1)[which]

    @staticmethod
    def row_join(x: Array, y: Array) -> Array:
        return jnp.concatenate([x, y], axis=-1)

    @staticmethod
    def one_hot(index: Any, x: Array) -> Array:
        return (index == jnp.arange(x.shape[-1])).astype(x.dtype)

    @staticmethod
    def below(index: Any, x: Array) -> Array:
        return (index > jnp.arange(x.shape[-1])).astype(x.dtype)

    @staticmethod
    def row_cumsum(x: Array) -> Array:
        return jnp.cumsum(x, axis=-1)

    @staticmethod
    def row_cumsum_back(x: Array) -> Array:
        return jnp.flip(jnp.cumsum(jnp.flip(x, -1), axis=-1), -1)

    @staticmethod
    def row_sorted(key: Array, x: Array) -> Array:
        return jnp.take_along_axis(x, _order(key), axis=-1)

    @staticmethod
    def row_unsorted(key: Array, x: Array) -> Array:
        return jnp.take_along_axis(x, jnp.argsort(_order(key), axis=-1), axis=-1)

    @staticmethod
    def column(x: Array, index: int) -> Array:
        return x[..., index : index + 1]

    @staticmethod
    def transpose(x: Array) -> Array:
        return jnp.swapaxes(x, -1, -2)

    @staticmethod
    def matmul(x: Array, y: Array) -> Array:
        return jnp.matmul(x, y, precision=lax.Precision.HIGHEST)

    @staticmethod
    def constant(x: Array, values: Any) -> Array:
        return jnp.asarray(values, x.dtype)

    @staticmethod
    def taken(x: Array, index: Any) -> Array:
        return jnp.take(x, index, axis=-1)

    @staticmethod
    def flat(x: Array) -> Array:
        return x.reshape(*x.shape[:-2], x.shape[-2] * x.shape[-1])

    @staticmethod
    def rfft(x: Array, size: int) -> Array:
        z = jnp.fft.rfft(x, size)
        return jnp.concatenate([z.real, z.imag], axis=-1)

    @staticmethod
    def irfft(x: Array, size: int) -> Array:
        return jnp.fft.irfft(lax.complex(*jnp.split(x, 2, axis=-1)), size)

    @staticmethod
    def eye(x: Array) -> Array:
        return jnp.broadcast_to(jnp.eye(x.shape[-1], dtype=x.dtype), x.shape)

    @staticmethod
    def sum_to(x: Array, like: Array) -> Array:
        """Sum over the axes along which `like` was repeated."""
        x, shape = jnp.asarray(x), jnp.shape(like)
        x = jnp.sum(x, axis=tuple(range(x.ndim - len(shape))))
        longer = tuple(i for i, n in enumerate(shape) if n == 1 and x.shape[i] != 1)
        return jnp.sum(x, axis=longer, keepdims=True) if longer else x

    @staticmethod
    def spread_to(x: Array, like: Array) -> Array:
        return jnp.broadcast_to(x, jnp.broadcast_shapes(jnp.shape(x), jnp.shape(like)))


class DifferentiableMath(JaxMath):
    """The same words, each with the derivative that reverse mode over the vocabulary has for it.

    JAX makes both of its modes and every order from these. They are elementwise, so a rule's slope is what
    it makes of the cotangent 1; a product with that is linear in the tangent, as JAX wants it, which some
    rules are not.
    """

    elementwise: ClassVar = (
        *("exp", "log", "log1p", "expm1", "sqrt", "hypot", "log1p_excess", "tanh_remainder", "power", "sin"),
        *("cos", "arctan", "tanh", "abs", "minimum", "maximum", "times", "sigmoid", "sigmoid_times", "erf"),
        *("ndtr_times", "normal_times", "log_ndtr", "inverse_mills", "mills_excess", "exp_difference"),
    )

    @classmethod
    def row_max(cls, x: Array) -> Array:
        return cls.row_sum(jnp.where(cls.row_argmax(x), x, 0.0))  # the first of equal ones takes all

    @classmethod
    def row_unit(cls, x: Array) -> Array:
        norm = cls.row_norm(x)
        zero = norm == 0
        return jnp.where(zero, 0.0 * lax.stop_gradient(x), x / jnp.where(zero, 1.0, norm))

    @staticmethod
    @jax.custom_jvp
    def row_threshold(x: Array, p: Any) -> Array:
        return JaxMath.row_threshold(x, p)


@DifferentiableMath.row_threshold.defjvp
def _(primals: tuple[Array, Any], tangents: tuple[Array, Any]) -> tuple[Array, Array]:
    x, p = primals
    t = DIFFERENTIABLE.row_threshold(x, p)
    share = RULES["row_threshold"][0](DIFFERENTIABLE, 1.0, t, x, p)  # type: ignore[misc]
    return t, JaxMath.row_sum(share * tangents[0])


def _with_rules(word: str) -> Callable[..., Array]:
    plain = getattr(JaxMath, word)

    @jax.custom_jvp
    def differentiable(*operands: Any) -> Array:
        return plain(*operands)

    def rule(primals: tuple[Any, ...], tangents: tuple[Any, ...]) -> tuple[Array, Array]:
        result = differentiable(*primals)
        moved = jnp.zeros_like(result)
        for slope, tangent in zip(RULES[word], tangents, strict=True):
            if slope is not None and not isinstance(tangent, jax.custom_derivatives.SymbolicZero):
                most = STEEPEST[result.dtype.name]
                moved = moved + jnp.clip(slope(DIFFERENTIABLE, 1.0, result, *primals), -most, most) * tangent
        return result, moved

    differentiable.defjvp(rule, symbolic_zeros=True)
    return differentiable


def _flat(word: str) -> Callable[..., Array]:
    plain = getattr(JaxMath, word)
    return lambda *operands: lax.stop_gradient(plain(*operands))


for _word in DifferentiableMath.elementwise:
    setattr(DifferentiableMath, _word, staticmethod(_with_rules(_word)))
for _word in FLAT - {"less", "equal", "root_two_over_pi"}:
    setattr(DifferentiableMath, _word, staticmethod(_flat(_word)))
MATH: Any = JaxMath()
DIFFERENTIABLE: Any = DifferentiableMath()
