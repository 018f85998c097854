"""Units that learn nothing: dead, nearly dead, saturated; and gradients that do not arrive."""

from collections.abc import Iterator
from math import isfinite
from statistics import median
from typing import Any

import numpy as np

import slopes
from slopes.doctor.checks.base import NetworkCheck
from slopes.doctor.network import FLAT, Layer, Network
from slopes.doctor.scene import Evidence, Place

FEW = 64  #: examples; of fewer nothing is said of single units
SENSIBLE = 0.5  #: the share of a layer below which nothing is said
RARE = 0.01  #: a unit is nearly dead if it is active in less than this share of the examples
ENOUGH = 300  #: examples before a unit can be called nearly dead: three are expected at that share
LATER = 4  #: calls before it can be said that a unit died
FAR = 1e4  #: between the gradients of the first and the last layer


def hidden(network: Network, *, saturating: bool) -> Iterator[list[Layer]]:
    """Yield the layers of a line that feed weights and saturate, as sigmoid does, or can die, as relu."""
    lines: dict[tuple[Place, str], list[Layer]] = {}
    for layer in network.layers.values():
        if layer.hidden and layer.seen and saturates(layer.op) == saturating:
            lines.setdefault((layer.place, layer.op), []).append(layer)
    yield from lines.values()


def saturates(op: str) -> bool:
    """Whether an activation is flat at both ends and not between: relu6 is flat below 0 at once."""
    function: Any = getattr(slopes, op)
    limits = function.definition.facts.limits
    return bool(limits is not None and isfinite(limits[1]) and function.derivative(-0.5) != 0)


def among(bad: list[Layer], all_: list[Layer]) -> str:
    """Say how many layers of a line are bad, and begin to speak of the worst."""
    return f"{len(bad)} of {len(all_)} {bad[0].op} layers of this line, worst number {bad[0].number}: "


def by_chance(units: int) -> float:
    """Return what share may be dead by chance: where little signal arrives, the sign of a bias decides.

    That is half of the units, and three standard deviations.
    """
    return float(min(1.0, 0.5 + 1.5 / units**0.5))


class DeadUnits(NetworkCheck):
    """Units of a hidden layer are flat for every example, so that their weights get no gradient."""

    code, name, severity = "R14", "dead-units", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        for layers in hidden(network, saturating=False):
            seen = [layer for layer in layers if sum(layer.seen) >= FEW]
            bad = [layer for layer in seen if self.dead(layer) >= by_chance(layer.units)]
            if bad:
                bad.sort(key=self.dead, reverse=True)
                yield self.evidence(bad[0], among(bad, layers), sum(map(self.weights, bad)))

    def never(self, layer: Layer) -> Any:
        """Return which units were flat from the start on."""
        return layer.last < 0

    def died(self, layer: Layer) -> Any:
        """Return which units were flat in the second half of all calls, and not before."""
        calls = len(layer.seen)
        return ~self.never(layer) & (layer.last < calls - calls // 2) & (calls >= LATER)

    def dead(self, layer: Layer) -> float:
        """Return the share of the units that are dead."""
        return float((self.never(layer) | self.died(layer)).mean())

    def weights(self, layer: Layer) -> int:
        """Return how many weights get no gradient for it."""
        return round(self.dead(layer) * layer.units) * layer.weights

    def evidence(self, layer: Layer, head: str, weights: int) -> Evidence:
        """Say what is dead in a layer, and since when."""
        n, calls = sum(layer.seen), len(layer.seen)
        never, died = int(self.never(layer).sum()), int(self.died(layer).sum())
        batch = int((layer.last < calls - 1).sum())
        says = f"{head}{never + died} of {layer.units} units are dead ({batch} on the last batch alone)"
        if never:
            says += f"; {never} from the start, over {n} examples: at 95 % each is active in less than "
            says += f"3/n = {3 / n:.2g} of the data, if no example came twice"
        if died:
            later = sum(layer.seen[calls - calls // 2 :])
            says += f"; {died} died, and were flat over the last {later} examples"
        if weights:
            says += f"; {weights} weights get no gradient"
        return Evidence(
            says=says,
            numbers={
                "dead": never + died,
                "units": layer.units,
                "never": never,
                "died": died,
                "last_batch": batch,
                "examples": n,
                "bound": 3 / n,
                "weights": weights,
            },
            cure="look at the biases, the learning rate and the scale of the inputs, or use leaky_relu",
            place=layer.place,
            severity="error" if never + died == layer.units else None,
            times=calls,
            calls=calls,
        )


class NearlyDeadUnits(NetworkCheck):
    """Units of a hidden layer are flat for nearly every example, so that they hardly learn."""

    code, name, severity = "R14", "nearly-dead-units", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        for layers in hidden(network, saturating=False):
            found = [layer for layer in layers if sum(layer.seen) >= ENOUGH]
            bad = sorted(found, key=lambda layer: -self.nearly(layer).mean())
            bad = [layer for layer in bad if self.nearly(layer).mean() >= SENSIBLE]
            if not bad:
                continue
            worst, nearly, n = bad[0], self.nearly(bad[0]), sum(bad[0].seen)
            typical = int(np.median(worst.active[nearly]))
            yield Evidence(
                says=f"{among(bad, layers)}{int(nearly.sum())} of {worst.units} units are active in less "
                f"than {RARE:.0%} of {n} examples, the median of them in {typical}",
                numbers={"nearly": int(nearly.sum()), "units": worst.units, "examples": n},
                cure="look at the biases, the learning rate and the scale of the inputs",
                place=worst.place,
                times=len(worst.seen),
                calls=len(worst.seen),
            )

    def nearly(self, layer: Layer) -> Any:
        """Return which units are active in a few examples only."""
        return (layer.active > 0) & (layer.active < RARE * sum(layer.seen))


class SaturatedUnits(NetworkCheck):
    """A hidden layer works where its activation is flat, so that little gradient passes it."""

    code, name, severity = "R14", "saturated-units", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        for layers in hidden(network, saturating=True):
            bad = sorted(layers, key=lambda layer: -layer.flat / layer.entries)
            bad = [layer for layer in bad if layer.flat >= SENSIBLE * layer.entries]
            if not bad:
                continue
            worst, share = bad[0], bad[0].flat / bad[0].entries
            yield Evidence(
                says=f"{among(bad, layers)}{share:.0%} of {worst.entries} values have a derivative below "
                f"{FLAT:.0%} of the largest, over {sum(worst.seen)} examples",
                numbers={"share": share, "entries": worst.entries, "layers": len(bad), "below": FLAT},
                cure="scale the inputs to about 1, the weights to the activation's gain, or normalise first",
                place=worst.place,
                times=len(worst.seen),
                calls=len(worst.seen),
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
