"""Weights that do not fit the activation, seen from the signal that they let through."""

from collections.abc import Iterator
from typing import Any

import slopes
from slopes.doctor.checks.base import NetworkCheck
from slopes.doctor.languages import Text
from slopes.doctor.network import Layer, Network
from slopes.doctor.scene import Evidence

DEEP = 4  #: layers that feed each other directly
FAR = 1e3  #: how far the signal may fade or grow over a chain: at half that, people train without trouble
KEPT = {"selu": 10.0}  #: likewise for what is made to keep it


class UnfitWeights(NetworkCheck):
    """The initial weights do not fit the activation: the signal fades or grows by layer.

    The last layers then see the same numbers for every example, or numbers too large to learn from; SELU
    loses the self-normalisation that is its reason to be.

    Number
    ------
    The standard deviation over the examples of the first and of the last activation of a chain, beside the
    activation's gain, which every activation of this library knows: 1 / sqrt(E f(z)^2), z standard normal.

    Cure
    ----
    Draw the weights with standard deviation gain / sqrt(inputs), or put a normalisation between the layers.

    Silent
    ------
    Chains of fewer than 4 layers, factors below 1000 (SELU: 10), chains with skip connections or
    normalisation, and activations that are not 0 at 0, whose gain counts what they add to every unit.

    Examples
    --------
    >>> import torch
    >>> import slopes
    >>> from slopes import doctor
    >>> seeded = torch.manual_seed(0)
    >>> layers = [m for _ in range(12) for m in (torch.nn.Linear(64, 64), torch.nn.SELU())]
    >>> net = torch.nn.Sequential(*layers, torch.nn.Linear(64, 3))
    >>> batch = torch.randn(256, 64), torch.arange(256) % 3
    >>> [finding] = doctor.examine(net, torch.nn.CrossEntropyLoss(), batch)
    >>> print(finding)
    R20 unfit-weights: over 12 selu layers the standard deviation over the examples goes from 0.636 to 0.0311,
    by 0.76 a layer; the weights have 0.576 / sqrt(inputs), the gain of selu is 1. Cure: draw weights of
    standard deviation 1 / sqrt(inputs), or normalise.
    >>> round(slopes.selu.gain, 3)
    1.0
    """

    code, name, severity = "R20", "unfit-weights", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        fed = {id(layer.before) for layer in network.layers.values()}
        for last in network.layers.values():
            chain = [] if id(last) in fed else _chain(last)
            function: Any = getattr(slopes, last.op)
            if function(0.0) != 0:  # what sigmoid adds to every unit is no signal, and its gain counts it
                continue
            if len(chain) < DEEP or not all(layer.spread and layer.gain for layer in chain):
                continue
            first, spreads = chain[0], [layer.spread or 0.0 for layer in chain]
            factor, links = spreads[-1] / spreads[0], len(chain) - 1
            far = KEPT.get(first.op, FAR)
            if 1 / far < factor < far:
                continue
            gains = sorted(layer.gain or 0.0 for layer in chain[1:])
            has, wants = gains[links // 2], float(function.gain)
            yield Evidence(
                says=Text(
                    "over {layers} {op} layers the standard deviation over the examples goes from "
                    "{first:.3g} to {last:.3g}, by {each:.3g} a layer; the weights have "
                    "{has:.3g} / sqrt(inputs), the gain of {op} is {wants:.3g}",
                    layers=len(chain),
                    op=first.op,
                    first=spreads[0],
                    last=spreads[-1],
                    each=factor ** (1 / links),
                    has=has,
                    wants=wants,
                ),
                numbers={
                    "first": spreads[0],
                    "last": spreads[-1],
                    "factor": factor,
                    "layers": len(chain),
                    "has": has,
                    "gain": wants,
                },
                cure=Text(
                    "draw weights of standard deviation {wants:.3g} / sqrt(inputs), or normalise", wants=wants
                ),
                place=first.place,
            )


def _chain(last: Layer) -> list[Layer]:
    """Return the layers of one activation that feed each other, in order."""
    chain = [last]
    while (before := chain[0].before) is not None and before.op == last.op and before not in chain:
        chain.insert(0, before)
    return chain
