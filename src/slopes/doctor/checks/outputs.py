"""The last activation: a softmax over one unit, over sets of labels, or over another axis."""

import numpy as np

from slopes.doctor.checks.base import Check
from slopes.doctor.languages import Text
from slopes.doctor.scene import Evidence, LossCall

SOFTMAXES = ("softmax", "log_softmax")


class SoftmaxOfOne(Check):
    """A softmax over a single unit is 1 whatever its input, so nothing before it learns.

    The accuracy stays at the share of one class, and the loss does not move from the first step on.

    Number
    ------
    Every output is e^z / e^z = 1, and its slope in z is 0.

    Cure
    ----
    Leave the unit as it is and use binary cross-entropy with logits; where probabilities are shown, sigmoid.

    Silent
    ------
    A softmax over two or more units, and along another axis that is longer than 1.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> scores, target = torch.tensor([[3.0], [-1.0]], requires_grad=True), torch.tensor([[1.0], [0.0]])
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.binary_cross_entropy(scores.softmax(1), target)
    >>> loss.backward()
    >>> scores.grad.abs().tolist()
    [[0.0], [0.0]]
    >>> print(case.findings()[0])
    R1 softmax-of-one: all 2 outputs are 1, and their gradient is 0. Cure: leave the unit as it is and use
    binary cross-entropy with logits.
    """

    code, name = "R1", "softmax-of-one"

    def examine(self, call: LossCall) -> Evidence | None:
        for step in call.path[:1]:
            if step.op in SOFTMAXES and step.size == 1:
                constant = 1.0 if step.op == "softmax" else 0.0
                return Evidence(
                    says=Text(
                        "all {n} outputs are {constant:g}, and their gradient is 0",
                        n=call.prediction.size,
                        constant=constant,
                    ),
                    numbers={"outputs": call.prediction.size, "value": constant},
                    cure=Text("leave the unit as it is and use binary cross-entropy with logits"),
                    place=step.place,
                )
        return None


class SoftmaxForLabels(Check):
    """Softmax lets classes exclude each other, binary cross-entropy treats each by itself.

    A softmax cannot give an example two labels, or none; and where each has one, binary cross-entropy
    punishes a wrong class twice, once for itself and once for what it takes from the right one.

    Number
    ------
    The share of targets that do not have exactly one label.

    Cure
    ----
    Sigmoids where an example may have several labels, cross-entropy on the logits where it has one.

    Silent
    ------
    Two classes with one label each, where the loss is cross-entropy in other words: an information.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> scores = torch.tensor([[2.0, 1.0, -1.0], [0.0, 0.0, 3.0]])
    >>> labels = torch.tensor([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.binary_cross_entropy(scores.softmax(1), labels)
    >>> float((labels.sum(1) != 1).float().mean())
    0.5
    >>> print(case.findings()[0])
    R6 softmax-with-binary-cross-entropy: 50% of the targets do not have exactly one label: softmax cannot say
    so. Cure: use sigmoid here, or better binary cross-entropy with logits and no activation.
    """

    code, name = "R6", "softmax-with-binary-cross-entropy"
    losses = ("binary_cross_entropy",)

    def examine(self, call: LossCall) -> Evidence | None:
        step = call.last
        if step is None or step.op != "softmax" or not step.size or step.size < 2 or call.target.ndim < 1:
            return None
        labels = call.target.reshape(-1, call.target.shape[-1]).sum(-1)
        several = float(np.mean(labels != 1)) if labels.size else 0.0
        if several:
            says = Text(
                "{several:.0%} of the targets do not have exactly one label: softmax cannot say so",
                several=several,
            )
            cure = Text("use sigmoid here, or better binary cross-entropy with logits and no activation")
        else:
            says = Text(
                "every target has one of {classes} labels; each wrong class is punished twice",
                classes=step.size,
            )
            cure = Text("use cross-entropy on the logits")
            if step.size == 2:  # log(1 - p) of the one is log p of the other
                says = Text("every target has one of 2 labels: the loss is cross-entropy in other words")
        return Evidence(
            says=says,
            numbers={"several": several, "classes": step.size},
            cure=cure,
            place=step.place,
            severity="information" if step.size == 2 and not several else None,
        )


class SoftmaxOverBatch(Check):
    """The softmax runs along another axis than the classes, so that examples compete with each other.

    What one example is told then depends on which others are in its batch, and the probabilities of its
    classes add up to anything.

    Number
    ------
    The smallest and the largest sum of an example's probabilities, which should all be 1.

    Cure
    ----
    Name the axis of the classes: dim=1 for losses of PyTorch, the last axis elsewhere.

    Silent
    ------
    Attention, and any softmax that does not lead to the loss.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> scores = torch.tensor([[2.0, 1.0, -1.0], [0.0, 0.0, 3.0]])
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.nll_loss(scores.log_softmax(0), torch.tensor([0, 2]))
    >>> [round(float(total), 3) for total in scores.softmax(0).sum(1)]
    [1.63, 1.37]
    >>> print(case.findings()[0])
    R8 softmax-over-wrong-axis: it runs along axis 0 of 2, the classes lie along axis 1: the probabilities of
    one example add up to between 1.37 and 1.63. Cure: write dim=1.
    """

    code, name = "R8", "softmax-over-wrong-axis"

    def examine(self, call: LossCall) -> Evidence | None:
        step, ndim = call.last, call.prediction.ndim
        if step is None or step.op not in SOFTMAXES or step.axis is None or ndim < 2 or step.size == 1:
            return None
        right = call.class_axis if call.class_axis is not None else ndim - 1
        if step.axis == right or (call.class_axis is None and step.axis != 0):
            return None
        p = call.prediction if step.op == "softmax" else np.exp(call.prediction)
        sums = p.astype(np.float64).sum(right)
        return Evidence(
            says=Text(
                "it runs along axis {axis} of {size}, the classes lie along axis {right}: the probabilities "
                "of one example add up to between {low:.3g} and {high:.3g}",
                axis=step.axis,
                size=step.size,
                right=right,
                low=sums.min(),
                high=sums.max(),
            ),
            numbers={"axis": step.axis, "class_axis": right, "smallest": sums.min(), "largest": sums.max()},
            cure=Text("write dim={right}", right=right),
            place=step.place,
        )
