"""Write models as ONNX, activations with its standard operators."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from os import PathLike
from typing import Any

import torch
from torch import Tensor, nn

from slopes.api.catalogue import get
from slopes.api.row import RowFunction
from slopes.torch.modules import Activation

OPSET = 20  #: the first with Gelu


def _silu(op: Any, x: Any, beta: Any) -> Any:
    return op.Mul(x, op.Sigmoid(_times(op, x, beta)))


def _softplus(op: Any, x: Any, beta: float) -> Any:
    return op.Softplus(x) if beta == 1 else op.Div(op.Softplus(op.Mul(x, beta)), beta)


def _times(op: Any, x: Any, factor: Any) -> Any:
    return x if isinstance(factor, float) and factor == 1 else op.Mul(x, factor)


def _glu(op: Any, x: Any, axis: int) -> Any:
    a, b = op.Split(x, axis=axis, num_outputs=2)
    return op.Mul(a, op.Sigmoid(b))


#: our name -> the operators, of the exporter's opset, the input and our parameters
OPERATORS: dict[str, Callable[..., Any]] = {
    "arctan": lambda op, x: op.Atan(x),
    "celu": lambda op, x, alpha: op.Celu(x, alpha=alpha),
    "elu": lambda op, x, alpha: op.Elu(x, alpha=alpha),
    "erf": lambda op, x: op.Erf(x),
    "exponential": lambda op, x: op.Exp(x),
    "gelu": lambda op, x: op.Gelu(x),
    "gelu_tanh": lambda op, x: op.Gelu(x, approximate="tanh"),
    "glu": _glu,
    "hard_sigmoid": lambda op, x: op.HardSigmoid(x, alpha=1 / 6, beta=0.5),
    "hard_swish": lambda op, x: op.HardSwish(x),
    "hard_tanh": lambda op, x, min_value, max_value: op.Clip(x, min_value, max_value),
    "hardmax": lambda op, x, axis: op.Hardmax(x, axis=axis),
    "hardshrink": lambda op, x, lambd: op.Shrink(x, lambd=lambd, bias=0.0),
    "identity": lambda op, x: op.Identity(x),
    "leaky_relu": lambda op, x, negative_slope: op.LeakyRelu(x, alpha=negative_slope),
    "log_sigmoid": lambda op, x: op.Neg(op.Softplus(op.Neg(x))),
    "log_softmax": lambda op, x, axis: op.LogSoftmax(x, axis=axis),
    "mish": lambda op, x: op.Mish(x),
    "prelu": lambda op, x, slope: op.PRelu(x, slope),
    "quick_gelu": lambda op, x: op.Mul(x, op.Sigmoid(op.Mul(x, 1.702))),
    "relu": lambda op, x: op.Relu(x),
    "relu6": lambda op, x: op.Clip(x, 0.0, 6.0),
    "selu": lambda op, x: op.Selu(x),
    "sigmoid": lambda op, x: op.Sigmoid(x),
    "silu": _silu,
    "sine": lambda op, x: op.Sin(x),
    "softmax": lambda op, x, axis: op.Softmax(x, axis=axis),
    "softmin": lambda op, x, axis: op.Softmax(op.Neg(x), axis=axis),
    "softplus": _softplus,
    "softshrink": lambda op, x, lambd: op.Shrink(x, lambd=lambd, bias=lambd),
    "softsign": lambda op, x: op.Softsign(x),
    "tanh": lambda op, x: op.Tanh(x),
    "tanhshrink": lambda op, x: op.Sub(x, op.Tanh(x)),
}


@torch.library.custom_op("slopes::activation", mutates_args=())
def _activation(x: Tensor, learned: list[Tensor], name: str, parameters: list[float], axis: int) -> Tensor:
    """An activation as one operation of a graph, until it is translated."""
    f = get(name)
    if isinstance(f, RowFunction):
        result: Tensor = f(x, axis=axis)
    else:
        result = f(x, **_named(name, learned, parameters))
    return result


_activation.register_fake(_activation._init_fn)


def _named(name: str, learned: list[Any], parameters: list[float]) -> dict[str, Any]:
    """The parameters by name; tensors come first, in the order of their names among the learnable."""
    f = get(name)
    values: dict[str, Any] = dict(zip(f.parameters, parameters, strict=True))
    return {**values, **dict(zip(f.learnable, learned, strict=False))}


def _translated(x: Any, learned: Any, name: str, parameters: Any, axis: int) -> Any:
    """The operators of an activation, in the exporter's graph."""
    from onnxscript import opset20

    row = {"axis": axis} if isinstance(get(name), RowFunction) else {}
    return OPERATORS[name](opset20, x, **_named(name, list(learned), list(parameters)), **row)


