"""Losses of exclusive classes that are given something else, and metrics that do not fit a loss."""

import numpy as np

from slopes.doctor.checks.base import Check
from slopes.doctor.keras_names import ACCURACIES, REGRESSION
from slopes.doctor.languages import Text
from slopes.doctor.scene import Evidence, LossCall


class OneClass(Check):
    """Cross-entropy over a single unit is 0 whatever its input, so nothing learns.

    The loss looks perfect from the first step on, every gradient is 0, and the weights never move.

    Number
    ------
    Softmax of one number is 1, and minus its logarithm 0: the loss and each entry of its gradient.

    Cure
    ----
    For two classes keep the unit and use binary cross-entropy; for more give the last layer a unit for each.

    Silent
    ------
    Losses over two or more units, and binary cross-entropy.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> scores, target = torch.tensor([[2.0], [-3.0]], requires_grad=True), torch.tensor([[1.0], [0.0]])
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.cross_entropy(scores, target)
    >>> loss.backward()
    >>> float(loss.detach().abs()), scores.grad.tolist()
    (0.0, [[0.0], [0.0]])
    >>> print(case.findings()[0])
    R1 one-class: 2 predictions of 1 unit: the only class has probability 1. Cure: use binary cross-entropy,
    or a unit for every class.
    """

    code, name = "R1", "one-class"
    losses = ("categorical_cross_entropy", "cross_entropy")

    def examine(self, call: LossCall) -> Evidence | None:
        if call.class_axis is None or call.classes != 1 or not call.prediction.size:
            return None
        if call.target.dtype.kind != "f":
            return None
        return Evidence(
            says=Text("{n} predictions of 1 unit: the only class has probability 1", n=call.prediction.size),
            numbers={"classes": 1, "predictions": call.prediction.size},
            cure=Text("use binary cross-entropy, or a unit for every class"),
        )


class SigmoidForClasses(Check):
    """Sigmoids do not exclude each other, and this loss only looks at their shares.

    Keras divides the outputs by their sum before it takes the logarithm. All of them may grow or shrink
    together without any cost, so that none of them is a probability, and training is slow.

    Number
    ------
    The smallest and the largest sum of an example's outputs; those of a softmax are 1.

    Cure
    ----
    End in softmax if each example has one class; use binary cross-entropy if it may have several.

    Silent
    ------
    Sigmoids with binary cross-entropy or with the squared error.

    Examples
    --------
    >>> import keras
    >>> import numpy as np
    >>> from slopes import doctor
    >>> model = keras.Sequential([keras.layers.Activation("sigmoid")])
    >>> model.compile(loss="categorical_crossentropy")
    >>> scores, target = np.array([[0.0, 1.0, 4.0], [-2.0, 0.0, -1.0]]), np.eye(3)[[2, 1]]
    >>> [finding] = doctor.examine(model, None, (scores, target))
    >>> print(finding)
    R5 sigmoid-for-classes: 3 sigmoids add up to between 0.888 and 2.21 and are divided by their sum; 0% of
    the targets have several labels. Cure: end in softmax.
    """

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
        return Evidence(
            says=Text(
                "{classes} sigmoids add up to between {low:.3g} and {high:.3g} and are divided by their sum; "
                "{several:.0%} of the targets have several labels",
                classes=call.classes,
                low=sums.min(),
                high=sums.max(),
                several=several,
            ),
            numbers={"smallest": float(sums.min()), "largest": float(sums.max()), "several": several},
            cure=Text("use binary cross-entropy: some targets have several labels")
            if several
            else Text("end in softmax"),
            place=step.place,
        )


class AccuracyOfRegression(Check):
    """Accuracy counts numbers that are equal or on the same side of a half, which says nothing here.

    It stays near 0 (or near the share of targets above a half) however good the model is, and people then
    repair a model in which nothing is wrong.

    Number
    ------
    The share of targets that are neither 0 nor 1: of these an accuracy cannot tell right from wrong.

    Cure
    ----
    Report the mean absolute error, which has the unit of the targets.

    Silent
    ------
    Targets that are all 0 or 1. Where only the source is read it is an information, as the source does not
    show the targets.

    Examples
    --------
    >>> import keras
    >>> import numpy as np
    >>> from slopes import doctor
    >>> model = keras.Sequential([keras.layers.Dense(1, kernel_initializer="zeros")])
    >>> model.compile(loss="mse", metrics=["accuracy"])
    >>> [finding] = doctor.examine(model, None, (np.ones((4, 2)), np.array([1.0, 2.5, 3.0, 0.5])))
    >>> print(finding)
    R19 accuracy-of-regression: 75% of the targets are neither 0 nor 1, from 0.5 to 3. Cure: report the mean
    absolute error.
    """

    code, name, severity = "R19", "accuracy-of-regression", "warning"
    losses = REGRESSION

    def examine(self, call: LossCall) -> Evidence | None:
        if not set(call.options.get("metrics", ())) & set(ACCURACIES) or not call.target.size:
            return None
        between = float(np.mean((call.target != 0) & (call.target != 1)))
        if not between:
            return None
        return Evidence(
            says=Text(
                "{between:.0%} of the targets are neither 0 nor 1, from {low:.4g} to {high:.4g}",
                between=between,
                low=call.target.min(),
                high=call.target.max(),
            ),
            numbers={"between": between},
            cure=Text("report the mean absolute error"),
        )
