"""Shapes that broadcast by accident, and batches with nothing in them."""

from typing import Any

import numpy as np

import slopes
from slopes.doctor.checks.base import Check
from slopes.doctor.languages import Text
from slopes.doctor.scene import Evidence, LossCall


class Broadcast(Check):
    """Prediction and target have different shapes, so that every one meets every other.

    (N, 1) against (N,) broadcasts to (N, N): each prediction is pulled towards the mean of all targets, and
    the model learns to predict that constant. Nothing fails, and the loss even falls.

    Number
    ------
    The number of pairs, the loss of the pairs beside that of equal shapes, and the cosine between the
    gradient that results and the right one.

    Cure
    ----
    Give both the same shape: target.reshape(prediction.shape), or squeeze the last axis of the prediction.

    Silent
    ------
    Equal shapes, a single target for all, and Keras, which adds the axis itself.

    Examples
    --------
    >>> import warnings
    >>> import torch
    >>> from slopes import doctor
    >>> prediction, target = torch.tensor([[1.0], [2.0], [4.0]]), torch.tensor([1.5, 1.5, 5.0])
    >>> with warnings.catch_warnings(action="ignore"), doctor.watch() as case:  # PyTorch warns too
    ...     loss = torch.nn.functional.mse_loss(prediction, target)
    >>> round(float(loss), 3), round(float((prediction[:, 0] - target).square().mean()), 3)
    (4.389, 0.5)
    >>> print(case.findings()[0])
    R10 broadcast-targets: (3, 1) against (3,) gives 9 pairs: the loss is 4.389 where 0.5 is meant, and its
    gradient points -0.30 (cosine) the right way. Cure: give both the shape (3, 1), for example
    target.reshape(prediction.shape).
    """

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
            says=Text(
                "{prediction} against {target} gives {pairs} pairs: the loss is {theirs:.4g} where "
                "{right:.4g} is meant, and its gradient points {cosine:.2f} (cosine) the right way",
                prediction=p.shape,
                target=t.shape,
                pairs=wide[0].size,
                theirs=theirs,
                right=right,
                cosine=cosine,
            ),
            numbers={"loss": theirs, "right": right, "cosine": cosine, "pairs": wide[0].size},
            cure=Text(
                "give both the shape {shape}, for example target.reshape(prediction.shape)", shape=p.shape
            ),
        )


class SharedTargets(Check):
    """Several predictions share one target, or several targets one prediction, by broadcasting.

    All units that share a target learn the same thing, and a unit with several targets their mean.

    Number
    ------
    The number of pairs beside that of predictions and of targets.

    Cure
    ----
    Give the last layer as many units as a target has numbers.

    Silent
    ------
    Equal sizes (R10 speaks of their shapes), and a single target for all.

    Examples
    --------
    >>> import warnings
    >>> import torch
    >>> from slopes import doctor
    >>> with warnings.catch_warnings(action="ignore"), doctor.watch() as case:  # PyTorch warns too
    ...     loss = torch.nn.functional.mse_loss(torch.zeros(4, 3), torch.zeros(4, 1))
    >>> print(case.findings()[0])
    R10 shared-targets: (4, 3) against (4, 1) gives 12 pairs of 12 predictions and 4 targets. Cure: give the
    last layer as many units as a target has numbers.
    """

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
            says=Text(
                "{prediction} against {target} gives {pairs} pairs of {predictions} predictions and "
                "{targets} targets",
                prediction=p.shape,
                target=t.shape,
                pairs=count,
                predictions=p.size,
                targets=t.size,
            ),
            numbers={"pairs": count, "predictions": p.size, "targets": t.size},
            cure=Text("give the last layer as many units as a target has numbers"),
        )


class Nothing(Check):
    """The loss is a mean over nothing, which is NaN and makes every weight NaN.

    A batch of padding alone, or a filter that leaves nothing, ends the training; weights do not come back
    from NaN.

    Number
    ------
    How many targets there are, of which none counts: 0 / 0.

    Cure
    ----
    Leave such batches out, or sum and divide by the number of targets, at least 1.

    Silent
    ------
    Sums, losses that are not reduced, and batches in which a single target counts.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.cross_entropy(torch.zeros(4, 3), torch.full((4,), -100))
    >>> float(loss)
    nan
    >>> print(case.findings()[0])
    R11 empty-batch: 0 of 4 targets count. Cure: leave out such batches, or sum and divide by the number of
    targets, at least 1.
    """

    code, name = "R11", "empty-batch"

    def examine(self, call: LossCall) -> Evidence | None:
        if call.options.get("reduction", "mean") != "mean":
            return None
        if call.counted:
            return None
        return Evidence(
            says=Text("0 of {targets} targets count", targets=call.target.size),
            numbers={"targets": call.target.size},
            cure=Text("leave out such batches, or sum and divide by the number of targets, at least 1"),
        )
