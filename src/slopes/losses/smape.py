"""SMAPE: the symmetric absolute percentage error, as a fraction."""

from math import inf

from slopes.core import Facts, Math, Paper, PointwiseLoss, T

LARGEST = 1.7976931348623157e308


class SMAPE(PointwiseLoss):
    """The absolute error as a fraction of the mean size, 2 |p - t| / (|p| + |t|), which is at most 2.

    Of unequal signs it is 2 and has no slope. Where both are 0 it is 0.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.smape(np.array([50.0, 0.0]), np.array([150.0, 0.0]), reduction="none")
    array([1., 0.])
    """

    formula = "2 * abs(p - t) / (abs(p) + abs(t))"
    aliases = ("symmetric_mean_absolute_percentage_error",)
    papers = (
        Paper(
            "Makridakis",
            1993,
            "Accuracy measures: theoretical and practical concerns",
            "https://doi.org/10.1016/0169-2070(93)90079-3",
        ),
    )
    kinks = "the derivative at a prediction of 0, and where prediction and target are equal, is 0"
    safe = (1.0, 1.0)
    facts = Facts(range=(0, 2), smooth=0, lipschitz=inf)

    def value(self, m: Math, p: T, t: T) -> T:
        inner = 2 * (m.abs(p - t) / (m.abs(p) + m.abs(t)))
        far = m.where(m.less(LARGEST, m.abs(p)), m.fill(t, 2.0), inner)
        return m.where(m.equal(p, t), m.fill(p, 0.0), far)

    def gradient(self, m: Math, p: T, t: T) -> T:
        # (p + t) - (p - t) = 2 t; where the signs differ the numerator is the denominator
        total = m.abs(p) + m.abs(t)
        slope = 4 * m.sign(p - t) * (m.abs(t) / total) / total
        return m.where(m.less(0.0, m.sign(p) * m.sign(t)), slope, m.fill(p + t, 0.0))

    def hessian(self, m: Math, p: T, t: T) -> T:
        total = m.abs(p) + m.abs(t)
        bend = -8 * m.sign(p - t) * m.sign(p) * (m.abs(t) / total) / total / total
        return m.where(m.less(0.0, m.sign(p) * m.sign(t)), bend, m.fill(p + t, 0.0))

    def target_gradient(self, m: Math, p: T, t: T) -> T:
        return self.gradient(m, t, p)
