"""The best constant score: where boosting starts."""

from typing import Any

import numpy as np

from slopes.boosting.family import Array, Family

CANDIDATES = 65  #: constants from which the search of a loss that is not convex sets out
FARTHEST = 40.0  #: a larger score only comes from targets that are all the same


def best_constant(family: Family, convex: bool, y: Array, weight: Array | None) -> float:
    """Return the constant score with the least weighted mean loss; of several, one in their middle.

    A mean, a quantile, log-odds or the logarithm of a mean where the loss has one, else a search.
    """
    name = family.loss.name
    w = np.ones(len(y)) if weight is None else np.asarray(weight, np.float64)
    t = np.asarray(family.targets(y), np.float64)
    if name == "mse":
        return float(np.average(t, weights=w))
    if name in ("mae", "quantile"):
        return quantile(t, w, family.loss.parameters.get("level", 0.5))
    if family.link == "exp":
        mean = float(np.average(t, weights=w))
        if mean <= 0:
            raise ValueError(f"{name}: every target is 0, so the best constant score is -inf")
        return float(np.log(mean))
    t, w = _grouped(t, w)
    if name in ("binary_cross_entropy_with_logits", "soft_margin"):
        # sums over b sigmoid(z) - a, with b / 2 - a and b / 4 at z = 0: the root is log(a / (b - a))
        gradient, hessian = (float(d @ w) for d in family.derivatives(t, np.zeros(len(t))))
        one, zero = 2 * hessian - gradient, 2 * hessian + gradient
        if min(one, zero) <= 0:
            raise ValueError(_of_one_class(name, t))
        return float(np.log(one / zero))
    return _root(family, t, w) if convex else _search(family, t, w)


def quantile(t: Array, w: Array, level: float) -> float:
    """Return the weighted quantile: where the share of weight below passes `level`; of many, the middle."""
    order = np.argsort(t)
    t, share = t[order], np.cumsum(w[order])
    wanted = level * share[-1]
    first = int(np.searchsorted(share, wanted * (1 - 1e-12)))
    after = int(np.searchsorted(share, wanted * (1 + 1e-12), side="right"))
    return float(0.5 * (t[first] + t[min(after, len(t) - 1)]))


def best_row(family: Family, convex: bool, y: Array, weight: Array | None, classes: int | None) -> Array:
    """Return the best constant row of scores, one for each class; log-probabilities."""
    labels = family.targets(y)
    if labels.ndim > 1:
        raise ValueError(f"{family.loss.name}: class labels must have one axis, got shape {labels.shape}")
    count = int(labels.max()) + 1 if classes is None else classes
    w = np.bincount(labels, weight, minlength=count).astype(np.float64)
    share = family.loss.definition.smoothing  # type: ignore[union-attr]
    p = (1 - share) * w / w.sum() + share / count
    if (p == 0).any():
        absent = int(np.flatnonzero(p == 0)[0])
        raise ValueError(f"{family.loss.name}: class {absent} never occurs, so its best score is -inf")
    start = np.log(p)
    if family.loss.name == "cross_entropy" and convex:
        return start
    from scipy.optimize import minimize

    each = np.arange(count)

    def mean(row: Array) -> tuple[float, Array]:
        rows = np.tile(row, (count, 1))
        value, gradient = family.loss.value_and_gradient(rows, each, weight=w / w.sum(), reduction="sum")
        return float(value), gradient.sum(0)

    found: Any = minimize(mean, start, jac=True, method="BFGS", options={"gtol": 1e-9})
    return np.asarray(found.x - found.x.mean() + start.mean())  # of softmax's many equal rows, one near


def _grouped(t: Array, w: Array) -> tuple[Array, Array]:
    """Return the different targets and the weight of each, the whole being 1."""
    values, place = np.unique(t, return_inverse=True)
    weights = np.bincount(place, w)
    if not weights.sum() > 0:
        raise ValueError("the weights add up to 0; there must be something to learn from")
    return values, weights / weights.sum()


def _root(family: Family, t: Array, w: Array) -> float:
    """Return where the slope of a convex mean loss is 0."""
    from scipy.optimize import brentq

    def slope(score: float) -> float:
        return float(family.derivatives(t, np.full(len(t), score))[0] @ w)

    if family.link == "identity" and family.loss.kind != "margin_loss":
        low, high = float(t.min()), float(t.max())
    else:
        low, high = -1.0, 1.0
        while slope(low) > 0 and low > -FARTHEST:
            low *= 2
        while slope(high) < 0 and high < FARTHEST:
            high *= 2
    at_low, at_high = slope(low), slope(high)
    if at_low >= 0 and at_high <= 0:
        return 0.5 * (low + high)  # flat
    if at_low * at_high > 0:
        if low < high and family.loss.kind in ("margin_loss", "logit_loss"):
            raise ValueError(_of_one_class(family.loss.name, t))
        return low if at_low > 0 else high
    return float(brentq(slope, low, high, xtol=1e-12 * max(1.0, high - low)))


def _search(family: Family, t: Array, w: Array) -> float:
    """Return the best of many constants, and the best beside it."""
    from scipy.optimize import minimize_scalar

    def mean(score: float) -> float:
        return float(family.value(t, np.full(len(t), score)) @ w)

    if family.link == "sigmoid":
        candidates = np.linspace(-FARTHEST, FARTHEST, 4 * CANDIDATES)
    else:
        candidates = np.unique([quantile(t, w, level) for level in np.linspace(0, 1, CANDIDATES)])
    means = [mean(c) for c in candidates]
    best = int(np.argmin(means))
    low, high = candidates[max(best - 1, 0)], candidates[min(best + 1, len(candidates) - 1)]
    if low == high:
        return float(low)
    found = minimize_scalar(
        mean, bounds=(low, high), method="bounded", options={"xatol": 1e-10 * (high - low)}
    )
    return float(found.x if found.fun <= means[best] else candidates[best])


def _of_one_class(name: str, t: Array) -> str:
    return f"{name}: every target that counts is {t[-1]:g}, so the best constant score is infinite"
