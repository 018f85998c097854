"""PyTorch: the vocabulary, for tensors of float32 or float64."""

from typing import Any

import torch
from torch import Tensor

from slopes.backends import mills
from slopes.backends.logarithm import LogarithmWords
from slopes.backends.normal import NormalWords
from slopes.backends.threshold import newton, threshold
from slopes.backends.torch_arrays import TorchArrayWords
from slopes.backends.torch_kernels import concrete

ROOT_TAU = 2.5066282746310002  #: sqrt(2 pi)
SPLITTERS = {torch.float32: 4097.0, torch.float64: 134217729.0}  #: Veltkamp's, 2^ceil(bits / 2) + 1


def _nonnegative(x: Tensor) -> Tensor:
    """1 for x >= 0, else 0; NaN for NaN."""
    return 1 + torch.floor(torch.clamp(x, -1, 0))


def _same(x: Tensor, y: Tensor) -> bool:
    """Whether two tensors are known to be equal: never where values cannot be looked at."""
    return concrete(x) and bool(((x == y) | torch.isnan(y)).all())


class TorchMath(LogarithmWords, NormalWords, TorchArrayWords):
    """The vocabulary in PyTorch.

    `torch.where` with a mask that alternates takes 20 times as long as arithmetic on a CPU, hence the clamps.
    """

    exp, log, log1p, tanh = torch.exp, torch.log, torch.log1p, torch.tanh
    sqrt, expm1, sin, cos, arctan = torch.sqrt, torch.expm1, torch.sin, torch.cos, torch.arctan
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
    def hypot(x: Tensor, y: Any) -> Tensor:
        return torch.hypot(x, y if isinstance(y, Tensor) else torch.full_like(x, y))

    @staticmethod
    def power(x: Tensor, p: Any) -> Tensor:
        return torch.where(x >= 0, torch.pow(x, p), torch.nan)

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

    @staticmethod
    def erf(x: Tensor) -> Tensor:
        return torch.erf(x)

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
    def row_threshold(x: Tensor, p: Any) -> Tensor:
        return threshold(MATH, x, p, _same)  # type: ignore[no-any-return]

    @staticmethod
    def row_half(x: Tensor, which: int) -> Tensor:
        return torch.tensor_split(x, [x.shape[-1] // 2], dim=-1)[which]

    @staticmethod
    def row_join(x: Tensor, y: Tensor) -> Tensor:
        return torch.cat([x, y], dim=-1)

    @staticmethod
    def one_hot(index: Tensor, x: Tensor) -> Tensor:
        return (index == torch.arange(x.shape[-1], device=x.device)).to(x.dtype)

    @staticmethod
    def below(index: Tensor, x: Tensor) -> Tensor:
        return (index > torch.arange(x.shape[-1], device=x.device)).to(x.dtype)


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

    @staticmethod
    def row_threshold(x: Tensor, p: Any) -> Tensor:
        t = MATH.row_threshold(x.detach(), p)
        # two steps from the solution do not move it, and are there to be differentiated twice
        return newton(DIFFERENTIABLE, x, p, newton(DIFFERENTIABLE, x, p, t))  # type: ignore[no-any-return]


MATH: Any = TorchMath()
DIFFERENTIABLE: Any = DifferentiableMath()
