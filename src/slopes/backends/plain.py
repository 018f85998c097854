"""What backends share that evaluate operations one by one, and whose results are always new."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from slopes.core import Op, Reverse

Array = Any


class PlainBackend:
    """Evaluates operations one by one; a framework adds its vocabulary and how it differentiates."""

    name: ClassVar[str]
    words: ClassVar[Any]
    call: ClassVar[Callable[..., Any]]  #: call(op, *arrays), differentiable as the definition states
    run: ClassVar[Callable[..., Any]]  #: run(body, *arrays), differentiable by the rules of the words
    broadcast: ClassVar[Callable[..., Any]]
    widen: ClassVar[Callable[..., Any]]
    cast: ClassVar[Callable[..., Any]]
    divided: ClassVar[Callable[..., Any]]
    total_of: ClassVar[Callable[..., Any]]
    dtype_name: ClassVar[Callable[..., str]]
    floats: ClassVar[tuple[str, ...]] = ("float16", "bfloat16", "float32", "float64")

    @classmethod
    def computes(cls, x: Array) -> bool:
        return cls.dtype_name(x) in cls.floats

    @classmethod
    def is_boolean(cls, x: Array) -> bool:
        return cls.dtype_name(x) == "bool"

    @classmethod
    def check_out(cls, out: Any, like: Array, shape: tuple[int, ...]) -> None:
        del out, like, shape
        raise TypeError(f"out= is for NumPy arrays; a result of {cls.name} is always a new one")

    @staticmethod
    def of_loss(x: Array) -> Array:
        return x

    @staticmethod
    def like(x: Any, result: Array) -> Array:
        del x
        return result

    @classmethod
    def sum(cls, x: Array) -> Array:
        return cls.total_of(cls.widen(x))

    @classmethod
    def pointwise(
        cls, ops: Sequence[Op], arrays: Sequence[Array], outs: Sequence[Any] = (), divisor: Any = None
    ) -> tuple[Array, ...]:
        """Evaluate several operations."""
        del outs
        arrays = cls.broadcast(arrays)
        return tuple(cls.divided(cls.call(op, *arrays), divisor) for op in ops)

    @classmethod
    def total(
        cls,
        op: Op,
        arrays: Sequence[Array],
        also: Sequence[Op] = (),
        outs: Sequence[Any] = (),
        divisor: Any = None,
    ) -> tuple[Array, tuple[Array, ...]]:
        """Sum an operation, in float32 at least, and evaluate others divided by `divisor`."""
        wide = cls.broadcast([cls.widen(a) for a in arrays])
        return cls.total_of(cls.call(op, *wide)), cls.pointwise(also, arrays, outs, divisor)

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
        """Evaluate operations along the last axis; `wide` keeps float16 results in float32."""
        del widths, outs
        arrays = [cls.widen(a) for a in arrays] if wide else arrays
        return tuple(cls.divided(cls.call(op, *arrays), divisor) for op in ops)

    @classmethod
    def rows_with_value(
        cls, value: Op, op: Op, arrays: Sequence[Array], width: int, divisor: Any, out: Any = None
    ) -> tuple[Array, Array]:
        """Evaluate a row loss, wide, and another operation of it divided by `divisor`."""
        del out
        (losses,) = cls.rows((value,), arrays, (1,), wide=True)
        (result,) = cls.rows((op,), arrays, (width,), divisor)
        return losses, result

    @classmethod
    def reverse(cls, op: Reverse, arrays: Sequence[Array]) -> Array:
        """The value of a loss of several arrays, in float32 at least."""
        return cls.run(op.body, *map(cls.widen, arrays))

    @classmethod
    def reverse_with_gradients(
        cls, op: Reverse, arrays: Sequence[Array], cotangent: Array, divisor: Any
    ) -> tuple[Array, tuple[Array, ...]]:
        """The same, and the cotangents of the learned arguments, each in its argument's dtype."""
        share = cls.divided(cls.widen(cotangent), divisor)
        value, *pulled = cls.run(op.with_gradient, *map(cls.widen, arrays), share)
        return value, tuple(cls.cast(c, arrays[i]) for i, c in zip(op.learned, pulled, strict=True))

    @classmethod
    def round_like(cls, x: Array, like: Array) -> Array:
        return cls.cast(x, like)

    @classmethod
    def scalar(cls, total: Any, like: Array) -> Array:
        return cls.cast(total, like)
