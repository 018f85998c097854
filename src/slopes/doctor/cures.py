"""Trying a cure on the batch in which the mistake was seen: loss and gradient, with it and without."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

import slopes
from slopes.core import RowActivation, definitions
from slopes.doctor.languages import Text
from slopes.doctor.scene import OVER_ENTRIES, LossCall

OF_SCORES = {
    "nll": "cross_entropy",
    "categorical_cross_entropy": "cross_entropy",
    "binary_cross_entropy": "binary_cross_entropy_with_logits",
}
Both = tuple[float, float]


@dataclass(frozen=True)
class Trial:
    """What was computed: the loss, and the norm of its gradient in the last layer's output."""

    cured: Both
    now: Both | None  #: where that is defined

    @property
    def says(self) -> Text:
        """The numbers in words."""
        loss, gradient = self.cured
        if self.now is None:
            return Text(
                "cured, the same batch gives {loss:.4g}, with a gradient of norm {gradient:.3g}",
                loss=loss,
                gradient=gradient,
            )
        before, least = self.now
        return Text(
            "cured, the same batch gives {loss:.4g} in place of {before:.4g}, and the norm of the gradient "
            "in the last layer's output {turn} from {least:.3g} to {gradient:.3g}",
            loss=loss,
            before=before,
            turn=Text("grows") if gradient > least else Text("shrinks"),
            least=least,
            gradient=gradient,
        )

    @property
    def numbers(self) -> dict[str, float]:
        """The numbers by name."""
        found = {"cured_loss": self.cured[0], "cured_gradient": self.cured[1]}
        return found if self.now is None else found | {"loss_now": self.now[0], "gradient_now": self.now[1]}


def tried(name: str, call: LossCall) -> Trial | None:
    """Return what the cure of a rule does to the batch of a call; None where that cannot be tried."""
    cure = CURES.get(name)
    weighted = call.options.get("weight") is not None or call.options.get("pos_weight") is not None
    if cure is None or weighted or call.options.get("reduction", "mean") == "none":
        return None
    try:
        with np.errstate(all="ignore"):
            found = cure(call)
    except (ValueError, TypeError, IndexError):  # targets that are wrong too, which another finding says
        return None
    numbers = [*found.cured, *(found.now or ())] if found else [np.nan]
    return found if np.isfinite(numbers).all() else None


def _scores(call: LossCall) -> np.ndarray | None:
    """Return what the last activation was given: as it was seen, or from what it gave.

    The logarithm of a softmax gives the scores but for what is added to all of a row, which neither a
    softmax nor cross-entropy sees.
    """
    if call.before is not None:
        return call.before.astype(np.float64)
    op, p = call.last.op if call.last else "", call.prediction.astype(np.float64)
    if op == "softmax" and (
        call.class_axis is None or call.last is None or call.last.axis != call.class_axis
    ):
        return None
    inverse: dict[str, Callable[[Any], Any]] = {
        "softmax": np.log,
        "sigmoid": lambda p: np.log(p) - np.log1p(-p),
        "tanh": np.arctanh,
    }
    return inverse[op](p) if op in inverse else None


def _evaluate(call: LossCall, loss: str, z: np.ndarray, op: str = "", axis: int | None = None) -> Both:
    """Return a loss of an activation of scores, and the norm of its gradient in these."""
    function, options, target = call.function(loss), call.options, call.target
    kwargs: dict[str, Any] = {}
    if function.definition.kind == "row_loss":
        kwargs["axis"] = call.class_axis
        if target.dtype.kind in "iu":
            kwargs["ignore_index"] = options.get("ignore_index")
    else:
        target = target.astype(np.float64)
    reduction = options.get("reduction") or "mean"
    kwargs["reduction"] = "mean" if reduction == OVER_ENTRIES else reduction
    activation: Any = slopes.get(op) if op else None
    rows = {"axis": axis} if op and issubclass(definitions[op], RowActivation) else {}
    p = z if activation is None else activation(z, **rows)
    value, gradient = function.value_and_gradient(p, target, **kwargs)
    if activation is not None:
        gradient = activation.vjp(z, gradient, **rows)
    share = 1 / call.classes if reduction == OVER_ENTRIES else 1.0
    return share * float(value), share * float(np.linalg.norm(gradient))


def _without_activation(call: LossCall) -> Trial | None:
    z, last = _scores(call), call.last
    if z is None or last is None or z.shape != call.prediction.shape or last.op == "log_softmax":
        return None
    loss = OF_SCORES.get(call.loss, call.loss)
    return Trial(_evaluate(call, loss, z), _evaluate(call, call.loss, z, last.op, last.axis))


def _of_logits(call: LossCall) -> Trial | None:
    if call.loss not in OF_SCORES:
        return None
    z = call.prediction.astype(np.float64)
    now = _evaluate(call, call.loss, z) if call.loss == "nll" else None  # the others take no such number
    return Trial(_evaluate(call, OF_SCORES[call.loss], z), now)


def _along_classes(call: LossCall) -> Trial | None:
    last, right = call.last, call.prediction.ndim - 1 if call.class_axis is None else call.class_axis
    if call.before is None or last is None or call.before.shape != call.prediction.shape:
        return None
    z = call.before.astype(np.float64)
    cured, now = (_evaluate(call, call.loss, z, last.op, axis) for axis in (right, last.axis))
    return Trial(cured, now)


def _same_shape(call: LossCall) -> Trial:
    p, t = (a.astype(np.float64) for a in (call.prediction, call.target))
    loss = call.function()
    kwargs = {"reduction": call.options.get("reduction") or "mean"}
    cured, right = loss.value_and_gradient(p.reshape(-1), t.reshape(-1), **kwargs)
    wide = [np.ascontiguousarray(a) for a in np.broadcast_arrays(p, t)]
    now, each = loss.value_and_gradient(*wide, **kwargs)
    added = each.ndim - p.ndim
    stretched = [i + added for i, n in enumerate(p.shape) if n != each.shape[i + added]]
    wrong = each.sum((*range(added), *stretched))
    return Trial((float(cured), float(np.linalg.norm(right))), (float(now), float(np.linalg.norm(wrong))))


def _with_logarithms(call: LossCall) -> Trial | None:
    last, axis = call.last, call.class_axis
    if call.options.get("log_target"):
        return None
    if last is not None and last.op == "softmax":
        z = _scores(call)
        return z if z is None else Trial(
            _evaluate(call, call.loss, z, "log_softmax", axis), _evaluate(call, call.loss, z, "softmax", axis)
        )  # fmt: skip
    z = call.prediction.astype(np.float64)
    return Trial(_evaluate(call, call.loss, z, "log_softmax", axis), _evaluate(call, call.loss, z))


def _by_rows(call: LossCall) -> Trial | None:
    if call.options.get("log_target"):
        return None
    now = _evaluate(call, call.loss, call.prediction.astype(np.float64))
    return Trial((now[0] * call.classes, now[1] * call.classes), now)


#: the name of a rule -> how its cure is tried
CURES: dict[str, Callable[[LossCall], Trial | None]] = {
    "second-softmax": _without_activation,
    "second-sigmoid": _without_activation,
    "softmax-without-log": _without_activation,
    "activated-logits": _without_activation,
    "logits-as-probabilities": _of_logits,
    "softmax-over-wrong-axis": _along_classes,
    "broadcast-targets": _same_shape,
    "kl-arguments": _with_logarithms,
    "kl-mean": _by_rows,
}
