"""SI-SDR: signal against distortion, in decibels, whatever the loudness."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T
from slopes.losses.snr import decibels


class SISDR(ArrayLoss):
    """The negative scale-invariant signal-to-distortion ratio in decibels; means are not subtracted.

    It has no bound below: a prediction proportional to the target has loss -inf. It is NaN where the
    target is silent.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.si_sdr(np.array([10.0, 1.0]), np.array([3.0, 0.0])).round(6)
    np.float64(-20.0)
    """

    formula = "-10 * log10(dot(p, t)**2 / (dot(p, p) * dot(t, t) - dot(p, t)**2))"
    arrays = {
        "prediction": Array("n", "estimated signals", neutral=0.0),
        "target": Array("n", "true signals", learned=False, neutral=0.0),
    }
    aliases = ("sisdr", "neg_si_sdr", "si_snr")
    papers = (
        Paper(
            "Le Roux, Wisdom, Erdogan and Hershey",
            2019,
            "SDR - half-baked or well done?",
            "https://arxiv.org/abs/1811.02508",
        ),
    )
    facts = ArrayFacts(range=(-inf, inf), symmetric=("prediction", "target"), scale=("prediction", "target"))

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        u = t / m.row_norm(t)
        signal = m.row_sum(p * u)
        return decibels(m, m.row_norm(p - signal * u)) - decibels(m, m.abs(signal))
