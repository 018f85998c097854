"""Units that learn nothing: dead, nearly dead, saturated; and gradients that do not arrive."""

from collections.abc import Iterator
from math import isfinite
from statistics import median
from typing import Any

import numpy as np

import slopes
from slopes.doctor.checks.base import NetworkCheck
from slopes.doctor.languages import Text
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


def among(bad: list[Layer], all_: list[Layer]) -> Text:
    """Say how many layers of a line are bad, and begin to speak of the worst."""
    return Text(
        "{bad} of {all} {op} layers of this line, worst number {number}: ",
        bad=len(bad),
        all=len(all_),
        op=bad[0].op,
        number=bad[0].number,
    )


def by_chance(units: int) -> float:
    """Return what share may be dead by chance: where little signal arrives, the sign of a bias decides.

    That is half of the units, and three standard deviations.
    """
    return float(min(1.0, 0.5 + 1.5 / units**0.5))


class DeadUnits(NetworkCheck):
    """Units of a hidden layer are flat for every example, so that their weights get no gradient.

    They compute a constant and cannot change it: the layer is narrower than it looks, and stays so.

    Number
    ------
    The units whose derivative is below 1 % of the function's largest on every example seen, told apart as
    dead on the last batch, from the start, and died since. Of n examples without a sign of life one can say,
    at 95 %, that the unit is active in less than 3 / n of the data.

    Cure
    ----
    Look at the biases, the learning rate and the scale of the inputs; or use leaky_relu, which is never flat.

    Silent
    ------
    Fewer than 64 examples, and shares of a layer that chance explains: half, and three standard deviations of
    a coin thrown for each unit.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> seeded = torch.manual_seed(0)
    >>> net = torch.nn.Sequential(torch.nn.Linear(10, 64), torch.nn.ReLU(), torch.nn.Linear(64, 3))
    >>> biases = torch.nn.init.constant_(net[0].bias, -20.0)
    >>> batch = torch.randn(100, 10), torch.arange(100) % 3
    >>> [finding] = doctor.examine(net, torch.nn.CrossEntropyLoss(), batch)
    >>> print(finding)
    R14 dead-units: 1 of 1 relu layers of this line, worst number 1: 64 of 64 units are dead (64 on the last
    batch alone); 64 from the start, over 100 examples: at 95 % each is active in less than 3/n = 0.03 of the
    data, if no example came twice; 640 weights get no gradient. Cure: look at the biases, the learning rate
    and the scale of the inputs, or use leaky_relu.
    """

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

    def evidence(self, layer: Layer, head: Text, weights: int) -> Evidence:
        """Say what is dead in a layer, and since when."""
        n, calls = sum(layer.seen), len(layer.seen)
        never, died = int(self.never(layer).sum()), int(self.died(layer).sum())
        batch = int((layer.last < calls - 1).sum())
        since = Text(
            "; {never} from the start, over {n} examples: at 95 % each is active in less than "
            "3/n = {bound:.2g} of the data, if no example came twice",
            never=never,
            n=n,
            bound=3 / n,
        )
        later = Text(
            "; {died} died, and were flat over the last {later} examples",
            died=died,
            later=sum(layer.seen[calls - calls // 2 :]),
        )
        return Evidence(
            says=Text(
                "{head}{dead} of {units} units are dead ({batch} on the last batch alone){since}{later}"
                "{cost}",
                head=head,
                dead=never + died,
                units=layer.units,
                batch=batch,
                since=since if never else "",
                later=later if died else "",
                cost=Text("; {weights} weights get no gradient", weights=weights) if weights else "",
            ),
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
            cure=Text("look at the biases, the learning rate and the scale of the inputs, or use leaky_relu"),
            place=layer.place,
            severity="error" if never + died == layer.units else None,
            times=calls,
            calls=calls,
        )


class NearlyDeadUnits(NetworkCheck):
    """Units of a hidden layer are flat for nearly every example, so that they hardly learn.

    Each of them learns from a handful of examples only, and is one step away from being dead.

    Number
    ------
    The units that were active in less than 1 % of the examples, and in how many the median of them was.

    Cure
    ----
    Look at the biases, the learning rate and the scale of the inputs.

    Silent
    ------
    Fewer than 300 examples, and layers in which less than half of the units are so.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> seeded = torch.manual_seed(0)
    >>> net = torch.nn.Sequential(torch.nn.Linear(10, 64), torch.nn.ReLU(), torch.nn.Linear(64, 3))
    >>> biases = torch.nn.init.constant_(net[0].bias, -1.5)
    >>> batch = torch.randn(3000, 10), torch.arange(3000) % 3
    >>> [finding] = doctor.examine(net, torch.nn.CrossEntropyLoss(), batch)
    >>> print(finding)
    R14 nearly-dead-units: 1 of 1 relu layers of this line, worst number 1: 46 of 64 units are active in less
    than 1% of 3000 examples, the median of them in 11. Cure: look at the biases, the learning rate and the
    scale of the inputs.
    """

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
                says=Text(
                    "{head}{nearly} of {units} units are active in less than {rare:.0%} of {n} examples, the "
                    "median of them in {typical}",
                    head=among(bad, layers),
                    nearly=int(nearly.sum()),
                    units=worst.units,
                    rare=RARE,
                    n=n,
                    typical=typical,
                ),
                numbers={"nearly": int(nearly.sum()), "units": worst.units, "examples": n},
                cure=Text("look at the biases, the learning rate and the scale of the inputs"),
                place=worst.place,
                times=len(worst.seen),
                calls=len(worst.seen),
            )

    def nearly(self, layer: Layer) -> Any:
        """Return which units are active in a few examples only."""
        return (layer.active > 0) & (layer.active < RARE * sum(layer.seen))


class SaturatedUnits(NetworkCheck):
    """A hidden layer works where its activation is flat, so that little gradient passes it.

    Sigmoid and tanh turn large inputs into their limits: units are on or off, and everything before them
    learns slowly or not at all.

    Number
    ------
    The share of the layer's values whose derivative is below 1 % of the function's largest.

    Cure
    ----
    Scale the inputs to about 1, draw the weights with the activation's gain, or normalise before it.

    Silent
    ------
    Layers of which less than half is flat, and the output: a sigmoid that is sure of itself is no fault.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> seeded = torch.manual_seed(0)
    >>> net = torch.nn.Sequential(torch.nn.Linear(10, 64), torch.nn.Tanh(), torch.nn.Linear(64, 3))
    >>> batch = 100 * torch.randn(100, 10), torch.arange(100) % 3
    >>> [finding] = doctor.examine(net, torch.nn.CrossEntropyLoss(), batch)
    >>> print(finding)
    R14 saturated-units: 1 of 1 tanh layers of this line, worst number 1: 95% of 6400 values have a derivative
    below 1% of the largest, over 100 examples. Cure: scale the inputs to about 1, the weights to the
    activation's gain, or normalise first.
    """

    code, name, severity = "R14", "saturated-units", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        for layers in hidden(network, saturating=True):
            bad = sorted(layers, key=lambda layer: -layer.flat / layer.entries)
            bad = [layer for layer in bad if layer.flat >= SENSIBLE * layer.entries]
            if not bad:
                continue
            worst, share = bad[0], bad[0].flat / bad[0].entries
            yield Evidence(
                says=Text(
                    "{head}{share:.0%} of {entries} values have a derivative below {flat:.0%} of the "
                    "largest, over {n} examples",
                    head=among(bad, layers),
                    share=share,
                    entries=worst.entries,
                    flat=FLAT,
                    n=sum(worst.seen),
                ),
                numbers={"share": share, "entries": worst.entries, "layers": len(bad), "below": FLAT},
                cure=Text(
                    "scale the inputs to about 1, the weights to the activation's gain, or normalise first"
                ),
                place=worst.place,
                times=len(worst.seen),
                calls=len(worst.seen),
            )


class UnevenGradients(NetworkCheck):
    """The gradient shrinks or grows from layer to layer, so that no one learning rate fits all of them.

    A step that moves the last layer leaves the first where it is, or one that moves the first blows up the
    last.

    Number
    ------
    The norm of the gradient in the first layer over that in the last, in the median of the passes.

    Cure
    ----
    Draw the weights with the activation's gain, normalise between layers, or add skip connections.

    Silent
    ------
    Ratios between 1/10,000 and 10,000, and networks of two layers.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> seeded = torch.manual_seed(0)
    >>> layers = [m for _ in range(12) for m in (torch.nn.Linear(64, 64), torch.nn.Sigmoid())]
    >>> net = torch.nn.Sequential(*layers, torch.nn.Linear(64, 3))
    >>> batch = torch.randn(100, 64), torch.arange(100) % 3
    >>> [finding] = doctor.examine(net, torch.nn.CrossEntropyLoss(), batch)
    >>> print(finding)
    R14 uneven-gradients: the gradient vanishes: its norm in the first of 13 layers is 6.00e-11, in the last
    2.16e-01, the median ratio of 1 passes 2.8e-10; by layer: 6.0e-11 1.4e-10 9.0e-10 5.3e-09 6.2e-04 4.7e-03
    3.1e-02 2.2e-01. Cure: initialise with the activation's gain, normalise between layers, or add skip
    connections.
    """

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
        what = Text("vanishes") if ratio < 1 else Text("explodes")
        norms = " ".join(f"{norm:.1e}" for _, norm in (far if len(far) < 9 else [*far[:4], *far[-4:]]))
        yield Evidence(
            says=Text(
                "the gradient {what}: its norm in the first of {layers} layers is {first:.2e}, in the last "
                "{last:.2e}, the median ratio of {passes} passes {ratio:.1e}; by layer: {norms}",
                what=what,
                layers=len(far),
                first=far[0][1],
                last=far[-1][1],
                passes=len(passes),
                ratio=ratio,
                norms=norms,
            ),
            numbers={"first": far[0][1], "last": far[-1][1], "ratio": ratio, "layers": len(far)},
            cure=Text(
                "initialise with the activation's gain, normalise between layers, or add skip connections"
            ),
            place=far[0][0],
            times=sum(not 1 / FAR < r < FAR for r in ratios),
            calls=len(network.gradients),
        )
