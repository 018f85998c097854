"""The type stub `slopes/__init__.pyi`, so that editors and type checkers see every function and parameter.

`python -m slopes.emit.stub` writes it; a test compares it.
"""

from pathlib import Path

import slopes.activations
import slopes.losses
from slopes.core import Activation, ArrayLoss, Definition, RowActivation, RowLoss, definitions

HEAD = '''"""Printed from the definitions by `python -m slopes.emit.stub`."""

from typing import Any, TypeVar

from slopes import boosting as boosting
from slopes import torch as torch
from slopes.api.activation import ActivationFunction
from slopes.api.array_loss import ArrayLossFunction
from slopes.api.catalogue import Register
from slopes.api.function import Function
from slopes.api.loss import PointwiseLossFunction
from slopes.api.row import RowFunction
from slopes.api.row_loss import RowLossFunction
from slopes.backends.kernels import kernels as kernels
from slopes.backends.kernels import set_memory_reuse as set_memory_reuse
from slopes.backends.kernels import set_num_threads as set_num_threads
from slopes.api.class_weights import class_balanced_weights as class_balanced_weights
from slopes.api.ctc import ctc as ctc
from slopes.api.gumbel import gumbel_softmax as gumbel_softmax
from slopes.api.linear_cross_entropy import linear_cross_entropy as linear_cross_entropy
from slopes.core import UnknownName as UnknownName

A = TypeVar("A")

__version__: str
activations: Register
losses: Register

def get(name: str, **parameters: Any) -> Function: ...
'''
ROW = "*, axis: int = -1, where: Any = None, out: Any = None"
LOSS = "*, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None"
ROW_LOSS = (
    "*, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, "
    "weight: Any = None, where: Any = None, reduction: str = 'mean'"
)


def _call(definition: type[Definition]) -> tuple[str, str]:
    """The public base class, and the signature of a call without parameters."""
    if issubclass(definition, Activation):
        return "ActivationFunction", "(self, x: A, *, out: Any = None{}) -> A"
    if issubclass(definition, RowActivation):
        return "RowFunction", f"(self, x: A, {ROW}{{}}) -> A"
    if issubclass(definition, RowLoss):
        return "RowLossFunction", f"(self, prediction: Any, target: Any, {ROW_LOSS}{{}}) -> Any"
    if issubclass(definition, ArrayLoss):
        return "ArrayLossFunction", f"(self, {_of_arrays(definition)}{{}}) -> Any"
    return "PointwiseLossFunction", f"(self, prediction: Any, target: Any, {LOSS}{{}}) -> Any"


def _of_arrays(definition: type[ArrayLoss]) -> str:
    """The arrays and options of a call, as `arguments_of` gives them to the public function."""
    arrays = "".join(f"{name}: Any, " for name in definition.arrays)
    axis = {"set": "axis: int | tuple[int, ...] | None = None, ", "last": ""}.get(
        definition.axes, "axis: int = -1, "
    )
    where = "where: Any = None, " if definition.masks() else ""
    return f"{arrays}*, {axis}weight: Any = None, {where}reduction: str = 'mean'"


def _class(definition: type[Definition]) -> str:
    parameters = [
        (name, bounds.type_name, value, bounds.learnable)
        for (name, bounds), value in zip(
            definition.bounds().items(), definition().parameters.values(), strict=True
        )
    ]
    base, call = _call(definition)
    made = "".join(f", {name}: {kind} = {value!r}" for name, kind, value, _ in parameters)
    asked = "".join(
        f", {name}: {'Any' if learnable else kind} = {value!r}" for name, kind, value, learnable in parameters
    )
    star = ", *" if made else ""
    return (
        f"class {definition.__name__}({base}):\n"
        f"    def __init__(self{star}{made}) -> None: ...\n"
        f"    def __call__{call.format(asked)}: ...  # type: ignore[override]\n\n"
        f"{definition.name}: {definition.__name__}\n"
    )


def stub() -> str:
    """Return the text of the stub."""
    blocks = (_class(definition) for _, definition in sorted(definitions.items()))
    return HEAD + "\n" + "\n".join(blocks)


if __name__ == "__main__":
    path = Path(slopes.__file__).with_suffix(".pyi")
    path.write_text(stub())
    print(f"wrote {path.name}: {len(definitions)} functions")
