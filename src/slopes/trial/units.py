"""How many units of a trained model are dead or saturated."""

from typing import Self

import torch
from torch import nn

from slopes.trial import library

#: A unit whose slope is below this share of the activation's steepest passes hardly a gradient on.
SATURATED = 0.01


class UnitCounter:
    """Makes a candidate's layers and, while it is entered, watches what they are given.

    A unit is one channel or one feature of one layer. It is dead where its slope was 0 at every input
    seen, and an input saturates it where the slope is under a hundredth of 1.
    """

    def __init__(self, function: library.HiddenFunction) -> None:
        self._function = function
        self._layers: list[nn.Module] = []
        self._alive: dict[int, torch.Tensor] = {}
        self._flat = 0
        self._seen = 0

    def layer(self) -> nn.Module:
        """Give a fresh layer of the candidate's activation."""
        layer = library.layer(self._function)
        self._layers.append(layer)
        return layer

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._hooks = [
            layer.register_forward_hook(lambda _, inputs, __, place=place: self._look(place, inputs[0]))
            for place, layer in enumerate(self._layers)
        ]
        return self

    def __exit__(self, *error: object) -> None:
        """Watch no longer."""
        for hook in self._hooks:
            hook.remove()

    def shares(self) -> dict[str, float]:
        """Give the share of dead units and of saturated inputs; nothing where nothing was seen."""
        if not self._seen:
            return {}
        units = torch.cat(list(self._alive.values()))
        return {"dead_units": float((~units).double().mean()), "saturated_units": self._flat / self._seen}

    def _look(self, place: int, inputs: torch.Tensor) -> None:
        # Features stand last, channels of images second.
        axis = 1 if inputs.ndim == 4 else -1
        slope = library.slope(self._function, inputs).abs().movedim(axis, -1).flatten(0, -2)
        alive = (slope > 0).any(dim=0)
        self._alive[place] = self._alive[place] | alive if place in self._alive else alive
        self._flat += int((slope < SATURATED).sum())
        self._seen += slope.numel()
