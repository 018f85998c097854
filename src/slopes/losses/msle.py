"""MSLE: the squared logarithmic error."""

from math import inf

from slopes.core import Facts, Math, Paper, PointwiseLoss, T

BIG = 40.0  #: logarithms this far apart are subtracted without loss, and their ratio might overflow


def log_ratio(m: Math, difference: T, p: T, t: T) -> T:
    """log(p / t), given p - t: near 1 from the difference, far away from two logarithms."""
    apart = m.log(p) - m.log(t)
    u = difference / t
    between = m.where(m.less(m.abs(u), 0.5), m.log1p(m.maximum(u, -0.5)), m.log(p / t))
    return m.where(m.less(m.abs(apart), BIG), between, apart)


class MSLE(PointwiseLoss):
    """The squared difference of log(1 + p) and log(1 + t): an error of 10 % costs alike at every size.

    The root of its mean is no mean of losses of single predictions: `rmsle` is a loss of whole arrays.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.msle(np.array([1.0, 99.0]), np.array([0.0, 49.0]), reduction="none")
    array([0.48045301, 0.48045301])
    """

    formula = "(log(1 + p) - log(1 + t))**2"
    aliases = ("mean_squared_logarithmic_error", "mean_squared_log_error")
    papers = (
        Paper(
            "Törnqvist, Vartia and Vartia",
            1985,
            "How should relative changes be measured?",
            "https://doi.org/10.1080/00031305.1985.10479385",
        ),
    )
    elsewhere = {
        "keras": "keras.losses.mean_squared_logarithmic_error",
        "sklearn": "sklearn.metrics.mean_squared_log_error",
    }
    predictions = (-1.0, inf)
    targets = (-1.0, inf)
    strict = True
    facts = Facts(range=(0, inf))

    def value(self, m: Math, p: T, t: T) -> T:
        d = log_ratio(m, p - t, 1 + p, 1 + t)
        return d * d

    def gradient(self, m: Math, p: T, t: T) -> T:
        return 2 * log_ratio(m, p - t, 1 + p, 1 + t) / (1 + p)

    def hessian(self, m: Math, p: T, t: T) -> T:
        d = log_ratio(m, p - t, 1 + p, 1 + t)
        return 2 * (1 - d) / (1 + p) / (1 + p)

    def target_gradient(self, m: Math, p: T, t: T) -> T:
        return self.gradient(m, t, p)
