"""PyTorch tensors in the memory of a CPU: the compiled kernels read them where they are.

Each function here returns None where the kernels cannot do what is asked; plain operations then do it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from slopes.backends import kernels
from slopes.core import Op

ORDINARY = (Tensor, torch.nn.Parameter)  #: subclasses may stand for something else than memory
HALF = (torch.float16, torch.bfloat16)
LENT = (torch.float32, torch.float64, torch.bool, torch.int64)  #: the dtypes that the kernels read

wrapped = torch._C._functorch.is_functorch_wrapped_tensor
_modes = torch._C._len_torch_dispatch_stack
_tracing = torch._C._get_tracing_state


def concrete(*arrays: Any) -> bool:
    """Whether values can be looked at: not inside torch.compile, export or vmap, or on the meta device."""
    for a in arrays:
        if type(a) not in ORDINARY or wrapped(a) or a.is_meta:
            return False
    return not (_modes() or _tracing() is not None or torch.compiler.is_compiling())


def widen(a: Tensor) -> Tensor:
    """float16 and bfloat16 as float32."""
    return a.float() if a.dtype in HALF else a


def autocasting(x: Tensor) -> bool:
    """Whether operations on a tensor are run in a dtype of autocast's choice."""
    device = x.device.type
    return torch.amp.is_autocast_available(device) and torch.is_autocast_enabled(device)


def pointwise(ops: Sequence[Op], arrays: Sequence[Tensor], divisor: Any = None) -> list[Tensor] | None:
    """Operations of one function, elementwise, in one pass; results have the dtype of the first array."""
    lent = _lent(arrays, half=len(arrays) == 1 and divisor is None)
    if lent is None:
        return None
    outs = [np.empty_like(lent[0]) for _ in ops]
    if not kernels.pointwise(ops, lent, outs, divisor):
        return None
    return [_returned(out, arrays[0].dtype) for out in outs]


def vjp(op: Op, x: Tensor, cotangent: Tensor) -> Tensor | None:
    """The product of cotangent and derivative of an activation."""
    lent = _lent((x, cotangent), half=True)
    if lent is None:
        return None
    out = np.empty_like(lent[0])
    return _returned(out, x.dtype) if kernels.vjp(op, lent[:1], lent[1], out) else None


def total(op: Op, arrays: Sequence[Tensor], also: Sequence[Op], divisor: Any) -> Any:
    """The sum of a loss, in float64, and other operations divided by `divisor`, in one pass."""
    lent = _lent(arrays)
    if lent is None:
        return None
    outs = [np.empty_like(lent[0]) for _ in also]
    found = kernels.total(op, lent, also, outs, divisor)
    if found is None:
        return None
    return torch.tensor(found, dtype=torch.float64), [_returned(out, arrays[0].dtype) for out in outs]


def rows(
    ops: Sequence[Op], arrays: Sequence[Tensor], widths: Sequence[int], divisor: Any, wide: Sequence[bool]
) -> list[Tensor] | None:
    """Operations along the last axis; `wide` says of each whether its result is float64."""
    lent = _lent(arrays)
    ready = [_with_class_weight(op) for op in ops]
    if lent is None or any(op is None for op in ready):
        return None
    x = lent[0]
    outs = [
        np.empty((*x.shape[:-1], width), np.float64 if full else x.dtype)
        for width, full in zip(widths, wide, strict=True)
    ]
    if not kernels.rows(ready, lent, outs, divisor):  # type: ignore[arg-type]
        return None
    dtypes = (torch.float64 if full else arrays[0].dtype for full in wide)
    return [_returned(out, dtype) for out, dtype in zip(outs, dtypes, strict=True)]


def _with_class_weight(op: Op) -> Op | None:
    """The operation with its class weights lent too."""
    if op.kernel is None or op.kernel.class_weight is None:
        return op
    lent = _lent((op.kernel.class_weight,))
    return lent and Op(op.body, kernel=op.kernel._replace(class_weight=lent[0]))  # type: ignore[return-value]


def _lent(arrays: Sequence[Tensor], half: bool = False) -> list[Any] | None:
    """Tensors as NumPy arrays of the same memory; float16 is widened, unless it may stay `half`."""
    if not concrete(*arrays):
        return None
    found = []
    for a in arrays:
        if not a.is_cpu or a.layout is not torch.strided or a.is_neg():
            return None
        if a.dtype not in LENT and not (half and a.dtype is torch.float16):
            if a.dtype not in HALF:
                return None
            a = a.float()
        found.append((a.detach() if a.requires_grad else a).numpy())
    return found


def _returned(out: Any, dtype: torch.dtype) -> Tensor:
    """A result as a tensor. Large memory of NumPy's costs less than torch's: it asks for huge pages."""
    made = torch.from_numpy(out)
    return made if made.dtype is dtype else made.to(dtype)
