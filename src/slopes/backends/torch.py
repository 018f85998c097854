"""PyTorch: plain tensor operations, with the definitions' own derivatives in place of autograd's.

float16 and bfloat16 are evaluated in float32 and rounded once.
"""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from slopes.backends.torch_arrays import TorchReverse
from slopes.backends.torch_math import DIFFERENTIABLE, MATH
from slopes.core import Body, Op

FLOATS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)


def _widen(a: Tensor) -> Tensor:
    return a.float() if a.dtype in (torch.float16, torch.bfloat16) else a


def _evaluate(body: Body, arguments: Sequence[Tensor], math: Any = MATH) -> Tensor:
    result = body(math, *(_widen(a) for a in arguments))
    result = result.to(arguments[0].dtype)
    # the identity: a result never shares memory with an input
    return result.clone() if result is arguments[0] else result


def _divided(x: Any, divisor: Any) -> Any:
    return x if divisor is None else (x / divisor).to(x.dtype)


def _broadcast(arrays: Sequence[Tensor]) -> Sequence[Tensor]:
    return torch.broadcast_tensors(*arrays) if len(arrays) > 1 else arrays  # type: ignore[no-untyped-call]


def _gradients(ctx: Any, cotangent: Tensor) -> tuple[Tensor | None, ...]:
    arguments = ctx.saved_tensors
    needed = enumerate(ctx.needs_input_grad[1:])
    return None, *(_pullback(ctx.op, i, arguments, cotangent) if need else None for i, need in needed)


class _Exact(torch.autograd.Function):
    """An Op whose derivatives are the ones that its definition states."""

    @staticmethod
    def forward(ctx: Any, op: Op, *arguments: Tensor) -> Tensor:
        ctx.op = op
        ctx.save_for_backward(*arguments)
        return _evaluate(op.body, arguments)

    backward = staticmethod(_gradients)


class _Transformed(torch.autograd.Function):
    """The same under torch.func, which wants the context apart, at the cost of a slower call."""

    generate_vmap_rule = True

    @staticmethod
    def forward(op: Op, *arguments: Tensor) -> Tensor:
        return _evaluate(op.body, arguments)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
        del output
        ctx.op = inputs[0]
        ctx.save_for_backward(*inputs[1:])

    backward = staticmethod(_gradients)


class _Fused(torch.autograd.Function):
    """A scalar whose gradients are computed together with it, and kept in place of what they need."""

    @staticmethod
    def forward(ctx: Any, run: Callable[..., Any], *arrays: Tensor) -> Tensor:
        value, gradients = run(arrays, any(ctx.needs_input_grad))
        ctx.save_for_backward(*gradients)
        return value  # type: ignore[no-any-return]

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, cotangent: Tensor) -> tuple[Tensor | None, ...]:
        return None, *(cotangent * gradient for gradient in ctx.saved_tensors)


def _call(op: Op, *arguments: Tensor) -> Tensor:
    if any(map(torch._C._functorch.is_functorch_wrapped_tensor, arguments)):
        return _Transformed.apply(op, *arguments)  # type: ignore[no-any-return, no-untyped-call]
    if torch.is_grad_enabled() and any(a.requires_grad for a in arguments):
        return _Exact.apply(op, *arguments)  # type: ignore[no-any-return, no-untyped-call]
    return _evaluate(op.body, arguments)


def _pullback(op: Op, index: int, arguments: Sequence[Tensor], cotangent: Tensor) -> Tensor:
    known = op.pullback(_call, index, arguments, cotangent)
    if known is not None:
        return known  # type: ignore[no-any-return]

    def of_one(argument: Tensor) -> Tensor:
        given = [*arguments[:index], argument, *arguments[index + 1 :]]
        return _evaluate(op.body, given, DIFFERENTIABLE)

    pull = torch.func.vjp(of_one, arguments[index])[1]
    return pull(cotangent)[0]  # type: ignore[no-any-return]


