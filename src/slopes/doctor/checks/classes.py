"""Losses of exclusive classes that are given something else, and metrics that do not fit a loss."""

import numpy as np

from slopes.doctor.checks.base import Check
from slopes.doctor.keras_names import ACCURACIES, REGRESSION
from slopes.doctor.scene import Evidence, LossCall


class OneClass(Check):
    """Cross-entropy over a single unit is 0 whatever its input, so nothing learns."""

    code, name = "R1", "one-class"
    losses = ("categorical_cross_entropy", "cross_entropy")

    def examine(self, call: LossCall) -> Evidence | None:
        if call.class_axis is None or call.classes != 1 or not call.prediction.size:
            return None
        if call.target.dtype.kind != "f":
            return None
        return Evidence(
            says=f"{call.prediction.size} predictions of 1 unit: the only class has probability 1",
            numbers={"classes": 1, "predictions": call.prediction.size},
            cure="use binary cross-entropy, or a unit for every class",
        )


class SigmoidForClasses(Check):
    """Sigmoids do not exclude each other, and this loss only looks at their shares."""

    code, name = "R5", "sigmoid-for-classes"
    losses = ("categorical_cross_entropy",)

    def examine(self, call: LossCall) -> Evidence | None:
        step = call.last
        if step is None or step.op != "sigmoid" or call.classes < 2 or not call.prediction.size:
            return None
        sums = call.rows().sum(-1)
        several = 0.0
        if call.target.shape == call.prediction.shape and call.target.dtype.kind == "f":
            several = float(np.mean(call.target.sum(call.class_axis) > 1.01))
        many = "use binary cross-entropy: some targets have several labels"
        return Evidence(
            says=f"{call.classes} sigmoids add up to between {sums.min():.3g} and {sums.max():.3g} and are "
            f"divided by their sum; {several:.0%} of the targets have several labels",
            numbers={"smallest": float(sums.min()), "largest": float(sums.max()), "several": several},
            cure=many if several else "end in softmax",
            place=step.place,
        )


class AccuracyOfRegression(Check):
    """Accuracy counts numbers that are equal or on the same side of a half, which says nothing here."""

    code, name, severity = "R19", "accuracy-of-regression", "warning"
    losses = REGRESSION

    def examine(self, call: LossCall) -> Evidence | None:
        if not set(call.options.get("metrics", ())) & set(ACCURACIES) or not call.target.size:
            return None
        between = float(np.mean((call.target != 0) & (call.target != 1)))
        if not between:
            return None
        return Evidence(
            says=f"{between:.0%} of the targets are neither 0 nor 1, from {call.target.min():.4g} to "
            f"{call.target.max():.4g}",
            numbers={"between": between},
            cure="report the mean absolute error",
        )
