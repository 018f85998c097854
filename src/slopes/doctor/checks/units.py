"""Units that learn nothing: dead, nearly dead, saturated; and gradients that do not arrive."""

from collections.abc import Iterator
from math import isfinite
from statistics import median

import numpy as np

from slopes.core import Activation, definitions
from slopes.doctor.checks.base import NetworkCheck
from slopes.doctor.network import FLAT, Layer, Network
from slopes.doctor.scene import Evidence

FEW = 64  #: examples; of fewer nothing is said of single units
SENSIBLE = 0.4  #: the share of a layer below which nothing is said: some units are silent by chance
RARE = 0.01  #: a unit is nearly dead if it is active in less than this share of the examples
ENOUGH = 300  #: examples before a unit can be called nearly dead: three are expected at that share
LATER = 4  #: calls before it can be said that a unit died
FAR = 1e4  #: between the gradients of the first and the last layer


def hidden(network: Network, *, saturating: bool) -> Iterator[Layer]:
    """Yield the layers that feed weights and are flat at both ends, as sigmoid, or at one, as relu."""
    for layer in network.layers.values():
        definition = definitions[layer.op]
        assert issubclass(definition, Activation)
        limits = definition().facts.limits
        if layer.hidden and layer.seen and (limits is not None and isfinite(limits[1])) == saturating:
            yield layer


class DeadUnits(NetworkCheck):
    """Units of a hidden layer are flat for every example, so that their weights get no gradient."""

    code, name, severity = "R14", "dead-units", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        for layer in hidden(network, saturating=False):
            n, calls = sum(layer.seen), len(layer.seen)
            never = layer.last < 0
            half = calls - calls // 2
            died = ~never & (layer.last < half) if calls >= LATER else np.zeros_like(never)
            dead, batch = int((never | died).sum()), int((layer.last < calls - 1).sum())
            if n < FEW or dead < SENSIBLE * layer.units:
                continue
            later = sum(layer.seen[half:])
            says = f"{layer}: {dead} of {layer.units} units are dead ({batch} on the last batch alone)"
            if never.any():
                says += f"; {int(never.sum())} from the start, over {n} examples: at 95 % each is active in "
                says += f"less than 3/n = {3 / n:.2g} of the data, if no example came twice"
            if died.any():
                says += f"; {int(died.sum())} died, and were flat over the last {later} examples"
            weights = dead * layer.weights
            if weights:
                says += f"; their {weights} weights get no gradient"
            yield Evidence(
                says=says,
                numbers={
                    "dead": dead,
                    "units": layer.units,
                    "never": int(never.sum()),
                    "died": int(died.sum()),
                    "last_batch": batch,
                    "examples": n,
                    "bound": 3 / n,
                    "weights": weights,
                },
                cure="look at the biases, the learning rate and the scale of the inputs, or use leaky_relu",
                place=layer.place,
                severity="error" if dead == layer.units else None,
                times=calls,
                calls=calls,
            )


class NearlyDeadUnits(NetworkCheck):
    """Units of a hidden layer are flat for nearly every example, so that they hardly learn."""

    code, name, severity = "R14", "nearly-dead-units", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        for layer in hidden(network, saturating=False):
            n = sum(layer.seen)
            nearly = (layer.active > 0) & (layer.active < RARE * n)
            if n < ENOUGH or nearly.mean() < SENSIBLE:
                continue
            yield Evidence(
                says=f"{layer}: {int(nearly.sum())} of {layer.units} units are active in less than "
                f"{RARE:.0%} of {n} examples, the median of them in {int(np.median(layer.active[nearly]))}",
                numbers={"nearly": int(nearly.sum()), "units": layer.units, "examples": n},
                cure="look at the biases, the learning rate and the scale of the inputs",
                place=layer.place,
                times=len(layer.seen),
                calls=len(layer.seen),
            )


class SaturatedUnits(NetworkCheck):
    """A hidden layer works where its activation is flat, so that little gradient passes it."""

    code, name, severity = "R14", "saturated-units", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        for layer in hidden(network, saturating=True):
            share, n = layer.flat / layer.entries, sum(layer.seen)
            if share < SENSIBLE:
                continue
            yield Evidence(
                says=f"{layer}: {share:.0%} of {layer.entries} values have a derivative below {FLAT:.0%} of "
                f"the largest, over {n} examples",
                numbers={"share": share, "entries": layer.entries, "examples": n, "below": FLAT},
                cure="scale the inputs to about 1 and the weights to the activation's gain, or "
                "normalise before it",
                place=layer.place,
                times=len(layer.seen),
                calls=len(layer.seen),
            )


class UnevenGradients(NetworkCheck):
    """The gradient shrinks or grows from layer to layer, so that no one learning rate fits all of them."""

    code, name, severity = "R14", "uneven-gradients", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        passes = [p for p in network.gradients if len(p) > 2 and np.isfinite([norm for _, norm in p]).all()]
        if not passes:
            return
        ratios = [p[0][1] / p[-1][1] for p in passes]
        ratio = median(ratios)
        if 1 / FAR < ratio < FAR:
            return
        far = min(passes, key=lambda p: abs(np.log(p[0][1] / p[-1][1] / ratio)))
        what = "vanishes" if ratio < 1 else "explodes"
        norms = " ".join(f"{norm:.1e}" for _, norm in (far if len(far) < 9 else [*far[:4], *far[-4:]]))
        yield Evidence(
            says=f"the gradient {what}: its norm in the first of {len(far)} layers is {far[0][1]:.2e}, in "
            f"the last {far[-1][1]:.2e}, the median ratio of {len(passes)} passes {ratio:.1e}; by layer: "
            f"{norms}",
            numbers={"first": far[0][1], "last": far[-1][1], "ratio": ratio, "layers": len(far)},
            cure="initialise with the activation's gain, normalise between layers, or add skip connections",
            place=far[0][0],
            times=sum(not 1 / FAR < r < FAR for r in ratios),
            calls=len(network.gradients),
        )
