"""The objective in the form that each library calls."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from slopes.boosting.family import Array
from slopes.boosting.objective import Objective


def _given(weight: Any) -> Array | None:
    """Return weights, or None where a library has none."""
    return None if weight is None or np.size(weight) == 0 else np.asarray(weight)


class XGBoostObjective(Objective):
    """A loss for `xgboost.train`: the object is its `obj`, `metric` its `custom_metric`."""

    library = "xgboost"

    def __call__(self, raw: Array, data: Any) -> tuple[Array, Array]:
        """Return gradient and Hessian at raw scores for the labels and weights of a DMatrix."""
        return self.gradient_and_hessian(data.get_label(), raw, _given(data.get_weight()))

    def metric(self, raw: Array, data: Any) -> tuple[str, float]:
        """Return the loss's name and its weighted mean."""
        return self.loss.name, self.mean_loss(data.get_label(), raw, _given(data.get_weight()))

    @staticmethod
    def _of_classes(count: int) -> float:
        del count
        return 2.0


class LightGBMObjective(Objective):
    """A loss for `lightgbm.train`: the object is `params["objective"]`, `metric` is `feval`."""

    library = "lightgbm"

    def __call__(self, raw: Array, data: Any) -> tuple[Array, Array]:
        """Return gradient and Hessian at raw scores for the labels and weights of a Dataset."""
        return self.gradient_and_hessian(data.get_label(), raw, _given(data.get_weight()))

    def metric(self, raw: Array, data: Any) -> tuple[str, float, bool]:
        """Return the loss's name, its weighted mean, and that more is not better."""
        return self.loss.name, self.mean_loss(data.get_label(), raw, _given(data.get_weight())), False

    @staticmethod
    def _of_classes(count: int) -> float:
        return count / (count - 1)


class CatBoostMetric:
    """A mean loss as CatBoost's `eval_metric`."""

    no_jit = True  # CatBoost would have Numba compile the methods, and warn that it cannot

    def __init__(self, objective: Objective) -> None:
        self.objective = objective

    def is_max_optimal(self) -> bool:
        """Return that more is not better."""
        return False

    def evaluate(self, approxes: Sequence[Array], target: Array, weight: Array | None) -> tuple[float, float]:
        """Return the weighted sum of losses, and of weights."""
        raw = np.stack(approxes, axis=1) if len(approxes) > 1 else np.asarray(approxes[0])
        w = _given(weight)
        total = float(len(raw) if w is None else w.sum())
        return (self.objective.mean_loss(target, raw, w) * total if total else 0.0), total

    def get_final_error(self, error: float, weight: float) -> float:
        """Return the mean."""
        return error / weight if weight else 0.0


class CatBoostObjective(Objective):
    """A loss for CatBoost: the object is `loss_function`, `metric` is `eval_metric`.

    CatBoost climbs, so what it asks for are the derivatives of minus the loss.
    """

    library = "catboost"
    no_jit = True

    @property
    def metric(self) -> CatBoostMetric:
        """The mean loss as an `eval_metric`."""
        return CatBoostMetric(self)

    def calc_ders_range(
        self, approxes: Array, targets: Array, weights: Array | None
    ) -> list[tuple[float, float]]:
        """Return the derivatives of minus the loss for a block of rows."""
        gradient, hessian = self.gradient_and_hessian(targets, approxes, _given(weights))
        return list(zip((-gradient).tolist(), (-hessian).tolist(), strict=True))

    def calc_ders_multi(
        self, approxes: Sequence[float], target: float, weight: float
    ) -> tuple[list[float], list[list[float]]]:
        """Return the derivatives of minus the loss for one row of class scores, the second as a matrix."""
        raw, w = np.asarray(approxes, np.float64)[None], np.array([weight], np.float64)
        y = np.array([target])
        gradient, diagonal = self.gradient_and_hessian(y, raw, w)
        if self.hessian == "exact":
            factor = self.factor * (self.hessian_factor or 1.0)
            matrix = factor * self.loss.full_hessian(raw, self._family.targets(y), weight=w)[0]
        else:
            matrix = np.diag(diagonal[0])
        return (-gradient[0]).tolist(), (-matrix).tolist()


class SklearnObjective(Objective):
    """A loss for the scikit-learn estimators of XGBoost and LightGBM, as their `objective`."""

    def __call__(
        self, y_true: Array, y_pred: Array, sample_weight: Array | None = None
    ) -> tuple[Array, Array]:
        """Return gradient and Hessian at raw scores."""
        return self.gradient_and_hessian(y_true, y_pred, _given(sample_weight))

    def metric(self, y_true: Array, y_pred: Array, sample_weight: Array | None = None) -> float:
        """Return the weighted mean loss at raw scores."""
        return self.mean_loss(y_true, y_pred, _given(sample_weight))
