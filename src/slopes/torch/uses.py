"""How torch writes activations: its modules, functions and methods, and ours of the same meaning."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from inspect import signature
from types import BuiltinFunctionType, FunctionType
from typing import Any

import torch
from torch import Tensor, fx, nn
from torch.nn import functional

from slopes.api.activation import ActivationFunction
from slopes.api.catalogue import get
from slopes.api.function import Function
from slopes.torch.modules import Activation

_ROW = ("dim", "dtype")
#: torch's name -> ours, and torch's arguments after the input where the function has no signature
NAMES: dict[str, tuple[str, tuple[str, ...]]] = {
    "arctan": ("arctan", ()),
    "atan": ("arctan", ()),
    "celu": ("celu", ("alpha",)),
    "elu": ("elu", ("alpha",)),
    "erf": ("erf", ()),
    "exp": ("exponential", ()),
    "gelu": ("gelu", ("approximate",)),
    "glu": ("glu", ("dim",)),
    "hardshrink": ("hardshrink", ("lambd",)),
    "hardsigmoid": ("hard_sigmoid", ()),
    "hardswish": ("hard_swish", ()),
    "hardtanh": ("hard_tanh", ("min_val", "max_val")),
    "leaky_relu": ("leaky_relu", ("negative_slope",)),
    "log_softmax": ("log_softmax", _ROW),
    "logsigmoid": ("log_sigmoid", ()),
    "mish": ("mish", ()),
    "prelu": ("prelu", ("weight",)),
    "relu": ("relu", ()),
    "relu6": ("relu6", ()),
    "rrelu": ("rrelu", ("lower", "upper")),
    "selu": ("selu", ()),
    "sigmoid": ("sigmoid", ()),
    "silu": ("silu", ()),
    "sin": ("sine", ()),
    "softmax": ("softmax", _ROW),
    "softmin": ("softmin", _ROW),
    "softplus": ("softplus", ("beta", "threshold")),
    "softshrink": ("softshrink", ("lambd",)),
    "softsign": ("softsign", ()),
    "tanh": ("tanh", ()),
    "tanhshrink": ("tanhshrink", ()),
    "threshold": ("threshold", ("threshold", "value")),
}
#: our parameter -> torch's name of it, where they differ
_PARAMETERS = {"min_value": "min_val", "max_value": "max_val", "replacement": "value", "slope": "weight"}


@dataclass(frozen=True)
class Use:
    """An activation where a model has it."""

    function: Function  #: ours of the same meaning
    written: str  #: as the model has it: "F.relu", "x.relu()", "ReLU(inplace=True)"
    axis: int | None = None  #: of a row function, if it is said
    dtype: torch.dtype | None = None  #: to which the input goes first
    inplace: bool = False
    learned: Mapping[str, Tensor] = field(default_factory=dict)  #: trained parameters of a module
    other: tuple[str, ...] = ()  #: parameters that are no number which ours takes


def _use(name: str, given: Mapping[str, Any], written: str) -> Use:
    """Describe a use by torch's name and the arguments that it is given there."""
    ours = NAMES[name][0]
    if given.get("approximate") == "tanh":
        ours = "gelu_tanh"
    f = get(ours)
    known = {p: given[theirs] for p in f.parameters if (theirs := _PARAMETERS.get(p, p)) in given}
    learned = {p: value for p, value in known.items() if isinstance(value, Tensor)}
    rest = {p: value for p, value in known.items() if p not in learned}
    try:
        f = get(ours, **rest) if rest else f
        rest = {}
    except ValueError:  # the model computes it, or torch allows what ours does not
        pass
    axis = given.get("dim")
    return Use(
        f,
        written,
        axis if isinstance(axis, int) else None,
        given.get("dtype"),
        given.get("inplace") is True,
        learned,
        tuple(rest),
    )


def _modules() -> Iterator[tuple[type[nn.Module], str]]:
    classes = {name.lower(): value for name, value in vars(nn).items() if isinstance(value, type)}
    for name in NAMES:
        if name.replace("_", "") in classes:
            yield classes[name.replace("_", "")], name


MODULES = dict(_modules())


def use_of_module(module: nn.Module) -> Use | None:
    """Describe a module that is an activation; None for any other."""
    if isinstance(module, Activation):
        learned = {name: getattr(module, name) for name in module.learned}
        by_row = not isinstance(module.function, ActivationFunction)
        return Use(module.function, repr(module), module.axis if by_row else None, learned=learned)
    if isinstance(module, nn.Softmax2d):
        return _use("softmax", {"dim": -3}, repr(module))
    for cls in type(module).__mro__:
        if cls in MODULES and type(module).forward is cls.forward:
            given = {**vars(module), **dict(module.named_parameters(recurse=False))}
            return _use(MODULES[cls], given, repr(module))
    return None


def _functions() -> Iterator[tuple[Callable[..., Any], tuple[str, str]]]:
    for prefix, namespace in (("F", functional), ("torch", torch)):
        for name in NAMES:
            for variant in (name, f"{name}_"):
                if callable(found := getattr(namespace, variant, None)):
                    yield found, (name, f"{prefix}.{variant}")


FUNCTIONS = dict(_functions())
METHODS = {
    variant: name for name in NAMES for variant in (name, f"{name}_") if hasattr(torch.Tensor, variant)
}


def use_of_function(value: Any) -> Use | None:
    """Describe a function of torch, as modules keep one in an attribute; None for anything else."""
    if not isinstance(value, FunctionType | BuiltinFunctionType) or value not in FUNCTIONS:
        return None
    name, written = FUNCTIONS[value]
    return _use(name, {}, written)


def use_of_node(node: fx.Node) -> Use | None:
    """Describe an operation of a graph that is an activation; None for any other."""
    if node.op == "call_function" and node.target in FUNCTIONS:
        name, written = FUNCTIONS[node.target]
        given = _arguments(name, node.target, node.args[1:])
    elif node.op == "call_method" and node.target in METHODS:
        name, written = METHODS[node.target], f"x.{node.target}()"
        given = dict(zip(NAMES[name][1], node.args[1:], strict=False))
    else:
        return None
    inplace = {"inplace": True} if written.rstrip("()").endswith("_") else {}
    return _use(name, {**given, **node.kwargs, **inplace}, written)


def _arguments(name: str, function: Any, values: tuple[Any, ...]) -> dict[str, Any]:
    """Name the positional arguments after the input."""
    try:
        names = tuple(signature(function).parameters)[1:]
    except ValueError:  # compiled
        names = NAMES[name][1]
    return dict(zip(names, values, strict=False))


#: modules that compute activations within one operation
FUSED: dict[type[nn.Module], tuple[str, ...]] = {
    nn.LSTM: ("sigmoid", "tanh"),
    nn.LSTMCell: ("sigmoid", "tanh"),
    nn.GRU: ("sigmoid", "tanh"),
    nn.GRUCell: ("sigmoid", "tanh"),
    nn.RNN: ("relu", "tanh"),
    nn.RNNCell: ("relu", "tanh"),
    nn.MultiheadAttention: ("softmax",),
    nn.AdaptiveLogSoftmaxWithLoss: ("log_softmax",),
}


def fused_in_module(module: nn.Module) -> tuple[str, ...]:
    """The activations that a module of torch computes within one operation."""
    for cls, names in FUSED.items():
        if isinstance(module, cls):
            own = getattr(module, "nonlinearity", None)
            return (own,) if own in names else names
    return ()


def fused_in_node(node: fx.Node) -> tuple[str, ...]:
    """The same of an operation of a graph."""
    return ("softmax",) if node.target is functional.scaled_dot_product_attention else ()
