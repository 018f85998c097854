"""The last activation beside the loss: missing, doubled, or of another kind."""

from math import exp, log, log1p

import numpy as np

from slopes.doctor.checks.base import Check
from slopes.doctor.scene import Evidence, LossCall

SOFTMAXES = ("softmax", "log_softmax")
CLOSE = 1e-3  #: a sum of float16 probabilities is 1 to this


def is_distribution(rows: np.ndarray) -> bool:
    """Whether all rows are probabilities that add up to 1."""
    return bool(rows.size and (rows >= -CLOSE).all() and (abs(rows.sum(-1) - 1) < 10 * CLOSE).all())


class SoftmaxOfOne(Check):
    """A softmax over a single unit is 1 whatever its input, so nothing before it learns."""

    code, name = "R1", "softmax-of-one"

    def examine(self, call: LossCall) -> Evidence | None:
        for step in call.path[:1]:
            if step.op in SOFTMAXES and step.size == 1:
                constant = 1.0 if step.op == "softmax" else 0.0
                return Evidence(
                    says=f"all {call.prediction.size} outputs are {constant:g}, and their gradient is 0",
                    numbers={"outputs": call.prediction.size, "value": constant},
                    cure="leave the unit as it is and use binary cross-entropy with logits",
                    place=step.place,
                )
        return None


class SecondSoftmax(Check):
    """The scores are squeezed into [0, 1] and then enter a loss that applies softmax itself."""

    code, name = "R2", "second-softmax"
    losses = ("cross_entropy",)

    def examine(self, call: LossCall) -> Evidence | None:
        step, c = call.last, call.classes
        if step is None or c < 2:
            return None
        if step.op == "log_softmax":
            return Evidence(
                says="the loss applies log-softmax again, which changes nothing but costs time",
                numbers={"classes": c},
                cure="leave out the log_softmax",
                place=step.place,
                severity="information",
            )
        if step.op not in ("softmax", "sigmoid"):
            return None
        floor = log1p((c - 1) * exp(-1))
        return Evidence(
            says=f"{c} classes through {step.op} and softmax: the loss cannot fall below {floor:.4f}",
            numbers={"classes": c, "floor": floor},
            cure=f"leave out the {step.op}; the loss takes logits",
            place=step.place,
        )


class SecondSigmoid(Check):
    """Probabilities enter a loss that applies the sigmoid itself."""

    code, name = "R2", "second-sigmoid"
    losses = ("binary_cross_entropy_with_logits",)

    def examine(self, call: LossCall) -> Evidence | None:
        step = call.last
        if step is None or step.op not in ("sigmoid", "softmax"):
            return None
        positive = float(np.mean(call.target)) if call.target.size else 0.0
        floor = positive * log1p(exp(-1)) + (1 - positive) * log(2)
        return Evidence(
            says=f"with {positive:.0%} positive targets the loss cannot fall below {floor:.4f}",
            numbers={"positive": positive, "floor": floor},
            cure=f"leave out the {step.op}; the loss takes logits",
            place=step.place,
        )


class LogitsAsProbabilities(Check):
    """Logits enter a loss that takes probabilities or their logarithms."""

    code, name = "R3", "logits-as-probabilities"
    losses = ("binary_cross_entropy", "categorical_cross_entropy", "divergence_of_probabilities", "nll")

    def examine(self, call: LossCall) -> Evidence | None:
        p = call.prediction
        if call.loss != "nll":
            binary = call.loss == "binary_cross_entropy"
            outside = float(np.mean((p < 0) | (p > 1))) if p.size else 0.0
            return (
                outside > 0
                and Evidence(
                    says=f"{outside:.0%} of the predictions lie outside [0, 1], "
                    f"from {np.nanmin(p):.3g} to {np.nanmax(p):.3g}",
                    numbers={"outside": outside},
                    cure="use binary cross-entropy with logits"
                    if binary
                    else "end in softmax, or use a loss of logits (from_logits=True)",
                )
            ) or None
        rows = call.rows()
        if not rows.size or is_distribution(rows) or not np.isfinite(rows).all():
            return None
        if call.last is not None and call.last.op == "log_softmax":  # along another axis: R8 says it better
            return None
        top = rows.max(-1, keepdims=True)
        total = np.log(np.exp(rows - top).sum(-1)) + top[:, 0]
        off = float(abs(total).max())
        if off < 0.01:
            return None
        return Evidence(
            says=f"the exponentials of a row should add up to 1; here they reach {exp(total.max()):.3g}",
            numbers={"log_sum_exp": off},
            cure="use cross-entropy, which takes logits",
        )


class ProbabilitiesAsLogarithms(Check):
    """Probabilities enter a loss that takes their logarithms."""

    code, name = "R4", "softmax-without-log"
    losses = ("nll",)

    def examine(self, call: LossCall) -> Evidence | None:
        rows = call.rows()
        if not is_distribution(rows):
            return None
        return Evidence(
            says=f"all {len(rows)} rows are probabilities; the loss is minus one of them: its best is -1, "
            "and a sure mistake costs 0",
            numbers={"rows": len(rows)},
            cure="use log_softmax, or cross-entropy on the logits",
            place=call.last.place if call.last else None,
        )


class SoftmaxForLabels(Check):
    """Softmax lets classes exclude each other, binary cross-entropy treats each by itself."""

    code, name = "R6", "softmax-with-binary-cross-entropy"
    losses = ("binary_cross_entropy",)

    def examine(self, call: LossCall) -> Evidence | None:
        step = call.last
        if step is None or step.op != "softmax" or not step.size or step.size < 2 or call.target.ndim < 1:
            return None
        labels = call.target.reshape(-1, call.target.shape[-1]).sum(-1)
        several = float(np.mean(labels != 1)) if labels.size else 0.0
        if several:
            says = f"{several:.0%} of the targets do not have exactly one label: softmax cannot say so"
            cure = "use sigmoid here, or better binary cross-entropy with logits and no activation"
        else:
            says = f"every target has one of {step.size} labels; each wrong class is punished twice"
            cure = "use cross-entropy on the logits"
            if step.size == 2:  # log(1 - p) of the one is log p of the other
                says = "every target has one of 2 labels: the loss is cross-entropy in other words"
        return Evidence(
            says=says,
            numbers={"several": several, "classes": step.size},
            cure=cure,
            place=step.place,
            severity="information" if step.size == 2 and not several else None,
        )


class SoftmaxOverBatch(Check):
    """The softmax runs along another axis than the classes, so that examples compete with each other."""

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
            says=f"it runs along axis {step.axis} of {step.size}, the classes lie along axis {right}: the "
            f"probabilities of one example add up to between {sums.min():.3g} and {sums.max():.3g}",
            numbers={"axis": step.axis, "class_axis": right, "smallest": sums.min(), "largest": sums.max()},
            cure=f"write dim={right}",
            place=step.place,
        )
