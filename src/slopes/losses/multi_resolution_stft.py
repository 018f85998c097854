"""Multi-resolution STFT loss: how far two sounds are apart in their spectra, by windows long and short."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter
from slopes.losses.msle import log_ratio
from slopes.losses.spectra import length, magnitudes, total


class MultiResolutionSTFT(ArrayLoss):
    """Spectral convergence and the mean difference of log magnitudes, averaged over several resolutions.

    A frame is a Hann window centred on every `hop_sizes`-th sample; signals are reflected at their ends, and
    need more samples than half the largest of `fft_sizes`. Both terms are those of one signal, also where
    other implementations divide the norms of a whole batch.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> noise = np.random.default_rng(0).standard_normal(2400)
    >>> slopes.multi_resolution_stft(2 * noise, noise).round(6)  # 1 of the norms, log(2) of the logarithms
    np.float64(1.693147)
    """

    fft_sizes: tuple[int, ...] = parameter(
        (1024, 2048, 512), "lengths of the Fourier transforms", at_least=2, integer=True, many=True
    )
    hop_sizes: tuple[int, ...] = parameter(
        (120, 240, 50), "samples from one frame to the next", at_least=1, integer=True, many=True
    )
    win_lengths: tuple[int, ...] = parameter(
        (600, 1200, 240), "lengths of the windows", at_least=2, integer=True, many=True
    )

    formula = (
        "mean([norm(a - b) / norm(b) + mean(abs(log(a / b))) for a, b in "
        "spectra(p, t, fft_sizes, hop_sizes, win_lengths)])"
    )
    arrays = {
        "prediction": Array("s", "estimated signals"),
        "target": Array("s", "true signals", learned=False),
    }
    result = "1 1"
    aliases = ("multi_resolution_stft_loss", "mrstft", "stft_loss")
    papers = (
        Paper(
            "Yamamoto, Song and Kim",
            2020,
            "Parallel WaveGAN: a fast waveform generation model based on generative adversarial networks "
            "with multi-resolution spectrogram",
            "https://arxiv.org/abs/1910.11480",
        ),
    )
    kinks = "equal magnitudes have gradient 0; one below sqrt(1e-7) counts as that, and has gradient 0"
    facts = ArrayFacts(range=(0, inf))

    def __post_init__(self) -> None:
        super().__post_init__()
        given = (self.fft_sizes, self.hop_sizes, self.win_lengths)
        if len(set(map(len, given))) > 1:
            raise ValueError(
                f"{self.name}: fft_sizes, hop_sizes and win_lengths must have equally many entries, "
                f"got {', '.join(map(str, given))}"
            )
        for size, window in zip(self.fft_sizes, self.win_lengths, strict=True):
            if window > size:
                raise ValueError(
                    f"{self.name}: a window of win_lengths must not be longer than its Fourier transform, "
                    f"got {window} for {size}"
                )

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        each = [
            self._at(m, p, t, *resolution)
            for resolution in zip(self.fft_sizes, self.hop_sizes, self.win_lengths, strict=True)
        ]
        return sum(each[1:], each[0]) / len(each)

    def _at(self, m: ArrayMath, p: T, t: T, size: int, hop: int, window: int) -> T:
        a, b = magnitudes(m, p, size, hop, window), magnitudes(m, t, size, hop, window)
        logarithms = total(m, m.abs(log_ratio(m, a - b, a, b))) / total(m, m.fill(b, 1.0))
        return length(m, a - b) / length(m, b) + logarithms
