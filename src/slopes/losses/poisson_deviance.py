"""Poisson deviance: twice the log-likelihood that a mean loses against the best one."""

from math import inf

from slopes.core import Facts, Math, Paper, PointwiseLoss, T
from slopes.losses.msle import log_ratio


class PoissonDeviance(PointwiseLoss):
    """The deviance 2 (t log(t / p) - t + p) of a mean p for a count, or any amount, t; 0 where p = t.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.poisson_deviance(np.array([2.0, 2.0]), np.array([0.0, 2.0]), reduction="none")
    array([4., 0.])
    """

    formula = "2 * (t * log(t / p) - t + p if t > 0 else p)"
    aliases = ("mean_poisson_deviance",)
    papers = (
        Paper("Nelder and Wedderburn", 1972, "Generalized linear models", "https://doi.org/10.2307/2344614"),
    )
    elsewhere = {"sklearn": "sklearn.metrics.mean_poisson_deviance"}
    takes = "means"
    predictions = (0.0, inf)
    targets = (0.0, inf)
    safe = (1.0, 1.0)
    facts = Facts(range=(0, inf), convex=True)

    def value(self, m: Math, p: T, t: T) -> T:
        # t (v - log(1 + v)) with v = (p - t) / t, near p = t; far below it v has lost the digits of p
        s = m.where(m.equal(t, 0.0), m.fill(t, 1.0), t)
        below = (p - s) - s * log_ratio(m, p - s, p, s)
        near = s * m.log1p_excess((p - s) / s)
        both = m.where(m.less(p, 0.5 * s), below, near)
        return 2 * m.where(m.equal(t, 0.0), p, both)

    def gradient(self, m: Math, p: T, t: T) -> T:
        return 2 * m.where(m.less(p, 2 * t), (p - t) / p, 1 - m.times(t, 1 / p))

    def hessian(self, m: Math, p: T, t: T) -> T:
        return 2 * m.times(m.times(t, 1 / p), 1 / p)

    def target_gradient(self, m: Math, p: T, t: T) -> T:
        return -2 * log_ratio(m, p - t, p, t)
