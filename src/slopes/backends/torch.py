"""PyTorch: plain tensor operations, with the definitions' own derivatives in place of autograd's.

float16 and bfloat16 are evaluated in float32 and rounded once.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import torch
from torch import Tensor

from slopes.backends import torch_kernels as kernels
from slopes.backends.lattice import Lattice
from slopes.backends.torch_arrays import TorchReverse
from slopes.backends.torch_autograd import call, pullback, recorded, total
from slopes.backends.torch_kernels import autocasting, widen
from slopes.backends.torch_math import MATH
from slopes.core import Op

Function = TypeVar("Function", bound=Callable[..., Any])

FLOATS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)


def in_graph(function: Function) -> Function:
    """Mark a function that torch.compile takes as one operation; then what it does on tensors is traced."""
    return torch.compiler.allow_in_graph(function)  # type: ignore[no-any-return, no-untyped-call]


def constant(x: Any) -> Any:
    """A number that a graph with dynamic shapes leaves open, as it is; the graph holds for no other."""
    if isinstance(x, torch.SymFloat):
        return float(x)
    return int(x) if isinstance(x, torch.SymInt) else x


def _divided(x: Any, divisor: Any) -> Any:
    return x if divisor is None else (x / divisor).to(x.dtype)


def _broadcast(arrays: Sequence[Tensor]) -> Sequence[Tensor]:
    shape = arrays[0].shape
    if all(a.shape == shape for a in arrays):
        return arrays
    return torch.broadcast_tensors(*arrays)  # type: ignore[no-any-return, no-untyped-call]


def _each(
    ops: Sequence[Op], arrays: Sequence[Tensor], divisor: Any, wide: bool = False
) -> tuple[Tensor, ...]:
    """Operations one by one, divided before they are rounded."""
    if divisor is None:
        return tuple(call(op, *arrays, wide=wide) for op in ops)
    results = (call(op, *arrays, wide=True) / divisor for op in ops)
    return tuple(r if wide else r.to(arrays[0].dtype) for r in results)


class _Fused(torch.autograd.Function):
    """A scalar whose gradients are computed together with it, and kept in place of what they need."""

    @staticmethod
    def forward(ctx: Any, run: Callable[..., Any], *arrays: Tensor) -> Tensor:
        value, gradients = run(arrays, any(ctx.needs_input_grad))
        ctx.others = len(arrays) - len(gradients)
        ctx.save_for_backward(*gradients)
        return value  # type: ignore[no-any-return]

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, cotangent: Tensor) -> tuple[Tensor | None, ...]:
        pulled = (cotangent * gradient for gradient in ctx.saved_tensors)
        return None, *pulled, *(None,) * ctx.others


class TorchLattice(Lattice):
    """Paths are summed in float64, frame by frame for all sequences, on the device of the logits."""

    xp = torch

    @staticmethod
    def widen(x: Tensor) -> Tensor:
        return x.float() if x.device.type == "mps" else x.double()  # which has no float64

    def arange(self, count: int, like: Tensor) -> Tensor:
        return torch.arange(count, device=like.device)

    def take(self, x: Tensor, index: Tensor) -> Tensor:
        return torch.gather(x, -1, index)

    @staticmethod
    def put(x: Tensor, index: Tensor, values: Tensor) -> Tensor:
        return x.scatter_add(-1, index, values)


class TorchBackend(TorchReverse):
    """Evaluates operations on tensors; calls take part in automatic differentiation."""

    name = "torch"
    words = MATH
    lattice = TorchLattice()
    floats = ("float16", "bfloat16", "float32", "float64")
    where = staticmethod(torch.where)
    moveaxis = staticmethod(torch.movedim)  # which vmap knows
    broadcast_to = staticmethod(torch.broadcast_to)
    concatenate = staticmethod(torch.cat)
    without_graph = torch.no_grad
    reshape = staticmethod(torch.reshape)
    take = staticmethod(torch.Tensor.__getitem__)
    widen = staticmethod(widen)

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
    def of_loss(x: Tensor) -> Tensor:
        """As torch's own losses do, in float32 under autocast, whatever a network computes with."""
        return widen(x) if autocasting(x) else x

    @staticmethod
    def to_index(x: Tensor) -> Tensor:
        return x.long()

    @staticmethod
    def cast(x: Tensor, like: Tensor) -> Tensor:
        return x.to(like.dtype)

    concrete = staticmethod(kernels.concrete)

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
        return torch.sum(widen(x))

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
        if (len(ops) > 1 or divisor is not None) and not recorded(arrays):
            found = kernels.pointwise(ops, arrays, divisor)
            if found is not None:
                return tuple(found)
        return _each(ops, arrays, divisor)

    @staticmethod
    def vjp(op: Op, index: int, arrays: Sequence[Tensor], cotangent: Tensor, out: Any) -> Tensor:
        """The cotangent of one argument of a pointwise operation."""
        del out
        arrays = _broadcast(arrays)
        if recorded((*arrays, cotangent)):
            return pullback(op, index, arrays, cotangent)
        with torch.no_grad():
            return pullback(op, index, arrays, cotangent)

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
        arrays = _broadcast(arrays)
        if also and not recorded(arrays):
            found = kernels.total(op, arrays, also, divisor)
            if found is not None:
                return found[0], tuple(found[1])
        return total(op, arrays), cls.pointwise(also, arrays, outs, divisor)

    @staticmethod
    def rows(
        ops: Sequence[Op],
        arrays: Sequence[Tensor],
        widths: Sequence[int],
        divisor: Any = None,
        wide: bool = False,
        outs: Sequence[Any] = (),
    ) -> tuple[Tensor, ...]:
        """Evaluate operations along the last axis; `wide` keeps results in float32 at least."""
        del outs
        if (len(ops) > 1 or divisor is not None) and not recorded(arrays):
            found = kernels.rows(ops, arrays, widths, divisor, [wide] * len(ops))
            if found is not None:
                return tuple(found)
        return _each(ops, arrays, divisor, wide)

    @classmethod
    def rows_with_value(
        cls, value: Op, op: Op, arrays: Sequence[Tensor], width: int, divisor: Any, out: Any = None
    ) -> tuple[Tensor, Tensor]:
        """Evaluate a row loss, wide, and another operation of it divided by `divisor`."""
        del out
        if not recorded(arrays):
            found = kernels.rows((value, op), arrays, (1, width), divisor, (True, False))
            if found is not None:
                return found[0], found[1]
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