def _signbit(x: Any) -> Any:
    """The sign bit as a float, which the exporter cannot write; -0 has it, and 1 / -0 is below 0."""
    from onnxscript import opset20 as op

    return op.CastLike(op.Or(op.Less(x, 0.0), op.Less(op.Reciprocal(x), 0.0)), x)


def _hypot(x: Any, y: Any) -> Any:
    """The hypotenuse, whose squares do not overflow, which the exporter cannot write either."""
    from onnxscript import opset20 as op

    large, small = op.Max(op.Abs(x), op.Abs(y)), op.Min(op.Abs(x), op.Abs(y))
    ratio = op.Where(op.Equal(large, small), 1.0, op.Div(small, large))  # of 0 and 0, of infinities
    return op.Mul(large, op.Sqrt(op.Add(op.Mul(ratio, ratio), 1.0)))


def _forward(module: Activation, x: Tensor, *, where: Tensor | None = None) -> Tensor:
    """What an activation computes while it is exported."""
    if where is not None:
        return Activation.forward(module, x, where=where)
    f = module.function
    learned = [module.beside(x, name) for name in module.learned]
    result: Tensor = _activation(x, learned, f.name, [float(v) for v in f.parameters.values()], module.axis)
    return result


@contextmanager
def _as_operators(model: nn.Module) -> Iterator[None]:
    """Let activations that ONNX has operators for be one operation each."""
    chosen = [
        module
        for module in model.modules()
        if isinstance(module, Activation)
        and module.function.name in OPERATORS
        and module.learned in ((), module.function.learnable)
    ]
    try:
        for module in chosen:
            vars(module)["forward"] = partial(_forward, module)
        yield
    finally:
        for module in chosen:
            vars(module).pop("forward", None)


def export_onnx(
    model: nn.Module,
    args: tuple[Any, ...],
    path: str | PathLike[str] | None = None,
    *,
    opset_version: int = OPSET,
    custom_translation_table: Mapping[Callable[..., Any], Any] | None = None,
    **options: Any,
) -> Any:
    """Write a model as ONNX, its `Activation` modules with ONNX's standard operators where there are some.

    It is `torch.onnx.export(model, args, path, dynamo=True, ...)` with a table of translations: a GELU is one
    `Gelu`, not the forty operations by which ours keeps its tails. Its numbers are those of the runtime:
    onnxruntime's operators agree with ours to 4e-7 of max(1, |x|, |value|), while its `Sigmoid` has lost the
    tail below 1e-7. Functions without an operator are written as the operations that they are made of.

    Parameters
    ----------
    model : torch.nn.Module
        In evaluation mode, if that is how it will run.
    args : tuple of tensors
        Inputs to trace the model with.
    path : path, optional
        Where to write it; by default only the program is returned.
    opset_version : int, default 20
        At least 20, the first with Gelu.
    custom_translation_table : dict, optional
        More translations, of operations of your own.
    **options
        More options of `torch.onnx.export`, such as `dynamic_shapes` and `input_names`.

    Returns
    -------
    torch.onnx.ONNXProgram
        The exported program; `.save(path)` writes it too.

    Raises
    ------
    ImportError
        Without onnxscript, which PyTorch's exporter needs.
    ValueError
        For an opset below 20.

    Examples
    --------
    >>> import torch
    >>> import slopes.torch
    >>> model = torch.nn.Sequential(torch.nn.Linear(4, 8), slopes.torch.Activation("gelu")).eval()
    >>> program = slopes.torch.export_onnx(model, (torch.zeros(1, 4),), verbose=False)
    >>> [node.op_type for node in program.model.graph]
    ['Gemm', 'Gelu']
    """
    try:
        import onnxscript  # noqa: F401
    except ImportError as error:
        raise ImportError('export_onnx needs onnxscript: pip install "slopes[onnx]"') from error
    if opset_version < OPSET:
        raise ValueError(f"export_onnx: opset_version must be at least {OPSET}, got {opset_version!r}")
    options.setdefault("optimize", False)  # of torch 2.13 it loses a bound where two clamps meet
    table: dict[Any, Any] = {
        torch.ops.slopes.activation.default: _translated,
        torch.ops.prims.signbit.default: _signbit,
        torch.ops.prims.hypot.default: _hypot,
        **(custom_translation_table or {}),
    }
    with warnings.catch_warnings(), _as_operators(model):
        # of the exporter, about itself
        warnings.filterwarnings("ignore", ".*treespec, LeafSpec", FutureWarning)
        return torch.onnx.export(
            model,
            args,
            path,
            dynamo=True,
            opset_version=opset_version,
            custom_translation_table=table,
            **options,
        )
