"""Targets that a loss cannot mean, or that a prediction cannot reach."""

from math import isfinite

import numpy as np

from slopes.core import Activation, RowActivation, definitions
from slopes.doctor.checks.base import Check
from slopes.doctor.languages import Text
from slopes.doctor.scene import Evidence, LossCall

REGRESSION = tuple(name for name, definition in definitions.items() if definition.kind == "residual_loss")


class Unreachable(Check):
    """The last activation cannot give values that the targets have.

    The model saturates at the end of the range, its gradient vanishes there, and the loss stays at what is
    left over.

    Number
    ------
    The share of targets outside the activation's range, a fact of its definition, and the loss of the best
    values inside it: that of the targets clipped to the range.

    Cure
    ----
    Leave the last layer of a regression without an activation, or scale the targets into the range.

    Silent
    ------
    Targets inside the range, such as a sigmoid with squares for targets in [0, 1] and tanh with scaled ones.

    Examples
    --------
    >>> import torch
    >>> import slopes
    >>> from slopes import doctor
    >>> target = torch.tensor([0.5, 1.5, 3.0])
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.mse_loss(torch.sigmoid(torch.tensor([0.0, 3.0, 9.0])), target)
    >>> slopes.sigmoid.facts.range, round(float(slopes.mse(target.clamp(0, 1), target)), 3)
    ((0, 1), 1.417)
    >>> print(case.findings()[0])
    R7 unreachable-targets: sigmoid gives values from 0 to 1; 67% of the targets lie outside, from 0.5 to 3:
    here the loss cannot fall below 1.417. Cure: leave the last layer without an activation, or scale the
    targets into its range.
    """

    code, name = "R7", "unreachable-targets"
    losses = REGRESSION

    def examine(self, call: LossCall) -> Evidence | None:
        step = call.last
        definition = definitions.get(step.op) if step else None
        if step is None or definition is None or not issubclass(definition, Activation | RowActivation):
            return None
        low, high = definition().facts.range
        t = call.target.astype(np.float64)
        if not t.size or call.target.shape != call.prediction.shape:
            return None
        slack = 1e-3 * max(1.0, *(abs(end) for end in (low, high) if isfinite(end)))
        outside = float(np.mean((t < low - slack) | (t > high + slack)))
        if outside == 0:
            return None
        best = float(call.function()(np.clip(t, low, high), t))
        return Evidence(
            says=Text(
                "{op} gives values from {low:.4g} to {high:.4g}; {outside:.0%} of the targets lie outside, "
                "from {least:.4g} to {most:.4g}: here the loss cannot fall below {best:.4g}",
                op=step.op,
                low=low,
                high=high,
                outside=outside,
                least=t.min(),
                most=t.max(),
                best=best,
            ),
            numbers={"outside": outside, "low": low, "high": high, "floor": best},
            cure=Text("leave the last layer without an activation, or scale the targets into its range"),
            place=step.place,
        )


class WrongTargets(Check):
    """The targets are not what the loss takes.

    Indices that begin at 1, one-hot rows for indices, percentages for probabilities, -1 for 0: some fail,
    some fail on a GPU only, and some train a model of something else.

    Number
    ------
    What the loss takes beside what it was given: the smallest and the largest target, or the shapes.

    Cure
    ----
    Bring the targets into the loss's form, or take the loss that has theirs.

    Silent
    ------
    Targets that are ignored, and probabilities in place of indices where the loss takes them.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> labels = torch.tensor([1, 2, 3])
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.cross_entropy(torch.zeros(3, 4), labels)
    >>> case.findings()
    []
    >>> with doctor.watch() as case:
    ...     try:
    ...         loss = torch.nn.functional.cross_entropy(torch.zeros(3, 3), labels)
    ...     except IndexError:
    ...         pass
    >>> print(case.findings()[0])
    R9 wrong-targets: with 3 classes the indices go from 0 to 2; the targets go from 1 to 3. Cure: subtract 1
    from the targets.
    """

    code, name = "R9", "wrong-targets"
    losses = (
        "binary_cross_entropy",
        "binary_cross_entropy_with_logits",
        "cross_entropy",
        "categorical_cross_entropy",
        "nll",
    )

    def examine(self, call: LossCall) -> Evidence | None:
        t = call.target
        if not t.size:
            return None
        if call.loss.startswith("binary"):
            if t.min() >= 0 and t.max() <= 1:
                return None
            signs = set(np.unique(t)) <= {-1, 1}
            return Evidence(
                says=Text(
                    "targets must lie in [0, 1]; they go from {low:.4g} to {high:.4g}",
                    low=t.min(),
                    high=t.max(),
                ),
                numbers={"smallest": float(t.min()), "largest": float(t.max())},
                cure=Text("map -1 to 0")
                if signs
                else Text("give 0 and 1, or probabilities; percentages divided by 100"),
            )
        if t.dtype.kind == "f":
            return self._probabilities(call)
        if t.shape == call.prediction.shape and call.classes > 1:
            return Evidence(
                says=Text(
                    "targets of shape {shape} have an entry for each of {classes} classes, the loss "
                    "takes indices",
                    shape=t.shape,
                    classes=call.classes,
                ),
                numbers={"classes": call.classes},
                cure=Text("give target.argmax(-1), or use the loss that takes one-hot targets"),
            )
        kept = t[t != call.options.get("ignore_index", -100)]
        if not kept.size or (kept.min() >= 0 and kept.max() < call.classes):
            return None
        one_based = kept.min() == 1 and kept.max() == call.classes
        return Evidence(
            says=Text(
                "with {classes} classes the indices go from 0 to {last}; the targets go from {low} to {high}",
                classes=call.classes,
                last=call.classes - 1,
                low=kept.min(),
                high=kept.max(),
            ),
            numbers={"classes": call.classes, "smallest": float(kept.min()), "largest": float(kept.max())},
            cure=Text("subtract 1 from the targets")
            if one_based
            else Text("give the last layer a unit for every class"),
        )

    def _probabilities(self, call: LossCall) -> Evidence | None:
        t, shape = call.target, call.prediction.shape
        if call.loss == "categorical_cross_entropy" and t.size * call.classes == np.prod(shape) > t.size:
            return Evidence(
                says=Text(
                    "predictions of shape {shape} need targets of that shape; these have {target}",
                    shape=shape,
                    target=t.shape,
                ),
                numbers={"classes": call.classes},
                cure=Text("use the sparse loss, which takes indices, or one-hot targets"),
            )
        if call.loss == "nll" or t.shape != shape:
            return None
        sums = call.target.astype(np.float64).sum(call.class_axis)
        off = float(np.mean(abs(sums - 1) > 0.01))
        if not off:
            return None
        return Evidence(
            says=Text(
                "{off:.0%} of the targets are no probabilities: they add up to between {low:.4g} "
                "and {high:.4g}",
                off=off,
                low=sums.min(),
                high=sums.max(),
            ),
            numbers={"off": off, "smallest": float(sums.min()), "largest": float(sums.max())},
            cure=Text(
                "for sets of labels use binary cross-entropy with logits; otherwise divide by their sum"
            ),
        )
