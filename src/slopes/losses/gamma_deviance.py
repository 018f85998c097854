"""Gamma deviance: the loss of amounts whose spread grows with their mean."""

from math import inf

from slopes.core import Facts, Math, Paper, PointwiseLoss, T
from slopes.losses.msle import log_ratio


class GammaDeviance(PointwiseLoss):
    """The deviance 2 (log(p / t) + t / p - 1) of a mean p for a positive target t; 0 where p = t.

    It depends on the ratio of both only.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.gamma_deviance(np.array([2.0, 20.0]), np.array([1.0, 10.0]), reduction="none")
    array([0.38629436, 0.38629436])
    """

    formula = "2 * (log(p / t) + t / p - 1)"
    aliases = ("mean_gamma_deviance",)
    papers = (
        Paper("Nelder and Wedderburn", 1972, "Generalized linear models", "https://doi.org/10.2307/2344614"),
    )
    elsewhere = {"sklearn": "sklearn.metrics.mean_gamma_deviance"}
    takes = "means"
    predictions = (0.0, inf)
    targets = (0.0, inf)
    strict = True
    safe = (1.0, 1.0)
    facts = Facts(range=(0, inf))

    def value(self, m: Math, p: T, t: T) -> T:
        # v - log(1 + v) with v = (t - p) / p; far below p, v has lost the digits of t
        v = (t - p) / p
        below = v - log_ratio(m, t - p, t, p)
        return 2 * m.where(m.less(t, 0.5 * p), below, m.log1p_excess(v))

    def gradient(self, m: Math, p: T, t: T) -> T:
        return 2 * ((p - t) / p) / p

    def hessian(self, m: Math, p: T, t: T) -> T:
        return 2 * ((t + (t - p)) / p) / p / p

    def target_gradient(self, m: Math, p: T, t: T) -> T:
        return 2 * ((t - p) / p) / t
