"""Watching this library's own functions, where a program calls them on tensors of PyTorch."""

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from slopes.api.activation import ActivationFunction
from slopes.api.loss import PointwiseLossFunction
from slopes.api.row import RowFunction
from slopes.api.row_loss import RowLossFunction
from slopes.doctor.watching_network import readable

WATCHED = (ActivationFunction, RowFunction, PointwiseLossFunction, RowLossFunction)
#: makes a call: of a function, its class' own `__call__`, positional and keyword arguments
Call = Callable[[Any, Callable[..., Any], tuple[Any, ...], dict[str, Any]], Any]


class Given(NamedTuple):
    """What a loss is given."""

    loss: str  #: its name in the register
    prediction: Any
    target: Any
    axis: int | None  #: of the classes
    options: dict[str, Any]


@contextmanager
def following(call: Call) -> Iterator[None]:
    """Let calls of the library's functions be made by `call`, inside the block."""
    originals = [(owner, owner.__call__) for owner in WATCHED]

    def watched(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)  # with what torch.compile and AutoGraph look for
        def __call__(function: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N807 - it replaces one
            return call(function, original, args, kwargs)

        return __call__

    for owner, original in originals:
        owner.__call__ = watched(original)  # type: ignore[method-assign]
    try:
        yield
    finally:
        for owner, original in originals:
            owner.__call__ = original  # type: ignore[method-assign]


def axis_of(function: Any, ndim: int, options: Mapping[str, Any]) -> int | None:
    """Return along which axis a function works, counted from the front; None for a curve."""
    if not function.kind.startswith("row"):
        return None
    axis = options.get("axis", -1)
    return axis % max(ndim, 1) if isinstance(axis, int) else None


def given_to(function: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Given | None:
    """Return what a loss is given; None where the call itself will say what is wrong, or nothing can be seen.

    A mean over nothing and shapes that differ are errors here, which PyTorch's losses let pass.
    """
    options = {**function.parameters, "reduction": "mean", **kwargs}
    both = [*args, *(options.pop(name) for name in ("prediction", "target")[len(args) :] if name in options)]
    if len(both) != 2 or not all(map(readable, both)):
        return None
    prediction, target = both
    rows = function.kind == "row_loss"
    if not target.numel() or (not rows and prediction.shape != target.shape):
        return None
    # all three change the weights of the mean, which is what no cure can be tried with
    weighing = ("weight", "class_weight", "where")
    options["weight"] = next((options[name] for name in weighing if options.get(name) is not None), None)
    axis = axis_of(function, prediction.ndim, options)
    ignored = options.get("ignore_index")
    if ignored is not None and not target.is_floating_point() and bool((target == ignored).all()):
        return None
    return Given(function.name, prediction, target, axis, options)
