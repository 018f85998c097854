"""Hessians for boosting, which divides by their sum: what to do where they are negative or zero."""

from functools import cached_property
from math import inf
from typing import Any

import numpy as np

from slopes.boosting.family import Array, Family

CHOICES = ("exact", "floored", "gauss-newton", "upper-bound")
KINKED = 1.0  #: in place of a bound that a loss with kinks has not, as XGBoost and LightGBM take it
SOFTMAX = 0.5  #: no eigenvalue of diag(p) - p p^T is larger (Böhning 1992)
TARGETS = {"logit_loss": (0.0, 0.5, 1.0), "pointwise_loss": (0.5, 1.0, 20.0)}


class Curvature:
    """The Hessian of a loss, as it is or made positive."""

    def __init__(self, family: Family, choice: str | None, floor: float) -> None:
        if choice is not None and choice not in CHOICES:
            raise ValueError(f"hessian must be one of {', '.join(map(repr, CHOICES))}, got {choice!r}")
        if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 < floor < np.inf:
            raise ValueError(f"floor must be a finite number above 0, got {floor!r}")
        self.family, self.floor = family, float(floor)
        self.choice = choice or self._default()
        if self.choice == "upper-bound":
            self.bound = self._bound()
        if self.choice == "gauss-newton" and not self.sound and (family.rows or not np.isfinite(self.least)):
            raise ValueError(
                f"{family.loss.name} has no Gauss-Newton Hessian: it is not half the square of something; "
                "use hessian='floored'"
            )

    def of(self, targets: Array, raw: Array, exact: Array, gradient: Array) -> Array:
        """Return the chosen Hessian, given the exact one and the gradient; no weights."""
        if self.choice == "upper-bound":
            return np.full_like(exact, self.bound)
        if self.choice == "floored":
            return np.maximum(exact, exact.dtype.type(self.floor))
        if self.choice == "exact" or self.sound:
            return exact
        # s^2 / 2 with s = sqrt(2 excess) has the Gauss-Newton Hessian s'^2 = gradient^2 / (2 excess)
        excess = self.family.value(targets, raw) - exact.dtype.type(self.least)
        known = excess > 0
        square = gradient * gradient / (2 * np.where(known, excess, 1))
        return np.where(known & np.isfinite(square), square, np.maximum(exact, exact.dtype.type(self.floor)))

    @property
    def least(self) -> float:
        """The infimum of the loss."""
        return float(self.family.loss.facts.range[0])

    @cached_property
    def sound(self) -> bool:
        """Whether the exact Hessian is never negative, and the loss has no straight part."""
        if self.family.rows:
            return bool(self.family.loss.facts.convex)  # type: ignore[union-attr]
        facts: Any = self.family.loss.facts
        _, _, gradient, hessian = self._probes
        if (hessian < 0).any() or (self.family.loss.kind == "residual_loss" and facts.lipschitz < inf):
            return False  # a loss of residuals that cannot grow steeper becomes straight, sooner or later
        # where every derivative is continuous a Hessian of 0 has only underflowed
        return bool(facts.smooth == inf or ((hessian > 0) | (gradient == 0)).all())

    def _default(self) -> str:
        if self.sound:
            return "exact"
        if self.family.rows:
            return "floored"
        if (self._probes[3] < 0).any():
            return "gauss-newton" if np.isfinite(self.least) else "floored"
        return "upper-bound"

    def _bound(self) -> float:
        """The largest second derivative."""
        loss = self.family.loss
        if self.family.rows:
            if loss.name != "cross_entropy" or not self.sound:
                raise ValueError(
                    f"{loss.name} with {loss.parameters}: no upper bound of the Hessian is known"
                )
            return SOFTMAX
        if not self.family.smooth:
            return KINKED
        targets, scores, _, hessian = self._probes
        top = int(np.argmax(hessian))
        beside = [i for i in (top - 1, top + 1) if 0 <= i < len(scores) and targets[i] == targets[top]]
        edge = len(beside) < 2
        if not np.isfinite(hessian[top]) or (edge and hessian[top] > 1.01 * hessian[beside[0]]):
            raise ValueError(
                f"{loss.name}: the second derivative has no upper bound; "
                "use hessian='exact', 'floored' or 'gauss-newton'"
            )
        if edge:
            return float(hessian[top])

        def lowered(score: float) -> float:
            at = np.array([score])
            return -float(self.family.derivatives(targets[top : top + 1], at)[1][0])

        from scipy.optimize import minimize_scalar

        ends = sorted(scores[beside])
        found = minimize_scalar(lowered, bounds=ends, method="bounded", options={"xatol": 1e-12})
        return max(-float(found.fun), float(hessian[top]))

    @cached_property
    def _probes(self) -> tuple[Array, Array, Array, Array]:
        """Targets, scores, gradients and Hessians where the shape of a loss shows."""
        far = np.logspace(-6, 6, 1201)
        scores = np.concatenate([-far[::-1], [0.0], far])
        loss: Any = self.family.loss
        breaks = np.array(getattr(loss.facts, "breaks", ()), float)
        scores = np.unique(np.concatenate([scores, *(np.nextafter(breaks, s) for s in (-np.inf, np.inf))]))
        kinds = {"margin_loss": (1.0,), "residual_loss": (0.0,)} | TARGETS
        targets = np.repeat(kinds[loss.kind], len(scores))
        scores = np.tile(scores, len(kinds[loss.kind]))
        with np.errstate(all="ignore"):
            gradient, hessian = self.family.derivatives(targets, scores)
        known = np.isfinite(gradient) & ~np.isnan(hessian)
        return targets[known], scores[known], gradient[known], hessian[known]
