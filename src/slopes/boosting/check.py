"""Finds what is wrong with an objective function."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

import numpy as np

from slopes.boosting.family import Array
from slopes.boosting.objective import Objective

Function = Callable[[Array, Array], tuple[Array, Array]]

STEP = 1e-3  #: of raw scores, for differences: coarse enough for objectives that compute in float32
MOST = 0.9  #: the share of rows that makes a rule
NOT_FINITE = "{what} not finite on {rows} of rows"
OTHER_SHAPE = "shape: the {what} has shape {shape}, the raw score {raw}"
DIFFERS = "gradient differs from that of {loss}"


class Fault(NamedTuple):
    """Something wrong with an objective function."""

    kind: Literal["sign", "link", "hessian", "finite", "shape", "other"]
    pattern: str  #: of the sentence
    values: Mapping[str, Any] = {}  #: in the sentence
    share: float = 1.0  #: of the rows, or of those that can tell

    @property
    def says(self) -> str:
        """The sentence."""
        return self.pattern.format(**self.values)


def check(function: Function, y: Any, raw_score: Any, like: Objective | None = None) -> list[str]:
    """Find what is wrong with an objective function for boosting.

    Parameters
    ----------
    function : callable
        An objective as scikit-learn's wrappers call it: `function(y, raw_score)` returns gradient and
        Hessian. Every objective of `slopes.boosting` has it as `gradient_and_hessian`.
    y : array, shape (N,)
        Targets.
    raw_score : array, shape (N,) or (N, K)
        Raw scores at which to look; scores of a model in training, or random ones, that differ.
    like : objective, optional
        What the function is meant to compute, such as `slopes.boosting.sklearn("focal")`. Then the gradient
        is compared with the right one; without it the findings come from its shape alone.

    Returns
    -------
    list of str
        The findings, each one sentence; empty if nothing is wrong.

    Raises
    ------
    ValueError
        If there are no rows, or their numbers differ.

    Examples
    --------
    The gradient of the logistic loss with respect to the raw score is sigmoid(raw) - y:

    >>> import numpy as np
    >>> import slopes.boosting
    >>> y, raw = np.array([0.0, 1.0, 1.0, 0.0]), np.array([-0.5, 2.0, 0.3, 1.5])
    >>> def forgot_the_sigmoid(y, raw):
    ...     return raw - y, np.ones(len(y))
    >>> slopes.boosting.check(forgot_the_sigmoid, y, raw)
    ['link missing: the gradient changes sign where the raw score passes the target, ...']
    >>> slopes.boosting.check(lambda y, raw: (y - slopes.sigmoid(raw), np.ones(len(y))), y, raw)
    ['sign flipped: ...']
    """
    return [fault.says for fault in faults(function, y, raw_score, like)]


def faults(function: Function, y: Any, raw_score: Any, like: Objective | None = None) -> list[Fault]:
    """Return what `check` says, for programs."""
    y, raw = np.asarray(y), np.asarray(raw_score, np.float64)
    if not len(y) or len(y) != len(raw):
        raise ValueError(f"y has {len(y)} rows and raw_score {len(raw)}; they must be equal, and at least 1")
    gradient, hessian = (np.asarray(a) for a in function(y, raw))
    unusable = _unusable(gradient, hessian, raw)
    return unusable or [*_of_gradient(function, y, raw, gradient, like), *of_hessian(gradient, hessian)]


def of_hessian(gradient: Array, hessian: Array) -> list[Fault]:
    """Return what is wrong with a Hessian: where nothing pulls, nothing need bend."""
    flat = (hessian <= 0) & ((hessian < 0) | (gradient != 0))
    if not flat.any():
        return []
    says = (
        "Hessian not positive on {rows} of rows: the sum that a leaf divides by may vanish or change sign; "
        "hessian='floored', 'gauss-newton' or 'upper-bound' avoid it"
    )
    return [Fault("hessian", says, {"rows": percent(_share(flat))}, _share(flat))]


def _unusable(gradient: Array, hessian: Array, raw: Array) -> list[Fault]:
    both = (("gradient", gradient), ("Hessian", hessian))
    for what, array in both:
        if array.shape != raw.shape:
            return [Fault("shape", OTHER_SHAPE, {"what": what, "shape": array.shape, "raw": raw.shape})]
    return [
        Fault("finite", NOT_FINITE, {"what": what, "rows": percent(_share(bad))}, _share(bad))
        for what, array in both
        if (bad := ~np.isfinite(array)).any()
    ]


def _of_gradient(
    function: Function, y: Array, raw: Array, gradient: Array, like: Objective | None
) -> list[Fault]:
    flipped = "sign flipped: the gradient points downhill; boosting subtracts it, so return d(loss)/d(score)"
    missing = "link missing: "
    if like is not None:
        right = like.gradient_and_hessian(y, raw)[0]
        unlinked = right if like.link(raw) is raw else _unlinked(y, raw)
        if _alike(gradient, -right) or _alike(gradient, -unlinked):
            without = [] if _alike(gradient, -right) else [Fault("link", missing + _WITHOUT)]
            return [Fault("sign", flipped), *without]
        if _alike(gradient, unlinked) and not _alike(right, unlinked):
            return [Fault("link", missing + _WITHOUT)]
        return [] if _alike(gradient, right) else [Fault("other", DIFFERS, {"loss": like.loss.name})]
    labels = np.unique(y)
    if raw.ndim == 1 and len(labels) == 2 and set(labels) <= {0, 1, -1}:
        away = np.where(y == labels[1], -1.0, 1.0)  # the sign of any gradient that pulls towards the label
        share = float((gradient * away < 0).mean())
        if share > MOST:
            return [Fault("sign", flipped, share=share)]
        passed = np.where(y == labels[1], raw > labels[1], raw < labels[0])
        share = float((gradient * away < 0)[passed].mean()) if passed.any() else 0.0
        if share > MOST:
            says = "the gradient changes sign where the raw score passes the target, " + _AS_IF
            return [Fault("link", missing + says, share=share)]
        return []
    # of classes, one score: softmax ignores a shift
    first = (slice(None), 0) if raw.ndim > 1 else slice(None)
    moved = raw.copy()
    moved[first] += STEP
    beside, before = np.asarray(function(y, moved)[0])[first], gradient[first]
    rising, falling = float((beside > before).mean()), float((beside < before).mean())
    if not falling > MOST * (rising + falling):
        return []
    return [Fault("sign", flipped, share=falling / (rising + falling))]


_AS_IF = "as if it were a prediction already; apply the inverse link first"
_WITHOUT = "the gradient is prediction - target with the raw score for the prediction; apply the inverse link"


def _unlinked(y: Array, raw: Array) -> Array:
    """The gradient of one who takes raw scores for predictions."""
    target = y if raw.ndim == 1 else (np.arange(raw.shape[-1]) == y[:, None]).astype(float)
    return np.asarray(raw - target)


def _alike(a: Array, b: Array) -> bool:
    """Whether gradients are equal but for one positive factor."""
    square = float(np.vdot(b, b))
    factor = float(np.vdot(a, b)) / square if square else 0.0
    return factor > 0 and bool(np.allclose(a, factor * b, rtol=1e-3, atol=1e-3 * factor * np.abs(b).max()))


def _share(rows: Array) -> float:
    """The share of rows with any such entry."""
    return float(rows.reshape(len(rows), -1).any(-1).mean())


def percent(share: float) -> str:
    """Return a share in words."""
    return f"{100 * share:.0f} %" if share >= 0.01 else f"{100 * share:.2g} %"
