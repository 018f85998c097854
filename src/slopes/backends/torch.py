"""PyTorch: plain tensor operations, with the definitions' own derivatives in place of autograd's.

float16 and bfloat16 are evaluated in float32 and rounded once.
"""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from slopes.backends import mills
from slopes.backends.torch_arrays import TorchArrayWords, TorchReverse
from slopes.core import Body, Op

FLOATS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)
ROOT_TAU = 2.5066282746310002  #: sqrt(2 pi)
SPLITTERS = {torch.float32: 4097.0, torch.float64: 134217729.0}  #: Veltkamp's, 2^ceil(bits / 2) + 1


def _nonnegative(x: Tensor) -> Tensor:
    """1 for x >= 0, else 0; NaN for NaN."""
    return 1 + torch.floor(torch.clamp(x, -1, 0))


class TorchMath(TorchArrayWords):
    """The vocabulary in PyTorch.

    `torch.where` with a mask that alternates takes 20 times as long as arithmetic on a CPU, hence the clamps.
    """

    exp, log, log1p, tanh = torch.exp, torch.log, torch.log1p, torch.tanh
    abs, where = torch.abs, torch.where

    @staticmethod
    def root_two_over_pi() -> float:
        return 0.7978845608028654

    @staticmethod
    def sign(x: Tensor) -> Tensor:
        return torch.floor(torch.clamp(x, -1, 0)) + torch.ceil(torch.clamp(x, 0, 1))

    @staticmethod
    def minimum(x: Tensor, y: Any) -> Tensor:
        return torch.minimum(x, y) if isinstance(y, Tensor) else torch.clamp(x, max=y)

    @staticmethod
    def maximum(x: Tensor, y: Any) -> Tensor:
        return torch.maximum(x, y) if isinstance(y, Tensor) else torch.clamp(x, min=y)

    @staticmethod
    def less(x: Any, y: Any) -> Any:
        return x < y

    @staticmethod
    def equal(x: Any, y: Any) -> Any:
        return x == y

    @staticmethod
    def step(x: Tensor) -> Tensor:
        return torch.ceil(torch.clamp(x, 0, 1))

    @staticmethod
    def fill(x: Tensor, constant: float) -> Tensor:
        return torch.clamp(x, 0, 0) + constant

    @classmethod
    def times(cls, x: Any, y: Tensor) -> Tensor:
        if isinstance(x, Tensor):
            return torch.where((x == 0) & torch.isinf(y), 0.0, x * y)
        return x * y if x else cls.fill(y, 0.0)

    @staticmethod
    def _magnitude(x: Tensor) -> Tensor:
        return torch.abs(x)

    @staticmethod
    def _growing(x: Tensor, z: Tensor) -> Tensor:
        """Return e^min(x, 0), given z = e^-|x|."""
        return torch.maximum(z, _nonnegative(x))

    @staticmethod
    def _decayed(y: Any, z: Tensor) -> Tensor:
        """The product y z for a z that decays faster than any y grows: 0 where z underflows."""
        if not isinstance(y, Tensor):
            return torch.mul(z, y)
        return torch.where(z == 0, torch.copysign(torch.clamp(y, 0, 0), y), y * z)

    @classmethod
    def sigmoid(cls, x: Tensor) -> Tensor:
        z = torch.exp(-cls._magnitude(x))
        return cls._growing(x, z) / (1 + z)

    @classmethod
    def sigmoid_times(cls, y: Any, x: Tensor) -> Tensor:
        z = torch.exp(-cls._magnitude(x))
        return cls._decayed(y, cls._growing(x, z)) / (1 + z)

    @classmethod
    def _bell(cls, x: Tensor) -> Tensor:
        """Return e^(-x^2 / 2), with the rounding error of the square fed back."""
        a = torch.clamp(cls._magnitude(x), max=mills.FARTHEST)
        square = a * a
        half = a * SPLITTERS[a.dtype]
        high = half - (half - a)
        low = a - high
        error = ((high * high - square) + 2 * high * low) + low * low
        return torch.exp(-0.5 * square) * (1 - 0.5 * error)

    @classmethod
    def normal_times(cls, y: Any, x: Tensor) -> Tensor:
        return cls._decayed(y, cls._bell(x)) / ROOT_TAU

    @classmethod
    def ndtr_times(cls, y: Any, x: Tensor) -> Tensor:
        a = torch.clamp(cls._magnitude(x), max=mills.FARTHEST)
        u = (a - mills.CENTRE) / (a + mills.CENTRE)
        p = u * mills.COEFFICIENTS[-1] + mills.COEFFICIENTS[-2]
        for c in mills.COEFFICIENTS[-3::-1]:
            p = p * u + c
        tail = p / (a + mills.CENTRE) * cls._bell(x)
        return cls._decayed(y, tail + _nonnegative(x) * (1 - 2 * tail))

    @staticmethod
    def exp_difference(x: Tensor, y: Tensor) -> Tensor:
        d = x - y
        back = d + y
        error = (x - back) - (y - (back - d))  # x - y = d + error exactly (Knuth)
        e = torch.exp(d)
        return torch.where(torch.isfinite(error), e + e * error, e)

    @staticmethod
    def row_sum(x: Tensor) -> Tensor:
        return torch.sum(x, dim=-1, keepdim=True)

    @staticmethod
    def row_max(x: Tensor) -> Tensor:
        return torch.max(x, dim=-1, keepdim=True).values  # one index, the same as argmax's

    @staticmethod
    def row_argmax(x: Tensor) -> Tensor:
        classes = torch.arange(x.shape[-1], device=x.device)
        return classes == torch.argmax(x, dim=-1, keepdim=True)

    @staticmethod
    def one_hot(index: Tensor, x: Tensor) -> Tensor:
        return (index == torch.arange(x.shape[-1], device=x.device)).to(x.dtype)


