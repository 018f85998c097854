"""Layers with the wrong thing between them: nothing, a softmax, or one activation too many."""

from collections.abc import Iterator
from math import exp, inf, isfinite, log1p

import numpy as np

from slopes.core import Activation, definitions
from slopes.doctor.checks.base import Check, NetworkCheck
from slopes.doctor.network import Network, Pair
from slopes.doctor.scene import Evidence, LossCall


class NothingBetween(NetworkCheck):
    """Two linear layers follow each other with nothing between, which is one linear layer.

    With fewer hidden units than inputs and outputs the pair is a factorisation of low rank, which people
    choose on purpose; with as many as the smaller of the two it can do no more and no less than one layer.
    """

    code, name, severity = "R16", "nothing-between", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        for pairs in _by_weights(network):
            first, second = pairs[0].first, pairs[0].second
            if first.op != second.op or first.op == "softmax" or any(p.first.uses > 1 for p in pairs):
                continue
            if (
                second.inputs != first.outputs or 1 in first.kernel + second.kernel
            ):  # a factorised convolution
                continue
            low_rank = first.outputs < min(first.inputs, second.outputs)
            kernel = tuple(a + b - 1 for a, b in zip(first.kernel, second.kernel, strict=False))
            two = first.inputs * first.outputs * _size(first.kernel)
            two += second.inputs * second.outputs * _size(second.kernel)
            one = first.inputs * second.outputs * _size(kernel)
            size = f" of size {' x '.join(map(str, kernel))}" if kernel else ""
            yield Evidence(
                says=f"{first.inputs} -> {first.outputs} -> {second.outputs} with {two} weights computes "
                f"what one {first.op} {first.inputs} -> {second.outputs}{size} with {one} weights can"
                + (", of lower rank" if low_rank else ""),
                numbers={
                    "inputs": first.inputs,
                    "hidden": first.outputs,
                    "outputs": second.outputs,
                    "weights": two,
                    "weights_of_one": one,
                },
                cure="put an activation between them, or make one layer of the two",
                place=second.place,
                severity="information" if low_rank else None,
                times=len(pairs),
                calls=len(pairs),
            )


class HiddenSoftmax(NetworkCheck):
    """A softmax between two layers makes all units share one unit of activation, so little gets through."""

    code, name, severity = "R16", "hidden-softmax", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        for pairs in _by_weights(network):
            first, second = pairs[0].first, pairs[0].second
            if first.op != "softmax" or any(p.first.uses > 1 or p.numbers["off"] > 0.01 for p in pairs):
                continue
            if second.op != "linear":
                continue
            units, largest = int(pairs[0].numbers["units"]), max(p.numbers["largest"] for p in pairs)
            yield Evidence(
                says=f"its {units} units add up to 1: they are {1 / units:.4g} on average, "
                f"the largest seen is {largest:.4g}",
                numbers={"units": units, "mean": 1 / units, "largest": largest},
                cure="use relu or another activation here; softmax belongs to the output, or to attention",
                place=first.place,
                times=len(pairs),
                calls=len(pairs),
            )


class ActivatedLogits(Check):
    """An activation stands after the last layer, but the loss takes logits, which are any real number."""

    code, name, severity = "R16", "activated-logits", "warning"
    losses = ("cross_entropy", "binary_cross_entropy_with_logits")

    def examine(self, call: LossCall) -> Evidence | None:
        step, c, p = call.last, call.classes, call.prediction
        definition = definitions.get(step.op) if step else None
        if step is None or definition is None or not issubclass(definition, Activation) or not p.size:
            return None
        if step.op == "sigmoid":  # R2 says it better
            return None
        low, high = definition().facts.range
        if call.loss == "cross_entropy":
            floor = log1p((c - 1) * exp(low - high)) if isfinite(low) and isfinite(high) and c > 1 else 0.0
        else:
            t = float(np.mean(call.target))
            floor = (1 - t) * log1p(exp(low)) + (t * log1p(exp(-high)) if high < inf else 0.0)
        at_end = float(np.mean(p <= low)) if isfinite(low) else 0.0
        if floor < 0.01 and not at_end:
            return None
        says = [f"{step.op} gives logits from {low:.4g} to {high:.4g}"]
        if floor >= 0.01:
            says.append(f"so that the loss cannot fall below {floor:.4f}")
        if at_end:
            says.append(f"{at_end:.0%} of them are {low:.4g}, and get no gradient")
        return Evidence(
            says=", ".join(says),
            numbers={"low": low, "high": high, "floor": floor, "at_end": at_end},
            cure=f"leave out the {step.op}; the loss takes logits",
            place=step.place,
        )


def _by_weights(network: Network) -> Iterator[list[Pair]]:
    """Yield what was seen of each pair of layers."""
    found: dict[tuple[object, ...], list[Pair]] = {}
    for pair in network.pairs:
        first = pair.first
        found.setdefault((first.op, first.key or first.place, pair.second.key), []).append(pair)
    yield from found.values()


def _size(kernel: tuple[int, ...]) -> int:
    return int(np.prod(kernel)) if kernel else 1
