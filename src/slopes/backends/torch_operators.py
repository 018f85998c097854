"""The kernels along rows as an operator, for the graphs of torch.compile on tensors in the memory of a CPU.

From plain operations Inductor makes a cross-entropy that takes four times as long as its kernel. What works
element by element has no operator: Inductor fuses plain operations with their neighbours, and is as fast.
An exported program holds plain operations only, which run where this package is not.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from slopes.backends import torch_kernels as kernels
from slopes.backends.kernels import ROWED
from slopes.backends.kernels import kernels as kernels_in_use
from slopes.core import Op
from slopes.core.op import Kernel

ROWS = ("cross_entropy", "softmax", "log_softmax")  #: the functions that have kernels along rows

_library = torch.library.Library("slopes", "DEF")  # type: ignore[no-untyped-call]
_library.define(  # type: ignore[no-untyped-call]
    "rows(Tensor[] arrays, Tensor? class_weight, str name, str method, float[] parameters, "
    "bool weight, bool mask, bool by_class) -> Tensor"
)


def is_value(kernel: Kernel) -> bool:
    """Whether a row becomes one number, in float64; other results have its length and dtype."""
    return kernel.name == "cross_entropy" and kernel.method == "value"


def rows(op: Op, arrays: Sequence[Tensor]) -> Tensor | None:
    """An operation along rows by its kernel, at once or as part of a graph; None where there is none."""
    kernel = op.kernel
    if kernel is None or kernel.name not in ROWS:
        return None
    if kernels.concrete(*arrays):
        value = is_value(kernel)
        found = kernels.rows((op,), arrays, (1 if value else arrays[0].shape[-1],), None, (value,))
        return None if found is None else found[0]
    if not _in_graph(kernel, arrays):
        return None
    x, *others = arrays
    wide = [kernels.widen(x), *(kernels.widen(a) for a in others)]
    weight = None if kernel.class_weight is None else kernels.widen(kernel.class_weight)
    parameters = [float(p) for p in kernel.parameters]
    result = torch.ops.slopes.rows(
        wide, weight, kernel.name, kernel.method, parameters, kernel.weight, kernel.mask, kernel.by_class
    )
    return result if is_value(kernel) else result.to(x.dtype)  # type: ignore[no-any-return]


def _in_graph(kernel: Kernel, arrays: Sequence[Tensor]) -> bool:
    """Whether torch.compile is making a graph in which the operator may stand."""
    if not torch.compiler.is_compiling() or torch.compiler.is_exporting() or not kernels_in_use():
        return False
    if kernel.name == "cross_entropy":
        known = not any(kernel.parameters[1:])
    else:
        known = (kernel.name, kernel.method) in ROWED
    there = all(a.device.type == "cpu" and not kernels.wrapped(a) for a in arrays)
    return known and there and arrays[0].dtype in (*kernels.HALF, torch.float32, torch.float64)


def _shape(arrays: Sequence[Tensor], name: str, method: str) -> tuple[tuple[int, ...], torch.dtype]:
    x = arrays[0]
    if is_value(Kernel(name, method, ())):
        return (*x.shape[:-1], 1), torch.float64
    return tuple(x.shape), x.dtype


def _run(
    arrays: Sequence[Tensor],
    class_weight: Tensor | None,
    name: str,
    method: str,
    parameters: Sequence[float],
    weight: bool,
    mask: bool,
    by_class: bool,
) -> Tensor:
    if by_class:
        _check_classes(arrays[1], arrays[0].shape[-1], arrays[-1] if mask else None)
    kernel = Kernel(name, method, tuple(parameters), (0.0, 0.0), weight, mask, by_class, class_weight)
    shape, dtype = _shape(arrays, name, method)
    if arrays[0].numel() == 0:
        return torch.empty(shape, dtype=dtype)
    found = kernels.rows((Op(_no_body, kernel=kernel),), arrays, shape[-1:], None, (is_value(kernel),))
    if found is None:
        raise RuntimeError(f"slopes::rows has no kernel for {name}, {method}")
    return found[0]


def _check_classes(index: Tensor, classes: int, keep: Tensor | None) -> None:
    """Raise for an index that a graph in the making could not look at: a kernel would read out of bounds."""
    outside = (index < 0) | (index >= classes)
    outside = outside if keep is None else outside & keep
    if bool(outside.any()):
        found = int(index[outside][0])
        raise ValueError(f"cross_entropy: class indices must lie between 0 and {classes - 1}, got {found}")


def _fake(arrays: Sequence[Tensor], class_weight: Tensor | None, name: str, method: str, *_: Any) -> Tensor:
    del class_weight
    shape, dtype = _shape(arrays, name, method)
    return arrays[0].new_empty(shape, dtype=dtype)


def _no_body(*_: Any) -> None:
    raise NotImplementedError("an operator is its kernel")


_library.impl("rows", _run, "CPU")  # type: ignore[no-untyped-call]
torch.library.register_fake("slopes::rows", _fake, lib=_library)
