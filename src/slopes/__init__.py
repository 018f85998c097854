"""Activation and loss functions, each defined once, with exact derivatives.

`slopes.silu(x)` computes; `slopes.silu.derivative(x)` differentiates; `slopes.Huber(delta=2.0)` configures;
`slopes.get("swish")` finds. `slopes.activations` and `slopes.losses` are the registers. `slopes.kernels()`
says what computes; `slopes.set_num_threads(2)` on how many threads. `slopes.torch` has PyTorch modules.
"""

from difflib import get_close_matches
from importlib import import_module
from typing import Any

from slopes.api.catalogue import activations, by_class_name, functions, get, losses
from slopes.api.class_weights import class_balanced_weights
from slopes.api.ctc import ctc
from slopes.api.gumbel import gumbel_softmax
from slopes.api.linear_cross_entropy import linear_cross_entropy
from slopes.backends.kernels import kernels, set_memory_reuse, set_num_threads
from slopes.core import UnknownName

__all__ = [
    "UnknownName",
    "__version__",
    "activations",
    "class_balanced_weights",
    "ctc",
    "get",
    "gumbel_softmax",
    "kernels",
    "linear_cross_entropy",
    "losses",
    "set_memory_reuse",
    "set_num_threads",
]
ON_DEMAND = ("boosting", "keras", "torch")  #: packages that are imported when they are first asked for
globals().update(functions | by_class_name)  # a module's own names are found without a call


def __getattr__(name: str) -> Any:
    if name in ON_DEMAND:
        return import_module(f"slopes.{name}")
    if name == "__version__":
        from importlib.metadata import version  # takes as long as all the rest together

        return version("slopes")
    near = get_close_matches(name, __dir__(), n=2)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise AttributeError(f"module 'slopes' has no attribute {name!r}{hint}")


def __dir__() -> list[str]:
    return sorted([*__all__, *ON_DEMAND, *functions, *by_class_name])
