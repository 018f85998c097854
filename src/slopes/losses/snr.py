"""SNR: signal against noise, in decibels."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T


class SNR(ArrayLoss):
    """The negative signal-to-noise ratio in decibels, the noise being what the prediction misses.

    It has no bound below: a perfect prediction has loss -inf. A silent target has loss inf.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.snr(np.array([0.9, -0.9]), np.array([1.0, -1.0])).round(6)
    np.float64(-20.0)
    """

    formula = "-10 * log10(dot(t, t) / dot(t - p, t - p))"
    arrays = {
        "prediction": Array("n", "estimated signals", neutral=0.0),
        "target": Array("n", "true signals", learned=False, neutral=0.0),
    }
    aliases = ("neg_snr",)
    papers = (
        Paper(
            "Luo and Mesgarani",
            2018,
            "TasNet: time-domain audio separation network for real-time, single-channel speech separation",
            "https://arxiv.org/abs/1711.00541",
        ),
    )
    facts = ArrayFacts(range=(-inf, inf))

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        return decibels(m, m.row_norm(t - p)) - decibels(m, m.row_norm(t))


def decibels(m: ArrayMath, norm: T) -> T:
    """Return 10 log10 of a squared norm."""
    return 20 * m.log(norm) / m.log(m.fill(norm, 10.0))
