"""MAPE: the absolute percentage error, as a fraction."""

from math import inf

from slopes.core import Facts, Math, Paper, PointwiseLoss, T


class MAPE(PointwiseLoss):
    """The absolute error as a fraction of the target, |p - t| / |t|; times 100 it is a percentage.

    A target of 0 has no percentage: the loss is infinite there, and 0 if the prediction is 0 too.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.mape(np.array([90.0, 3.0]), np.array([100.0, 2.0]), reduction="none")
    array([0.1, 0.5])
    """

    formula = "abs(p - t) / abs(t)"
    aliases = ("mean_absolute_percentage_error", "absolute_percentage_error")
    papers = (
        Paper(
            "de Myttenaere, Golden, Le Grand and Rossi",
            2016,
            "Mean absolute percentage error for regression models",
            "https://doi.org/10.1016/j.neucom.2015.12.114",
        ),
    )
    elsewhere = {
        "keras": "keras.losses.mean_absolute_percentage_error",
        "sklearn": "sklearn.metrics.mean_absolute_percentage_error",
    }
    kinks = "the derivative where prediction and target are equal is 0"
    safe = (1.0, 1.0)
    facts = Facts(range=(0, inf), smooth=0, convex=True)

    def value(self, m: Math, p: T, t: T) -> T:
        return m.where(m.equal(p, t), m.fill(p, 0.0), m.abs(p - t) / m.abs(t))

    def gradient(self, m: Math, p: T, t: T) -> T:
        return m.where(m.equal(p, t), m.fill(p, 0.0), m.sign(p - t) / m.abs(t))

    def hessian(self, m: Math, p: T, t: T) -> T:
        return m.fill(p - t, 0.0)

    def target_gradient(self, m: Math, p: T, t: T) -> T:
        return m.where(m.equal(p, t), m.fill(p, 0.0), -m.sign(p - t) * (p / t) / m.abs(t))
