"""Targets that a loss cannot mean, or that a prediction cannot reach."""

from math import isfinite

import numpy as np

import slopes
from slopes.core import Activation, RowActivation, definitions
from slopes.doctor.checks.base import Check
from slopes.doctor.scene import Evidence, LossCall

REGRESSION = ("mse", "mae", "huber", "smooth_l1")


class Unreachable(Check):
    """The last activation cannot give values that the targets have."""

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
        best = float(slopes.get(call.loss)(np.clip(t, low, high), t))
        return Evidence(
            says=f"{step.op} gives values from {low:.4g} to {high:.4g}; {outside:.0%} of the targets lie "
            f"outside, from {t.min():.4g} to {t.max():.4g}: here the loss cannot fall below {best:.4g}",
            numbers={"outside": outside, "low": low, "high": high, "floor": best},
            cure="leave the last layer without an activation, or scale the targets into its range",
            place=step.place,
        )


class WrongTargets(Check):
    """The targets are not what the loss takes."""

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
                says=f"targets must lie in [0, 1]; they go from {t.min():.4g} to {t.max():.4g}",
                numbers={"smallest": float(t.min()), "largest": float(t.max())},
                cure="map -1 to 0" if signs else "give 0 and 1, or probabilities; percentages divided by 100",
            )
        if t.dtype.kind == "f":
            return self._probabilities(call)
        if t.shape == call.prediction.shape and call.classes > 1:
            return Evidence(
                says=f"targets of shape {t.shape} have an entry for each of {call.classes} classes, the loss "
                "takes indices",
                numbers={"classes": call.classes},
                cure="give target.argmax(-1), or use the loss that takes one-hot targets",
            )
        kept = t[t != call.options.get("ignore_index", -100)]
        if not kept.size or (kept.min() >= 0 and kept.max() < call.classes):
            return None
        one_based = kept.min() == 1 and kept.max() == call.classes
        return Evidence(
            says=f"with {call.classes} classes the indices go from 0 to {call.classes - 1}; "
            f"the targets go from {kept.min()} to {kept.max()}",
            numbers={"classes": call.classes, "smallest": float(kept.min()), "largest": float(kept.max())},
            cure="subtract 1 from the targets" if one_based else "give the last layer a unit for every class",
        )

    def _probabilities(self, call: LossCall) -> Evidence | None:
        t, shape = call.target, call.prediction.shape
        if call.loss == "categorical_cross_entropy" and t.size * call.classes == np.prod(shape) > t.size:
            return Evidence(
                says=f"predictions of shape {shape} need targets of that shape; these have {t.shape}",
                numbers={"classes": call.classes},
                cure="use the sparse loss, which takes indices, or one-hot targets",
            )
        if call.loss == "nll" or t.shape != shape:
            return None
        sums = call.target.astype(np.float64).sum(call.class_axis)
        off = float(np.mean(abs(sums - 1) > 0.01))
        if not off:
            return None
        return Evidence(
            says=f"{off:.0%} of the targets are no probabilities: they add up to between {sums.min():.4g} "
            f"and {sums.max():.4g}",
            numbers={"off": off, "smallest": float(sums.min()), "largest": float(sums.max())},
            cure="for sets of labels use binary cross-entropy with logits; otherwise divide by their sum",
        )
