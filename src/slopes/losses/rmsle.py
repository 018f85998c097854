"""RMSLE: the root of the mean squared logarithmic error."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T
from slopes.losses.msle import log_ratio


class RMSLE(ArrayLoss):
    """The root mean square, over a set of predictions, of the differences of log(1 + p) and log(1 + t).

    The set is the whole array or, with `axis`, the entries along some axes: one root for each set, and
    `reduction` is over sets. Weights and masks of single predictions are those of `msle`, whose mean is the
    square of this.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.rmsle(np.array([1.0, 99.0]), np.array([0.0, 49.0])).round(6)  # twice log(2)
    np.float64(0.693147)
    """

    formula = "norm(log(1 + p) - log(1 + t)) / sqrt(len(p))"
    arrays = {
        "prediction": Array("n", "predicted amounts", "log1p"),
        "target": Array("n", "true amounts", "log1p", learned=False),
    }
    axes = "set"
    aliases = ("root_mean_squared_logarithmic_error", "root_mean_squared_log_error")
    papers = (
        Paper(
            "Törnqvist, Vartia and Vartia",
            1985,
            "How should relative changes be measured?",
            "https://doi.org/10.1080/00031305.1985.10479385",
        ),
    )
    elsewhere = {"sklearn": "sklearn.metrics.root_mean_squared_log_error"}
    kinks = "where all predictions are right the gradient is 0"
    facts = ArrayFacts(range=(0, inf), symmetric=("prediction", "target"))

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        apart = log_ratio(m, p - t, 1 + p, 1 + t)
        return m.row_norm(apart) / m.sqrt(m.row_sum(m.fill(p, 1.0)))
