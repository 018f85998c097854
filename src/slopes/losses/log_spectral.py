"""Log-spectral distance: how far two spectra are apart, in decibels."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T
from slopes.losses.msle import log_ratio


class LogSpectral(ArrayLoss):
    """The root mean square, over the frequencies of a frame, of the ratio of two power spectra in decibels.

    Entries are powers, above 0. For magnitudes the distance is twice this one.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.log_spectral(np.array([1.0, 10.0, 10.0]), np.array([1.0, 1.0, 100.0])).round(6)
    np.float64(8.164966)
    """

    formula = "norm(10 * log10(p / t)) / sqrt(len(p))"
    arrays = {
        "prediction": Array("n", "estimated powers", "positive"),
        "target": Array("n", "true powers", "positive", learned=False),
    }
    aliases = ("log_spectral_distance", "lsd")
    papers = (
        Paper(
            "Gray and Markel",
            1976,
            "Distance measures for speech processing",
            "https://doi.org/10.1109/TASSP.1976.1162849",
        ),
    )
    kinks = "equal spectra have gradient 0"
    facts = ArrayFacts(range=(0, inf), symmetric=("prediction", "target"))

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        decibels = 10 * log_ratio(m, p - t, p, t) / m.log(m.fill(p, 10.0))
        return m.row_norm(decibels) / m.sqrt(m.row_sum(m.fill(p, 1.0)))
