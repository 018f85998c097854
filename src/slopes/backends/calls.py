"""The shortest way through a call: one compiled function that checks its arguments, computes, and returns.

It is for plain NumPy arrays: native float16, float32 or float64 in C order, of equal shapes. For all else,
and for all that is wrong, it returns None; then the functions of `slopes.api` compute it, or say what is
wrong. Both ways run the same loops.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slopes.backends import kernels
from slopes.core import Op
from slopes.core.op import Kernel

Call = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class CurveCalls:
    """The methods of an activation, each of (x, cotangent, out)."""

    value: Call
    derivative: Call
    second_derivative: Call
    vjp: Call
    value_and_derivative: Call

    @classmethod
    def of(cls, op: Op) -> "CurveCalls":
        """Return the calls of an activation at its own parameters."""
        return cls(*(kernels.bind_curve(op.kernel, method) for method in cls.__slots__))


@dataclass(frozen=True, slots=True)
class LossCalls:
    """The methods of a loss without weight and mask, each of (prediction, target, reduction, out)."""

    value: Call
    gradient: Call
    hessian: Call
    value_and_gradient: Call
    gradient_and_hessian: Call

    @classmethod
    def of(cls, definition: Any) -> "LossCalls":
        """Return the calls of a pointwise loss at its own parameters."""
        strict, ends = getattr(definition, "strict", False), definition.kind == "margin_loss"
        ranges = definition.predictions, definition.targets, strict, ends
        kernel: Kernel | None = definition.op().kernel
        return cls(*(kernels.bind_loss(kernel, method.split("_and_"), *ranges) for method in cls.__slots__))
