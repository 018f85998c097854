"""Layers with the wrong thing between them: nothing, a softmax, or one activation too many."""

from collections.abc import Iterator
from math import exp, inf, isfinite, log1p

import numpy as np

from slopes.core import Activation, definitions
from slopes.doctor.checks.base import Check, NetworkCheck
from slopes.doctor.languages import Text
from slopes.doctor.network import Network, Pair
from slopes.doctor.scene import Evidence, LossCall


class NothingBetween(NetworkCheck):
    """Two linear layers follow each other with nothing between, which is one linear layer.

    The pair costs time and memory, trains like a product of matrices, and can compute nothing that one layer
    cannot; mostly an activation between them was forgotten.

    Number
    ------
    The weights of the two layers beside those of the one layer that computes the same.

    Cure
    ----
    Put an activation between the layers, or make one of the two.

    Silent
    ------
    What anything else uses between the two layers, convolutions with groups or of size 1, and exchanged axes.
    With fewer hidden units than both inputs and outputs the pair is a factorisation of low rank, which people
    choose on purpose, and an information.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> seeded = torch.manual_seed(0)
    >>> net = torch.nn.Sequential(torch.nn.Linear(10, 32), torch.nn.Linear(32, 3))
    >>> batch = torch.randn(8, 10), torch.arange(8) % 3
    >>> [finding] = doctor.examine(net, torch.nn.CrossEntropyLoss(), batch)
    >>> print(finding)
    R16 nothing-between: 10 -> 32 -> 3 with 416 weights computes what one linear 10 -> 3 with 30 weights can.
    Cure: put an activation between them, or make one layer of the two.
    >>> x, (a, b) = batch[0], net
    >>> torch.allclose(net(x), x @ (b.weight @ a.weight).T + (b.weight @ a.bias + b.bias), atol=1e-6)
    True
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
            size = Text(" of size {size}", size=" x ".join(map(str, kernel))) if kernel else ""
            yield Evidence(
                says=Text(
                    "{inputs} -> {hidden} -> {outputs} with {two} weights computes what one {op} "
                    "{inputs} -> {outputs}{size} with {one} weights can{low_rank}",
                    inputs=first.inputs,
                    hidden=first.outputs,
                    outputs=second.outputs,
                    two=two,
                    one=one,
                    op=first.op,
                    size=size,
                    low_rank=Text(", of lower rank") if low_rank else "",
                ),
                numbers={
                    "inputs": first.inputs,
                    "hidden": first.outputs,
                    "outputs": second.outputs,
                    "weights": two,
                    "weights_of_one": one,
                },
                cure=Text("put an activation between them, or make one layer of the two"),
                place=second.place,
                severity="information" if low_rank else None,
                times=len(pairs),
                calls=len(pairs),
            )


class HiddenSoftmax(NetworkCheck):
    """A softmax between two layers makes all units share one unit of activation, so little gets through.

    With n units each is 1 / n on average, and units that grow push all others down: signal and gradient are
    about n times smaller than behind other activations.

    Number
    ------
    The average 1 / n beside the largest value that was seen.

    Cure
    ----
    Use relu, gelu or silu in hidden layers; softmax belongs to the output, or to attention.

    Silent
    ------
    A softmax that multiplies something, as in attention and in mixtures of experts, or that is used elsewhere
    too; rows that do not add up to 1.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> seeded = torch.manual_seed(0)
    >>> net = torch.nn.Sequential(torch.nn.Linear(10, 64), torch.nn.Softmax(1), torch.nn.Linear(64, 3))
    >>> batch = torch.randn(8, 10), torch.arange(8) % 3
    >>> [finding] = doctor.examine(net, torch.nn.CrossEntropyLoss(), batch)
    >>> print(finding)
    R16 hidden-softmax: its 64 units add up to 1: they are 0.01562 on average, the largest seen is 0.07945.
    Cure: use relu or another activation here; softmax belongs to the output, or to attention.
    """

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
                says=Text(
                    "its {units} units add up to 1: they are {mean:.4g} on average, the largest seen is "
                    "{largest:.4g}",
                    units=units,
                    mean=1 / units,
                    largest=largest,
                ),
                numbers={"units": units, "mean": 1 / units, "largest": largest},
                cure=Text(
                    "use relu or another activation here; softmax belongs to the output, or to attention"
                ),
                place=first.place,
                times=len(pairs),
                calls=len(pairs),
            )


class ActivatedLogits(Check):
    """An activation stands after the last layer, but the loss takes logits, which are any real number.

    What the activation cannot give the loss cannot use: tanh keeps the model unsure of everything, and where
    ReLU gives 0 no gradient comes back.

    Number
    ------
    The least loss that logits from the activation's low to its high end allow, for C classes ln(1 + (C - 1)
    e^(low - high)), and the share of logits that lie at an end where the slope is 0.

    Cure
    ----
    Leave the activation after the last layer out.

    Silent
    ------
    Activations whose ends leave the loss free, such as a scaled tanh (a soft cap), as long as no logit lies
    at an end. A sigmoid here is R2.

    Examples
    --------
    >>> import math
    >>> import torch
    >>> from slopes import doctor
    >>> scores = torch.tensor([[2.0, -1.0, -3.0], [0.5, 3.0, -2.0]])
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.cross_entropy(torch.tanh(scores), torch.tensor([0, 1]))
    >>> print(case.findings()[0])
    R16 activated-logits: tanh gives logits from -1 to 1, so that the loss cannot fall below 0.2395. Cure:
    leave out the tanh; the loss takes logits.
    >>> round(math.log1p(2 * math.exp(-1 - 1)), 4)
    0.2395
    """

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
        least = Text(", so that the loss cannot fall below {floor:.4f}", floor=floor)
        lost = Text(", {at_end:.0%} of them are {low:.4g}, and get no gradient", at_end=at_end, low=low)
        return Evidence(
            says=Text(
                "{op} gives logits from {low:.4g} to {high:.4g}{least}{lost}",
                op=step.op,
                low=low,
                high=high,
                least=least if floor >= 0.01 else "",
                lost=lost if at_end else "",
            ),
            numbers={"low": low, "high": high, "floor": floor, "at_end": at_end},
            cure=Text("leave out the {op}; the loss takes logits", op=step.op),
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
