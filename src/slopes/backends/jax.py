"""JAX: plain array operations that jit, vmap and every kind of differentiation work on.

The derivatives are those that definitions state. float16 and bfloat16 are evaluated in float32 and rounded
once.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array, lax
from jax.custom_derivatives import SymbolicZero

from slopes.backends.jax_math import DIFFERENTIABLE, MATH
from slopes.backends.lattice import Lattice
from slopes.backends.plain import PlainBackend
from slopes.core import Body, Op
from slopes.core.op import Rowwise


def _widen(a: Array) -> Array:
    return a.astype(jnp.float32) if a.dtype in (jnp.float16, jnp.bfloat16) else a


def _evaluate(body: Body, arguments: Sequence[Array], math: Any = MATH) -> Array:
    return body(math, *map(_widen, arguments)).astype(arguments[0].dtype)  # type: ignore[no-any-return]


def _call(op: Op, *arguments: Array) -> Array:
    """Evaluate an operation that forward mode, and thereby all of JAX, differentiates as stated."""
    if not any(isinstance(a, jax.core.Tracer) for a in arguments):
        return _evaluate(op.body, arguments)

    @jax.custom_jvp
    def exact(*primals: Array) -> Array:
        return _evaluate(op.body, primals)

    def rule(primals: tuple[Array, ...], tangents: tuple[Any, ...]) -> tuple[Array, Array]:
        result = exact(*primals)
        moved = jnp.zeros_like(result)
        for i, tangent in enumerate(tangents):
            if not isinstance(tangent, SymbolicZero):
                moved = moved + _pushed(op, i, primals, tangent, result)
        return result, moved

    exact.defjvp(rule, symbolic_zeros=True)
    return exact(*arguments)


def _plain(op: Op, *arguments: Array) -> Array:
    return _evaluate(op.body, arguments, DIFFERENTIABLE)


def _pushed(op: Op, index: int, arguments: Sequence[Array], tangent: Array, result: Array) -> Array:
    """How the result moves when one argument does."""
    # what is linear in the tangent stays in plain sight: JAX would transpose a `_call` of it as if the
    # definition had not said how it is differentiated once more
    known = op.pushforward(_plain if isinstance(op, Rowwise) else _call, index, arguments, tangent)
    if known is not None:
        return known if known.shape == result.shape else MATH.row_sum(known)  # type: ignore[no-any-return]

    def of_one(argument: Array) -> Array:
        given = [*arguments[:index], argument, *arguments[index + 1 :]]
        return _evaluate(op.body, given, DIFFERENTIABLE)

    return jax.jvp(of_one, (arguments[index],), (tangent,))[1]  # type: ignore[no-any-return]


def _run(body: Body, *arrays: Array) -> Any:
    return body(DIFFERENTIABLE, *arrays)


class JaxLattice(Lattice):
    """Paths are summed in the dtype of the logits, in float32 at least, by a scan."""

    xp = jnp

    @staticmethod
    def widen(x: Array) -> Array:
        return _widen(x)

    @staticmethod
    def put(x: Array, index: Array, values: Array) -> Array:
        n, t = jnp.indices(index.shape[:2])[..., None]
        return x.at[n, t, index].add(values)

    def scan(self, step: Callable[..., Array], state: Array, *rows: Array) -> Array:
        def both(state: Array, row: tuple[Array, ...]) -> tuple[Array, Array]:
            after = step(state, *row)
            return after, after

        _, states = lax.scan(both, state, rows)
        return jnp.concatenate((state[None], states))


class JaxBackend(PlainBackend):
    """Evaluates operations on JAX arrays, concrete or traced."""

    name = "jax"
    words = MATH
    lattice = JaxLattice()
    where = staticmethod(jnp.where)
    moveaxis = staticmethod(jnp.moveaxis)
    broadcast_to = staticmethod(jnp.broadcast_to)
    reshape = staticmethod(jnp.reshape)
    take = staticmethod(jnp.take)
    concatenate = staticmethod(jnp.concatenate)
    call = staticmethod(_call)
    run = staticmethod(_run)
    widen = staticmethod(_widen)
    without_graph = nullcontext

    @staticmethod
    def array(x: Any, like: Array | None = None) -> Array:
        del like
        return jnp.asarray(x)

    @staticmethod
    def dtype_name(x: Array) -> str:
        return str(x.dtype)

    @staticmethod
    def is_integer(x: Array) -> bool:
        return bool(jnp.issubdtype(x.dtype, jnp.integer))

    @staticmethod
    def to_default(x: Array) -> Array:
        return x.astype(float)

    @staticmethod
    def to_index(x: Array) -> Array:
        return x.astype(int)

    @staticmethod
    def cast(x: Array, like: Any) -> Array:
        return x.astype(like.dtype)

    @staticmethod
    def concrete(*arrays: Any) -> bool:
        """Whether values can be looked at: not inside jit, vmap, grad and their like."""
        return not any(isinstance(a, jax.core.Tracer) for a in arrays)

    @staticmethod
    def shape(x: Array) -> tuple[int, ...]:
        return tuple(x.shape)

    @staticmethod
    def broadcast(arrays: Sequence[Array]) -> Sequence[Array]:
        return jnp.broadcast_arrays(*arrays) if len(arrays) > 1 else arrays

    @staticmethod
    def any(condition: Array) -> bool:
        # where a constant meets a trace, the condition belongs to the trace
        return not isinstance(condition, jax.core.Tracer) and bool(condition.any())

    @staticmethod
    def first(x: Array, condition: Array) -> Any:
        return x[condition][0].item()

    @staticmethod
    def count(condition: Array) -> Array:
        return condition.sum()

    @staticmethod
    def divided(x: Any, divisor: Any) -> Any:
        return x if divisor is None else (x / divisor).astype(x.dtype)

    @staticmethod
    def total_of(x: Array) -> Array:
        return jnp.sum(x)

    @staticmethod
    def sum_of_rows(x: Array) -> Array:
        return jnp.sum(x, axis=0)

    @classmethod
    def vjp(cls, op: Op, index: int, arrays: Sequence[Array], cotangent: Array, out: Any) -> Array:
        """The cotangent of one argument of a pointwise operation."""
        del out
        arrays = cls.broadcast(arrays)
        known = op.pullback(_call, index, arrays, cotangent)
        return known if known is not None else _pushed(op, index, arrays, cotangent, cotangent)

    @staticmethod
    def fused(run: Callable[..., Any], arrays: tuple[Array, ...]) -> Array:
        @jax.custom_vjp
        def value(*arrays: Array) -> Array:
            return run(arrays, False)[0]  # type: ignore[no-any-return]

        def backward(gradients: tuple[Array, ...], cotangent: Array) -> tuple[Array | None, ...]:
            pulled = (cotangent * gradient for gradient in gradients)
            return *pulled, *(None,) * (len(arrays) - len(gradients))

        value.defvjp(lambda *arrays: run(arrays, True), backward)
        return value(*arrays)


BACKEND = JaxBackend()