class TorchBackend(TorchReverse):
    """Evaluates operations on tensors; calls take part in automatic differentiation."""

    name = "torch"
    words = MATH
    floats = ("float16", "bfloat16", "float32", "float64")
    where = staticmethod(torch.where)
    moveaxis = staticmethod(torch.movedim)  # which vmap knows
    broadcast_to = staticmethod(torch.broadcast_to)
    concatenate = staticmethod(torch.cat)
    without_graph = torch.no_grad
    reshape = staticmethod(torch.reshape)
    take = staticmethod(torch.Tensor.__getitem__)
    widen = staticmethod(_widen)

    @staticmethod
    def array(x: Any, like: Tensor | None = None) -> Tensor:
        if isinstance(x, Tensor):
            return x
        return torch.as_tensor(x, device=None if like is None else like.device)

    @staticmethod
    def computes(x: Tensor) -> bool:
        return x.dtype in FLOATS

    @staticmethod
    def dtype_name(x: Tensor) -> str:
        return str(x.dtype).removeprefix("torch.")

    @staticmethod
    def is_boolean(x: Tensor) -> bool:
        return x.dtype is torch.bool

    @staticmethod
    def is_integer(x: Tensor) -> bool:
        return not (x.is_floating_point() or x.is_complex() or x.dtype is torch.bool)

    @staticmethod
    def to_default(x: Tensor) -> Tensor:
        return x.to(torch.get_default_dtype())

    @staticmethod
    def to_index(x: Tensor) -> Tensor:
        return x.long()

    @staticmethod
    def cast(x: Tensor, like: Tensor) -> Tensor:
        return x.to(like.dtype)

    @staticmethod
    def concrete(*arrays: Any) -> bool:
        """Whether values can be looked at: not inside torch.compile, vmap or on the meta device."""
        if torch.compiler.is_compiling():
            return False
        wrapped = torch._C._functorch.is_functorch_wrapped_tensor
        return not any(a.device.type == "meta" or wrapped(a) for a in arrays if isinstance(a, Tensor))

    @staticmethod
    def check_out(out: Any, like: Tensor, shape: tuple[int, ...]) -> None:
        del out, like, shape
        raise TypeError("out= is for NumPy arrays; a tensor's result is always a new tensor")

    @staticmethod
    def like(x: Tensor, result: Tensor) -> Tensor:
        del x
        return result

    @staticmethod
    def sum(x: Tensor) -> Tensor:
        return torch.sum(_widen(x))

    divided = staticmethod(_divided)

    @staticmethod
    def shape(x: Tensor) -> tuple[int, ...]:
        return tuple(x.shape)

    @staticmethod
    def sum_of_rows(x: Tensor) -> Tensor:
        return x.sum(0)

    @staticmethod
    def any(condition: Tensor) -> bool:
        return bool(condition.any())

    @staticmethod
    def first(x: Tensor, condition: Tensor) -> Any:
        return x[condition][0].item()

    @staticmethod
    def count(condition: Tensor) -> Tensor:
        return condition.sum()

    @staticmethod
    def pointwise(
        ops: Sequence[Op], arrays: Sequence[Tensor], outs: Sequence[Any] = (), divisor: Any = None
    ) -> tuple[Tensor, ...]:
        """Evaluate several operations."""
        del outs
        arrays = _broadcast(arrays)
        return tuple(_divided(_call(op, *arrays), divisor) for op in ops)

    @staticmethod
    def vjp(op: Op, index: int, arrays: Sequence[Tensor], cotangent: Tensor, out: Any) -> Tensor:
        """The cotangent of one argument of a pointwise operation."""
        del out
        return _pullback(op, index, _broadcast(arrays), cotangent)

    @classmethod
    def total(
        cls,
        op: Op,
        arrays: Sequence[Tensor],
        also: Sequence[Op] = (),
        outs: Sequence[Any] = (),
        divisor: Any = None,
    ) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Sum an operation, in float32 at least, and evaluate others divided by `divisor`."""
        wide = _broadcast([_widen(a) for a in arrays])
        return torch.sum(_call(op, *wide)), cls.pointwise(also, arrays, outs, divisor)

    @staticmethod
    def rows(
        ops: Sequence[Op],
        arrays: Sequence[Tensor],
        widths: Sequence[int],
        divisor: Any = None,
        wide: bool = False,
        outs: Sequence[Any] = (),
    ) -> tuple[Tensor, ...]:
        """Evaluate operations along the last axis; `wide` keeps float16 results in float32."""
        del widths, outs
        arrays = [_widen(a) for a in arrays] if wide else arrays
        return tuple(_divided(_call(op, *arrays), divisor) for op in ops)

    @classmethod
    def rows_with_value(
        cls, value: Op, op: Op, arrays: Sequence[Tensor], width: int, divisor: Any, out: Any = None
    ) -> tuple[Tensor, Tensor]:
        """Evaluate a row loss, wide, and another operation of it divided by `divisor`."""
        del out
        (losses,) = cls.rows((value,), arrays, (1,), wide=True)
        (result,) = cls.rows((op,), arrays, (width,), divisor)
        return losses, result

    @staticmethod
    def round_like(x: Tensor, like: Tensor) -> Tensor:
        return x.to(like.dtype)

    @staticmethod
    def fused(run: Callable[..., Any], arrays: tuple[Tensor, ...]) -> Tensor:
        return _Fused.apply(run, *arrays)  # type: ignore[no-any-return, no-untyped-call]

    @staticmethod
    def scalar(total: Any, like: Tensor) -> Tensor:
        return total.to(like.dtype)  # type: ignore[no-any-return]


BACKEND = TorchBackend()
