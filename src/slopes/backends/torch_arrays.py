"""Losses of several arrays on tensors: their words, and reverse mode in place of autograd's first step."""

from collections.abc import Sequence
from typing import Any, ClassVar

import torch
from torch import Tensor

from slopes.core import Reverse
from slopes.core.adjoint import record


def _order(key: Tensor) -> Tensor:
    """The places of a falling key; equal keys keep their order."""
    return torch.argsort(key, dim=-1, descending=True, stable=True)


class TorchArrayWords:
    """The words on whole arrays."""

    @staticmethod
    def row_norm(x: Tensor) -> Tensor:
        """Rows are scaled by a power of two, so that no square overflows or vanishes."""
        if x.shape[-1] == 0:
            return torch.sum(x, dim=-1, keepdim=True)
        most = torch.amax(torch.abs(x.detach()), dim=-1, keepdim=True)
        usual = torch.isfinite(most) & (most > 0)
        scale = torch.where(usual, torch.exp2(torch.floor(torch.log2(most))), 1.0)
        rows = x / scale
        square = torch.sum(rows * rows, dim=-1, keepdim=True)
        zero = square == 0
        return scale * torch.where(zero, 0.0, torch.sqrt(torch.where(zero, 1.0, square)))

    @classmethod
    def row_unit(cls, x: Tensor) -> Tensor:
        norm = cls.row_norm(x)
        return x / torch.where(norm == 0, 1.0, norm)

    @staticmethod
    def row_cumsum(x: Tensor) -> Tensor:
        return torch.cumsum(x, dim=-1)

    @staticmethod
    def row_cumsum_back(x: Tensor) -> Tensor:
        return torch.flip(torch.cumsum(torch.flip(x, (-1,)), dim=-1), (-1,))

    @staticmethod
    def row_sorted(key: Tensor, x: Tensor) -> Tensor:
        return torch.gather(x, -1, _order(key))

    @staticmethod
    def row_unsorted(key: Tensor, x: Tensor) -> Tensor:
        return torch.gather(x, -1, torch.argsort(_order(key), dim=-1))

    @staticmethod
    def column(x: Tensor, index: int) -> Tensor:
        return x[..., index : index + 1]

    @staticmethod
    def transpose(x: Tensor) -> Tensor:
        return torch.transpose(x, -1, -2)

    @staticmethod
    def matmul(x: Tensor, y: Tensor) -> Tensor:
        return torch.matmul(x, y)

    @staticmethod
    def eye(x: Tensor) -> Tensor:
        return torch.eye(x.shape[-1], dtype=x.dtype, device=x.device).expand(x.shape)

    @staticmethod
    def sum_to(x: Tensor, like: Tensor) -> Tensor:
        return x if x.shape == like.shape else x.sum_to_size(like.shape)

    @staticmethod
    def spread_to(x: Tensor, like: Tensor) -> Tensor:
        return torch.broadcast_to(x, torch.broadcast_shapes(x.shape, like.shape))


class _Reversed(torch.autograd.Function):
    """A body whose gradients come from reverse mode over the vocabulary, in one pass for all of them."""

    generate_vmap_rule = True

    @staticmethod
    def forward(op: Reverse, words: Any, *arrays: Tensor) -> Tensor:
        return op.body(words, *arrays)  # type: ignore[no-any-return]

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
        del output
        ctx.op, ctx.words = inputs[:2]
        ctx.save_for_backward(*inputs[2:])

    @staticmethod
    def backward(ctx: Any, cotangent: Tensor) -> tuple[Tensor | None, ...]:
        needed = [i for i, need in enumerate(ctx.needs_input_grad[2:]) if need]
        _, pull = record(ctx.words, ctx.op.body, ctx.saved_tensors, needed)
        found = dict(zip(needed, pull(cotangent), strict=True))
        return None, None, *(found.get(i) for i in range(len(ctx.saved_tensors)))


def _widen(a: Tensor) -> Tensor:
    return a.float() if a.dtype in (torch.float16, torch.bfloat16) else a


class TorchReverse:
    """How the backend evaluates losses of several arrays."""

    words: ClassVar[Any]  #: the vocabulary, in a form that autograd can differentiate once more

    @classmethod
    def reverse(cls, op: Reverse, arrays: Sequence[Tensor]) -> Tensor:
        """The value, in float32 at least."""
        return _Reversed.apply(op, cls.words, *map(_widen, arrays))  # type: ignore[no-any-return, no-untyped-call]

    @classmethod
    def reverse_with_gradients(
        cls, op: Reverse, arrays: Sequence[Tensor], cotangent: Tensor, divisor: Any
    ) -> tuple[Tensor, tuple[Tensor, ...]]:
        """The same, and the cotangents of the learned arguments, each in its argument's dtype."""
        value, pull = op.record(cls.words, [_widen(a) for a in arrays])
        pulled = zip(op.learned, pull(_widen(cotangent) / (1 if divisor is None else divisor)), strict=True)
        return value, tuple(c.to(arrays[i].dtype) for i, c in pulled)
