"""Weights that do not fit the activation, seen from the signal that they let through."""

from collections.abc import Iterator
from typing import Any

import slopes
from slopes.doctor.checks.base import NetworkCheck
from slopes.doctor.network import Layer, Network
from slopes.doctor.scene import Evidence

DEEP = 4  #: layers that feed each other directly
FAR = 1e3  #: how far the signal may fade or grow over a chain: at half that, people train without trouble
KEPT = {"selu": 10.0}  #: likewise for what is made to keep it


class UnfitWeights(NetworkCheck):
    """The initial weights do not fit the activation: the signal fades or grows by layer."""

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
                says=f"over {len(chain)} {first.op} layers the standard deviation over the examples goes "
                f"from {spreads[0]:.3g} to {spreads[-1]:.3g}, by {factor ** (1 / links):.3g} a layer; the "
                f"weights have {has:.3g} / sqrt(inputs), the gain of {first.op} is {wants:.3g}",
                numbers={
                    "first": spreads[0],
                    "last": spreads[-1],
                    "factor": factor,
                    "layers": len(chain),
                    "has": has,
                    "gain": wants,
                },
                cure=f"draw weights of standard deviation {wants:.3g} / sqrt(inputs), or normalise",
                place=first.place,
            )


def _chain(last: Layer) -> list[Layer]:
    """Return the layers of one activation that feed each other, in order."""
    chain = [last]
    while (before := chain[0].before) is not None and before.op == last.op and before not in chain:
        chain.insert(0, before)
    return chain
