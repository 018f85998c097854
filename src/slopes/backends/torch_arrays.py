"""Losses of several arrays on tensors: their words, and reverse mode in place of autograd's first step."""

from collections.abc import Sequence
from typing import Any, ClassVar

import torch
from torch import Tensor
from torch.autograd import forward_ad

from slopes.backends.spectrum import SpectrumWords
from slopes.backends.torch_kernels import autocasting, widen
from slopes.core import Body, Reverse
from slopes.core.adjoint import gradient


def _order(key: Tensor) -> Tensor:
    """The places of a falling key; equal keys keep their order."""
    return torch.argsort(key, dim=-1, descending=True, stable=True)


class TorchArrayWords(SpectrumWords):
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
        if not autocasting(x):
            return torch.matmul(x, y)
        with torch.autocast(x.device.type, enabled=False):  # which would round to float16 or bfloat16 first
            return torch.matmul(x, y)

    @staticmethod
    def constant(x: Tensor, values: Any) -> Tensor:
        return torch.as_tensor(values, dtype=x.dtype, device=x.device)

    @staticmethod
    def taken(x: Tensor, index: Any) -> Tensor:
        return x[..., torch.as_tensor(index, device=x.device)]

    @staticmethod
    def flat(x: Tensor) -> Tensor:
        return torch.flatten(x, -2)

    @staticmethod
    def rfft(x: Tensor, size: int) -> Tensor:
        z = torch.fft.rfft(x, size)
        return torch.cat([z.real, z.imag], dim=-1)

    @staticmethod
    def irfft(x: Tensor, size: int) -> Tensor:
        rows: Tensor = torch.fft.irfft(torch.complex(*torch.chunk(x, 2, dim=-1)), size)
        return rows

    @staticmethod
    def eye(x: Tensor) -> Tensor:
        return torch.eye(x.shape[-1], dtype=x.dtype, device=x.device).expand(x.shape)

    @staticmethod
    def sum_to(x: Tensor, like: Tensor) -> Tensor:
        return x if x.shape == like.shape else x.sum_to_size(like.shape)

    @staticmethod
    def spread_to(x: Tensor, like: Tensor) -> Tensor:
        return torch.broadcast_tensors(x, like)[0]  # type: ignore[no-any-return, no-untyped-call]


class _Reversed(torch.autograd.Function):
    """A body whose gradients, of every order, come from reverse mode over the vocabulary.

    One pass gives the gradients in all arguments, and is itself such a body.
    """

    generate_vmap_rule = True

    @staticmethod
    def forward(body: Body, words: Any, *arrays: Tensor) -> Any:
        result = body(words, *arrays)
        return _apart(result, arrays) if isinstance(result, tuple) else result

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        ctx.body, ctx.words = inputs[:2]
        ctx.several = isinstance(output, tuple)
        ctx.shapes = [r.shape for r in (output if ctx.several else (output,))]
        ctx.save_for_backward(*inputs[2:])
        if forward_ad._current_level >= 0:
            ctx.save_for_forward(*inputs[2:])

    @staticmethod
    def backward(ctx: Any, *cotangents: Tensor) -> tuple[Tensor | None, ...]:
        arrays = ctx.saved_tensors
        needed = [i for i, need in enumerate(ctx.needs_input_grad[2:]) if need]
        body = gradient(ctx.body, needed, len(ctx.shapes))
        pulled = _Reversed.apply(body, ctx.words, *arrays, *cotangents)  # type: ignore[no-untyped-call]
        found = dict(zip(needed, pulled, strict=True))
        return None, None, *(found.get(i) for i in range(len(arrays)))

    @staticmethod
    def jvp(ctx: Any, _body: None, _words: None, *tangents: Tensor | None) -> Any:
        """Forward mode, as the transpose of reverse mode: what that does to cotangents is linear."""
        arrays = ctx.saved_tensors
        moved = [i for i, tangent in enumerate(tangents) if tangent is not None]
        # a linear map is the same everywhere; but 0, where words cut off what does not count, is an edge
        some = [_spread(arrays[moved[0]], shape) for shape in ctx.shapes]
        pull = gradient(ctx.body, moved, len(some))
        push = gradient(pull, range(len(arrays), len(arrays) + len(some)), len(moved))
        given = (*arrays, *some, *(tangents[i] for i in moved))
        pushed = _Reversed.apply(push, ctx.words, *given)  # type: ignore[no-untyped-call]
        return pushed if ctx.several else pushed[0]


def _spread(like: Tensor, shape: torch.Size) -> Tensor:
    """Numbers between 1 and 2."""
    return torch.linspace(1, 2, shape.numel(), dtype=like.dtype, device=like.device).reshape(shape)


def _apart(results: tuple[Tensor, ...], arrays: Sequence[Tensor]) -> tuple[Tensor, ...]:
    """Results of which none is another or an input, as autograd wants them."""
    seen = {id(a) for a in arrays}
    found = []
    for result in results:
        found.append(result.clone() if id(result) in seen or result._is_view() else result)
        seen.add(id(result))
    return tuple(found)


class TorchReverse:
    """How the backend evaluates losses of several arrays."""

    words: ClassVar[Any]  #: the vocabulary

    @classmethod
    def reverse(cls, op: Reverse, arrays: Sequence[Tensor]) -> Tensor:
        """The value, in float32 at least."""
        wide = map(widen, arrays)
        return _Reversed.apply(op.body, cls.words, *wide)  # type: ignore[no-any-return, no-untyped-call]

    @classmethod
    def reverse_with_gradients(
        cls, op: Reverse, arrays: Sequence[Tensor], cotangent: Tensor, divisor: Any
    ) -> tuple[Tensor, tuple[Tensor, ...]]:
        """The same, and the cotangents of the learned arguments, each in its argument's dtype."""
        wide = [widen(a) for a in arrays]
        share = widen(cotangent) / (1 if divisor is None else divisor)
        value, *pulled = _Reversed.apply(op.with_gradient, cls.words, *wide, share)  # type: ignore[no-untyped-call]
        return value, tuple(c.to(arrays[i].dtype) for i, c in zip(op.learned, pulled, strict=True))
