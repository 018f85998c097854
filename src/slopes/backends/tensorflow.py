"""TensorFlow: plain tensor operations for eager mode, tf.function and XLA, with the definitions' derivatives.

float16 and bfloat16 are evaluated in float32 and rounded once.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

import tensorflow as tf

from slopes.backends.plain import PlainBackend
from slopes.backends.tensorflow_math import MATH, joint_shape
from slopes.core import Body, Op
from slopes.core.adjoint import gradient

Tensor = Any
SPARSE = (tf.RaggedTensor, tf.SparseTensor, tf.IndexedSlices)


class Length:
    """The length of an axis that is known only when the graph runs.

    Whatever is asked of it now, as whether it equals another, is taken to be in order.
    """

    def __init__(self, tensor: Tensor) -> None:
        self.tensor = tensor

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = None  # type: ignore[assignment]

    def __gt__(self, other: object) -> bool:
        return True

    def __lt__(self, other: object) -> bool:
        return False

    def __add__(self, other: Any) -> "Length":
        return Length(self.tensor + int(other))

    def __mul__(self, other: Any) -> "Length":
        return Length(self.tensor * _plain(other))

    __rmul__ = __mul__

    def __floordiv__(self, other: Any) -> "Length":
        return Length(self.tensor // _plain(other))

    def __mod__(self, other: Any) -> int:
        return 0

    def __repr__(self) -> str:
        return "None"


def _plain(length: Any) -> Any:
    return length.tensor if isinstance(length, Length) else length


def _packed(shape: Sequence[Any]) -> Any:
    return [_plain(n) for n in shape]


def _widen(a: Tensor) -> Tensor:
    return tf.cast(a, tf.float32) if a.dtype in (tf.float16, tf.bfloat16) else a


def _reversed(body: Body, *arrays: Tensor) -> Any:
    """Evaluate a body whose gradients, of every order, come from reverse mode over the vocabulary."""

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def run(*arrays: Tensor) -> Any:
        result = body(MATH, *arrays)

        def back(*cotangents: Tensor) -> list[Tensor | None]:
            learned = [i for i, a in enumerate(arrays) if a.dtype.is_floating]
            pulled = _reversed(gradient(body, learned, len(cotangents)), *arrays, *cotangents)
            found = dict(zip(learned, pulled, strict=True))
            return [found.get(i) for i in range(len(arrays))]

        return result, back

    return run(*arrays)


def _call(op: Op, *arguments: Tensor) -> Tensor:
    """Evaluate an operation whose gradients are those that its definition states."""

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def run(*arguments: Tensor) -> Any:
        result = tf.cast(op.body(MATH, *map(_widen, arguments)), arguments[0].dtype)

        def back(cotangent: Tensor) -> list[Tensor | None]:
            return [
                _pullback(op, i, arguments, cotangent) if a.dtype.is_floating else None
                for i, a in enumerate(arguments)
            ]

        return result, back

    return run(*arguments)


def _pullback(op: Op, index: int, arguments: Sequence[Tensor], cotangent: Tensor) -> Tensor:
    known = op.pullback(_call, index, arguments, cotangent)
    if known is None:
        wide = (*map(_widen, arguments), _widen(cotangent))
        (known,) = _reversed(gradient(op.body, (index,)), *wide)
    return tf.cast(known, arguments[index].dtype)


class TensorFlowBackend(PlainBackend):
    """Evaluates operations on tensors, eager or symbolic; tapes take the stated derivatives."""

    name = "tensorflow"
    words = MATH
    where = staticmethod(tf.where)
    take = staticmethod(tf.gather)
    call = staticmethod(_call)
    run = staticmethod(_reversed)
    widen = staticmethod(_widen)
    without_graph = nullcontext

    @staticmethod
    def array(x: Any, like: Tensor | None = None) -> Tensor:
        del like
        if isinstance(x, SPARSE):
            raise TypeError(f"a {type(x).__name__} is not supported; make it dense first")
        return tf.convert_to_tensor(x)

    @staticmethod
    def dtype_name(x: Tensor) -> str:
        return str(x.dtype.name)

    @staticmethod
    def is_integer(x: Tensor) -> bool:
        return bool(x.dtype.is_integer)

    @staticmethod
    def to_default(x: Tensor) -> Tensor:
        return tf.cast(x, tf.float32)

    @staticmethod
    def to_index(x: Tensor) -> Tensor:
        return tf.cast(x, tf.int64)

    @staticmethod
    def cast(x: Tensor, like: Tensor) -> Tensor:
        return tf.cast(x, like.dtype)

    @staticmethod
    def concrete(*arrays: Any) -> bool:
        """Whether values can be looked at: not inside tf.function."""
        return not any(isinstance(a, Length) or tf.is_symbolic_tensor(a) for a in arrays)

    @staticmethod
    def shape(x: Tensor) -> tuple[Any, ...]:
        lengths = tf.shape(x)
        return tuple(Length(lengths[i]) if n is None else n for i, n in enumerate(x.shape))

    @staticmethod
    def reshape(x: Tensor, shape: Sequence[Any]) -> Tensor:
        return tf.reshape(x, _packed(shape))

    @staticmethod
    def broadcast_to(x: Tensor, shape: Sequence[Any]) -> Tensor:
        return tf.broadcast_to(x, _packed(shape))

    @staticmethod
    def broadcast(arrays: Sequence[Tensor]) -> Sequence[Tensor]:
        first, *others = arrays
        shape = first
        for a in others:
            shape = tf.broadcast_to(shape, joint_shape(shape, a)) if a.shape != shape.shape else shape
        return [tf.broadcast_to(a, joint_shape(shape, a)) if a.shape != shape.shape else a for a in arrays]

    @staticmethod
    def moveaxis(x: Tensor, source: Any, destination: Any) -> Tensor:
        rank = x.shape.rank
        come, go = (
            [i % rank for i in (places if isinstance(places, tuple) else (places,))]
            for places in (source, destination)
        )
        if come == go:
            return x
        order = [i for i in range(rank) if i not in come]
        for place, axis in sorted(zip(go, come, strict=True)):
            order.insert(place, axis)
        return tf.transpose(x, order)

    @staticmethod
    def concatenate(parts: Sequence[Tensor]) -> Tensor:
        return tf.concat(parts, axis=0)

    @staticmethod
    def any(condition: Tensor) -> bool:
        # inside tf.function the condition is symbolic even where the tensors are not
        return not tf.is_symbolic_tensor(condition) and bool(tf.reduce_any(condition))

    @staticmethod
    def first(x: Tensor, condition: Tensor) -> Any:
        return tf.boolean_mask(x, condition)[0].numpy().item()

    @staticmethod
    def count(condition: Tensor) -> Tensor:
        return tf.math.count_nonzero(condition)

    @classmethod
    def divided(cls, x: Any, divisor: Any) -> Any:
        return x if divisor is None else x / tf.cast(_plain(divisor), x.dtype)

    @staticmethod
    def total_of(x: Tensor) -> Tensor:
        return tf.reduce_sum(x)

    @staticmethod
    def sum_of_rows(x: Tensor) -> Tensor:
        return tf.reduce_sum(x, axis=0)

    @classmethod
    def vjp(cls, op: Op, index: int, arrays: Sequence[Tensor], cotangent: Tensor, out: Any) -> Tensor:
        """The cotangent of one argument of a pointwise operation."""
        del out
        return _pullback(op, index, cls.broadcast(arrays), cotangent)

    @staticmethod
    def fused(run: Callable[..., Any], arrays: tuple[Tensor, ...]) -> Tensor:
        @tf.custom_gradient  # type: ignore[untyped-decorator]
        def value(*arrays: Tensor) -> Any:
            result, gradients = run(arrays, True)
            return result, lambda cotangent: [cotangent * gradient for gradient in gradients]

        return value(*arrays)


BACKEND = TensorFlowBackend()
