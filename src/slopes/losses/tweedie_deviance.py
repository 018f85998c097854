"""Tweedie deviance: the loss of amounts that are often exactly zero."""

from math import inf

from slopes.core import Facts, Math, Paper, PointwiseLoss, T, parameter
from slopes.losses.msle import log_ratio

FAR = 3.0  #: a logarithm of p / t beyond which the terms of the formula hardly cancel


class TweedieDeviance(PointwiseLoss):
    """The deviance of a mean p whose variance is p^power, between Poisson (1) and gamma (2); 0 where p = t.

    At the ends are `poisson_deviance` and `gamma_deviance`, and for a power of 0 `mse`.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.tweedie_deviance(np.array([4.0, 4.0]), np.array([0.0, 1.0]), reduction="none")
    array([8., 2.])
    """

    power: float = parameter(1.5, "of the mean, which the variance is", above=1, below=2, also=(1.2, 1.9))

    formula = (
        "2 * (t**(2 - power) / (1 - power) / (2 - power) - t * p**(1 - power) / (1 - power)"
        " + p**(2 - power) / (2 - power))"
    )
    aliases = ("mean_tweedie_deviance",)
    papers = (
        Paper(
            "Jørgensen",
            1987,
            "Exponential dispersion models",
            "https://doi.org/10.1111/j.2517-6161.1987.tb01685.x",
        ),
    )
    elsewhere = {"sklearn": "sklearn.metrics.mean_tweedie_deviance(power=1.5)"}
    takes = "means"
    predictions = (0.0, inf)
    targets = (0.0, inf)
    safe = (1.0, 1.0)
    facts = Facts(range=(0, inf))

    def value(self, m: Math, p: T, t: T) -> T:
        a, b = 1 - self.power, 2 - self.power
        s = m.where(m.equal(t, 0.0), m.fill(t, 1.0), t)
        u = log_ratio(m, p - s, p, s)
        # t^b (e^(b u) / b - e^(a u) / a + 1 / (a b)) without its linear terms, which cancel; far from u = 0
        # powers keep more digits than exponentials of a rounded u
        v = m.maximum(m.minimum(u, FAR), -FAR)
        near = m.power(s, b) * (m.expm1_excess(b * v) / b - m.expm1_excess(a * v) / a)
        rising = m.power(p, b) / b
        far = rising - s * (m.power(p, a) / a) + m.power(s, b) / a / b
        both = m.where(m.less(m.abs(u), FAR), near, far)
        return 2 * m.where(m.equal(t, 0.0), rising, both)

    def gradient(self, m: Math, p: T, t: T) -> T:
        zero = m.equal(t, 0.0)
        pull = m.where(zero, m.fill(p, 1.0), (p - t) / m.where(zero, m.fill(p, 1.0), p))
        return 2 * pull * m.power(p, 1 - self.power)

    def hessian(self, m: Math, p: T, t: T) -> T:
        bend = 1 - self.power + self.power * m.times(t, 1 / p)
        return 2 * bend * m.power(p, -self.power)

    def target_gradient(self, m: Math, p: T, t: T) -> T:
        a = 1 - self.power
        u = log_ratio(m, t - p, t, p)
        near = m.power(p, a) * m.expm1(a * m.maximum(m.minimum(u, 1.0), -1.0))
        return 2 * m.where(m.less(m.abs(u), 1.0), near, m.power(t, a) - m.power(p, a)) / a
