"""Shapes that broadcast by accident, and batches with nothing in them."""

from typing import Any

import numpy as np

import slopes
from slopes.doctor.checks.base import Check
from slopes.doctor.scene import Evidence, LossCall


class Broadcast(Check):
    """Prediction and target have different shapes, so that every one meets every other."""

    code, name = "R10", "broadcast-targets"
    losses = ("mse", "mae", "huber", "smooth_l1")

    def examine(self, call: LossCall) -> Evidence | None:
        p, t = call.prediction, call.target
        if p.shape == t.shape or p.size != t.size or p.size < 2:
            return None
        flat, wanted = (a.astype(np.float64).reshape(-1) for a in (p, t))
        loss: Any = slopes.get(call.loss)
        wide = np.broadcast_arrays(p.astype(np.float64), t.astype(np.float64))
        theirs, right = float(loss(*(np.ascontiguousarray(a) for a in wide))), float(loss(flat, wanted))
        each = loss.gradient(*(np.ascontiguousarray(a) for a in wide), reduction="sum") / wide[0].size
        axes = tuple(
            i for i, n in enumerate(wide[0].shape) if n != ((1,) * (wide[0].ndim - p.ndim) + p.shape)[i]
        )
        got, want = each.sum(axes).reshape(-1), loss.gradient(flat, wanted)
        norm = float(np.linalg.norm(got) * np.linalg.norm(want))
        cosine = float(got @ want) / norm if norm else 1.0
        return Evidence(
            says=f"{p.shape} against {t.shape} gives {wide[0].size} pairs: the loss is {theirs:.4g} where "
            f"{right:.4g} is meant, and its gradient points {cosine:.2f} (cosine) the right way",
            numbers={"loss": theirs, "right": right, "cosine": cosine, "pairs": wide[0].size},
            cure=f"give both the shape {p.shape}, for example target.reshape(prediction.shape)",
        )


class SharedTargets(Check):
    """Several predictions share one target, or several targets one prediction, by broadcasting."""

    code, name, severity = "R10", "shared-targets", "warning"
    losses = ("mse", "mae", "huber", "smooth_l1")

    def examine(self, call: LossCall) -> Evidence | None:
        p, t = call.prediction, call.target
        if p.size == t.size or min(p.size, t.size) < 2:  # one target for all is meant
            return None
        try:
            pairs = np.broadcast_shapes(p.shape, t.shape)
        except ValueError:
            return None
        count = int(np.prod(pairs))
        return Evidence(
            says=f"{p.shape} against {t.shape} gives {count} pairs of {p.size} predictions and "
            f"{t.size} targets",
            numbers={"pairs": count, "predictions": p.size, "targets": t.size},
            cure="give the last layer as many units as a target has numbers",
        )


class Nothing(Check):
    """The loss is a mean over nothing, which is NaN and makes every weight NaN."""

    code, name = "R11", "empty-batch"

    def examine(self, call: LossCall) -> Evidence | None:
        if call.options.get("reduction", "mean") != "mean":
            return None
        if call.counted:
            return None
        return Evidence(
            says=f"0 of {call.target.size} targets count",
            numbers={"targets": call.target.size},
            cure="leave out such batches, or sum and divide by the number of targets, at least 1",
        )
