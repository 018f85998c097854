"""PyTorch's automatic differentiation, in both modes and of every order, by the definitions' derivatives.

An operation saves its arguments as they are, and no more: what a derivative needs is computed when it is
asked for. Where no further graph is recorded, a gradient is one pass of a compiled kernel.
"""

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.autograd import forward_ad

from slopes.backends import torch_kernels as kernels
from slopes.backends.torch_kernels import widen
from slopes.backends.torch_kernels import wrapped as _wrapped
from slopes.backends.torch_math import DIFFERENTIABLE, MATH
from slopes.backends.torch_operators import ROWS, is_value, rows
from slopes.core import Op

_transforms = torch._C._functorch.peek_interpreter_stack


def evaluate(op: Op, arguments: Sequence[Tensor], wide: bool = False, words: Any = MATH) -> Tensor:
    """An operation without its derivatives; `wide` results are not rounded to float16 or bfloat16."""
    if op.kernel is not None and words is MATH:
        found = _by_kernel(op, arguments, wide)
        if found is not None:
            return found
    first = arguments[0]
    result = op.body(words, *map(widen, arguments))
    result = result if wide else result.to(first.dtype)
    # the identity: a result never shares memory with an input
    return result.clone() if any(result is a for a in arguments) else result  # type: ignore[no-any-return]


def _by_kernel(op: Op, arguments: Sequence[Tensor], wide: bool) -> Tensor | None:
    assert op.kernel is not None
    if op.kernel.name in ROWS:
        return rows(op, arguments) if wide or not is_value(op.kernel) else None
    if wide and arguments[0].dtype in kernels.HALF:
        arguments = [widen(a) for a in arguments]
    found = kernels.pointwise((op,), arguments)
    return None if found is None else found[0]


def call(op: Op, *arguments: Tensor, wide: bool = False) -> Tensor:
    """An operation, as part of the graph where one is recorded."""
    if _transforms() is not None and any(map(_wrapped, arguments)):
        return _Transformed.apply(op, wide, *arguments)  # type: ignore[no-any-return, no-untyped-call]
    if recorded(arguments):
        return _Exact.apply(op, wide, *arguments)  # type: ignore[no-any-return, no-untyped-call]
    return evaluate(op, arguments, wide)


def recorded(arguments: Sequence[Tensor]) -> bool:
    """Whether derivatives may be asked for."""
    if torch.is_grad_enabled():
        for a in arguments:
            if a.requires_grad:
                return True
    return forward_ad._current_level >= 0


def pullback(op: Op, index: int, arguments: Sequence[Tensor], cotangent: Tensor) -> Tensor:
    """The cotangent of one argument, rounded once to that argument's dtype."""
    if not torch.is_grad_enabled():
        found = _in_one_pass(op, index, arguments, cotangent)
        if found is not None:
            return found
    known = op.pullback(_wide, index, arguments, widen(cotangent))
    if known is None:
        return _vjp(op, index, arguments)(widen(cotangent)).to(arguments[index].dtype)  # type: ignore[no-any-return]
    return known.to(arguments[index].dtype)  # type: ignore[no-any-return]


def _wide(op: Op, *arguments: Tensor) -> Tensor:
    return call(op, *arguments, wide=True)


def _in_one_pass(op: Op, index: int, arguments: Sequence[Tensor], cotangent: Tensor) -> Tensor | None:
    """What a kernel knows: the first derivative of a value in its first argument, times the cotangent."""
    kernel = op.kernel
    if kernel is None or kernel.method != "value" or index != 0:
        return None
    if len(arguments) == 1 and kernel.name not in ROWS:
        return kernels.vjp(op, arguments[0], cotangent)
    if kernel.name in ROWS[1:] or len(arguments) - kernel.weight - kernel.mask != 2:
        return None
    x, target, *rest = arguments
    keep = rest[-1:] if kernel.mask else []
    factor = cotangent * rest[0] if kernel.weight else cotangent
    gradient = Op(op.body, kernel=kernel._replace(method="gradient", weight=True))
    given = (x, target, factor, *keep)
    if kernel.name in ROWS:
        return rows(gradient, given)
    found = kernels.pointwise((gradient,), given)
    return None if found is None else found[0]


def _vjp(op: Op, index: int, arguments: Sequence[Tensor]) -> Any:
    """How a cotangent is pulled back where the definition does not say: through the body itself."""

    def of_one(argument: Tensor) -> Tensor:
        given = [*arguments[:index], argument, *arguments[index + 1 :]]
        return evaluate(op, given, wide=True, words=DIFFERENTIABLE)

    pull = torch.func.vjp(of_one, arguments[index])[1]
    return lambda cotangent: pull(cotangent)[0]


