"""The classical yardstick: a Wiener filter by the decision-directed estimate of Ephraim and Malah (1984)."""

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import ndimage

from slopes.trial.problems.audio import spectra
from slopes.trial.problems.audio.files import Samples

SMOOTHING = 0.98  #: of the decision-directed estimate, the value of Ephraim and Malah (1984)
_SMALLEST_RATIO = 10 ** (-25 / 10)  #: of speech to noise, a priori: how far noise is turned down
_PERIODOGRAM_SMOOTHING = 0.85
_MINIMUM_FRAMES = 94  #: 1.5 s: longer than the vowels of a syllable, which must not pass for noise
# The minimum of a smoothed periodogram lies below its mean: by this factor on stationary noise.
_MINIMUM_BIAS = 1.9


def wiener(noisy: Samples) -> Samples:
    """Enhance speech without training.

    The noise is tracked by minimum statistics (Martin, 2001, with one factor in place of his variable
    compensation): the minimum over 1.5 s around each frame of the periodogram, smoothed in time. The ratio
    of speech to noise is estimated in turn from the frame before, as enhanced, and the frame itself.
    """
    spectrum = spectra.spectrum(torch.tensor(noisy, dtype=torch.float64))
    power = (spectrum.abs().square() + 1e-20).numpy()
    posterior = power / noise_power(power)
    gains = np.empty_like(power)
    enhanced = np.ones_like(power[0])
    for frame, now in enumerate(posterior):
        ratio = SMOOTHING * enhanced + (1 - SMOOTHING) * np.maximum(now - 1, 0)
        ratio = np.maximum(ratio, _SMALLEST_RATIO)
        gains[frame] = ratio / (1 + ratio)
        enhanced = gains[frame] ** 2 * now
    return spectra.waveform(spectrum * torch.from_numpy(gains), len(noisy)).float().numpy()


def noise_power(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the noise's share of powers of shape ``(frames, bins)``, by minimum statistics."""
    smooth = np.empty_like(power)
    state = power[: min(len(power), 5)].mean(axis=0)
    for frame, now in enumerate(power):
        state = _PERIODOGRAM_SMOOTHING * state + (1 - _PERIODOGRAM_SMOOTHING) * now
        smooth[frame] = state
    lowest = ndimage.minimum_filter1d(smooth, _MINIMUM_FRAMES, axis=0, mode="nearest")
    return np.asarray(_MINIMUM_BIAS * lowest)
