"""The only door from the trial to the function library.

Everything the trial asks of an activation or a loss is written down here as a protocol, so that
the training code never depends on how the library stores or computes a function.
"""

import math
from typing import Protocol, cast

import torch

import slopes
from slopes.api.activation import ActivationFunction
from slopes.api.function import Function
from slopes.core import Facts
from slopes.torch import Activation


class HiddenFunction(Protocol):
    """What the trial needs of an activation."""

    name: str
    kind: str

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """Give the value, element by element."""


class LossFunction(Protocol):
    """What the trial needs of a loss."""

    name: str
    kind: str
    takes: str

    def __call__(self, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Give the mean loss."""


def activation(name: str) -> HiddenFunction:
    """Look up a curve that can follow a hidden layer.

    Raises
    ------
    slopes.UnknownName
        If no function has that name; the message lists near matches.
    ValueError
        If the function is a loss, works on a row instead of on each element, or not on all real numbers.
    """
    function = slopes.get(name)
    kind = str(function.kind)
    if kind == "row_activation":
        raise ValueError(
            f"{name!r} works on a whole row (it is a {kind}), so it cannot follow a hidden layer; "
            "a hidden activation is a curve such as relu, tanh or silu"
        )
    if kind != "activation":
        raise ValueError(
            f"{name!r} is a {kind}, not an activation; a hidden activation is a curve such as "
            "relu, tanh or silu"
        )
    facts = cast(Facts, function.facts)
    if not facts.everywhere:
        low, high = facts.domain
        raise ValueError(
            f"{name!r} is defined from {low:g} to {high:g} only, so it cannot follow a hidden layer; "
            "a hidden activation is a curve such as relu, tanh or silu"
        )
    return cast(HiddenFunction, function)


def layer(function: HiddenFunction) -> torch.nn.Module:
    """Give an activation as a layer; what it learns, it learns apart in each layer."""
    return Activation(cast(Function, function))


def gain(function: HiddenFunction) -> float:
    """Give the initialisation gain of an activation, or 1 where normal inputs give it no finite one."""
    result = float(cast(ActivationFunction, function).gain)
    return result if math.isfinite(result) and result > 0 else 1.0


def slope(function: HiddenFunction, x: torch.Tensor) -> torch.Tensor:
    """Give the derivative of an activation, element by element, at its first parameters."""
    return cast(torch.Tensor, cast(ActivationFunction, function).derivative(x))


def loss(name: str) -> LossFunction:
    """Look up a loss.

    Raises
    ------
    slopes.UnknownName
        If no function has that name; the message lists near matches.
    ValueError
        If the function is an activation.
    """
    function = slopes.get(name)
    if str(function.kind).endswith("activation"):
        raise ValueError(f"{name!r} is an activation, not a loss; a loss is one such as cross_entropy or mse")
    return cast(LossFunction, function)


def smoothed(loss: LossFunction, amount: float) -> LossFunction:
    """Give a loss whose targets are partly spread over all classes.

    Parameters
    ----------
    loss : LossFunction
        A loss with its other parameters at their defaults.
    amount : float
        The share that is spread, from 0 to below 1.

    Raises
    ------
    ValueError
        If the loss has no label smoothing, or the amount is out of bounds.
    """
    if "label_smoothing" not in slopes.losses[loss.name].definition.parameters:
        able = [name for name, f in slopes.losses.items() if "label_smoothing" in f.definition.parameters]
        raise ValueError(f"{loss.name!r} has no label smoothing; of the losses {', '.join(able)} have it")
    return cast(LossFunction, slopes.get(loss.name, label_smoothing=amount))


def softmax(logits: torch.Tensor) -> torch.Tensor:
    """Give the library's softmax over the last axis."""
    return cast(torch.Tensor, slopes.get("softmax")(logits, axis=-1))


def log_softmax(logits: torch.Tensor) -> torch.Tensor:
    """Give the library's log-softmax over the last axis."""
    return cast(torch.Tensor, slopes.get("log_softmax")(logits, axis=-1))