def pushforward(op: Op, index: int, arguments: Sequence[Tensor], tangent: Tensor, result: Tensor) -> Tensor:
    """The tangent of the result, given that of one argument."""
    tangent = widen(tangent)
    known = op.pushforward(_wide, index, arguments, tangent)
    if known is not None:
        return known if known.shape == result.shape else known.sum(-1, keepdim=True)  # type: ignore[no-any-return]
    pull = _vjp(op, index, arguments)
    transposed = torch.func.vjp(pull, torch.zeros_like(result, dtype=tangent.dtype))[1]
    return transposed(tangent)[0]  # type: ignore[no-any-return]


def _save(ctx: Any, op: Op, wide: bool, arguments: Sequence[Tensor], result: Tensor) -> None:
    ctx.op, ctx.wide = op, wide
    ctx.save_for_backward(*arguments)
    if forward_ad._current_level >= 0:
        ctx.save_for_forward(*arguments, result)


def _gradients(ctx: Any, cotangent: Tensor) -> tuple[Tensor | None, ...]:
    arguments = ctx.saved_tensors
    needed = enumerate(ctx.needs_input_grad[2:])
    found = (pullback(ctx.op, i, arguments, cotangent) if need else None for i, need in needed)
    return None, None, *found


def _tangent(ctx: Any, _op: None, _wide: None, *tangents: Tensor | None) -> Tensor:
    *arguments, result = ctx.saved_tensors
    parts = [
        pushforward(ctx.op, i, arguments, tangent, result)
        for i, tangent in enumerate(tangents)
        if tangent is not None
    ]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total.to(result.dtype)


class _Exact(torch.autograd.Function):
    """An Op whose derivatives are the ones that its definition states."""

    @staticmethod
    def forward(ctx: Any, op: Op, wide: bool, *arguments: Tensor) -> Tensor:
        result = evaluate(op, arguments, wide)
        _save(ctx, op, wide, arguments, result)
        return result

    backward = staticmethod(_gradients)
    jvp = staticmethod(_tangent)


class _Transformed(torch.autograd.Function):
    """The same under torch.func, which wants the context apart, at the cost of a slower call."""

    generate_vmap_rule = True

    @staticmethod
    def forward(op: Op, wide: bool, *arguments: Tensor) -> Tensor:
        return evaluate(op, arguments, wide)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
        op, wide, *arguments = inputs
        _save(ctx, op, wide, arguments, output)

    backward = staticmethod(_gradients)
    jvp = staticmethod(_tangent)


class _Total(torch.autograd.Function):
    """The sum of an operation whose result has the shape of its arguments; its gradient is one pass more."""

    @staticmethod
    def forward(ctx: Any, op: Op, *arguments: Tensor) -> Tensor:
        ctx.op = op
        ctx.save_for_backward(*arguments)
        return _summed(op, arguments)

    @staticmethod
    def backward(ctx: Any, cotangent: Tensor) -> tuple[Tensor | None, ...]:
        arguments = ctx.saved_tensors
        spread = cotangent.to(widen(arguments[0]).dtype).expand(arguments[0].shape)

        def of(index: int) -> Tensor:
            if index == 0 and not torch.is_grad_enabled():
                found = _scaled_gradient(ctx.op, arguments, cotangent)
                if found is not None:
                    return found
            return pullback(ctx.op, index, arguments, spread)

        return None, *(of(i) if need else None for i, need in enumerate(ctx.needs_input_grad[1:]))


def _summed(op: Op, arguments: Sequence[Tensor]) -> Tensor:
    found = kernels.total(op, arguments, (), None)
    return torch.sum(evaluate(op, arguments, wide=True)) if found is None else found[0]


def _scaled_gradient(op: Op, arguments: Sequence[Tensor], cotangent: Tensor) -> Tensor | None:
    """The gradient in the first argument times a number, in one pass over memory."""
    if op.kernel is None or not op.partials or not kernels.concrete(cotangent):
        return None
    scale = cotangent.item()
    found = kernels.pointwise(op.partials[:1], arguments, 1 / scale if scale else math.inf)
    return None if found is None else found[0]


def total(op: Op, arguments: Sequence[Tensor]) -> Tensor:
    """The sum of an operation, as part of the graph where one is recorded; at least in float32."""
    if forward_ad._current_level >= 0 or _transforms() is not None:
        return torch.sum(call(op, *arguments, wide=True))
    if recorded(arguments):
        return _Total.apply(op, *arguments)  # type: ignore[no-any-return, no-untyped-call]
    return _summed(op, arguments)