class DifferentiableMath(TorchMath):
    """The same words for bodies that autograd differentiates: at 0 every branch is the one of x > 0."""

    @staticmethod
    def fill(x: Tensor, constant: float) -> Tensor:
        return torch.where(torch.isnan(x), x, constant)

    @staticmethod
    def _magnitude(x: Tensor) -> Tensor:
        return torch.where(x < 0, -x, x)

    @staticmethod
    def _growing(x: Tensor, z: Tensor) -> Tensor:
        return torch.where(x < 0, z, 1.0)

    @staticmethod
    def _decayed(y: Any, z: Tensor) -> Tensor:
        return torch.where(z == 0, 0.0, y * z)


MATH: Any = TorchMath()
DIFFERENTIABLE: Any = DifferentiableMath()


def _widen(a: Tensor) -> Tensor:
    return a.float() if a.dtype in (torch.float16, torch.bfloat16) else a


def _evaluate(body: Body, arguments: Sequence[Tensor], math: Any = MATH) -> Tensor:
    result = body(math, *(_widen(a) for a in arguments))
    result = result.to(arguments[0].dtype)
    # the identity: a result never shares memory with an input
    return result.clone() if result is arguments[0] else result


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
    words = DIFFERENTIABLE
    floats = ("float16", "bfloat16", "float32", "float64")
    where = staticmethod(torch.where)
    moveaxis = staticmethod(torch.movedim)  # which vmap knows
    broadcast_to = staticmethod(torch.broadcast_to)
    concatenate = staticmethod(torch.cat)
    without_graph = torch.no_grad

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
        return not any(a.device.type == "meta" or wrapped(a) for a in arrays)

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

    @staticmethod
    def pointwise(
        ops: Sequence[Op], arrays: Sequence[Tensor], outs: Sequence[Any] = (), divisor: Any = None
    ) -> tuple[Tensor, ...]:
        """Evaluate several operations."""
        del outs
        arrays = _broadcast(arrays)
        results = (_call(op, *arrays) for op in ops)
        return tuple(r if divisor is None else (r / divisor).to(r.dtype) for r in results)

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
    ) -> tuple[Tensor, ...]:
        """Evaluate operations along the last axis; `wide` keeps float16 results in float32."""
        del widths
        arrays = [_widen(a) for a in arrays] if wide else arrays
        results = (_call(op, *arrays) for op in ops)
        return tuple(r if divisor is None else (r / divisor).to(r.dtype) for r in results)

    @classmethod
    def rows_with_value(
        cls, value: Op, op: Op, arrays: Sequence[Tensor], width: int, divisor: Any
    ) -> tuple[Tensor, Tensor]:
        """Evaluate a row loss, wide, and another operation of it divided by `divisor`."""
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
