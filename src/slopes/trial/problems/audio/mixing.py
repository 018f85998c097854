"""Speech and noise together: test mixtures at exact ratios, and endless varied ones to train on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np
import torch
import torch.nn.functional
from numpy.typing import NDArray

from slopes.trial.problems.audio import spectra
from slopes.trial.problems.audio.data import AudioData
from slopes.trial.problems.audio.files import RATE, Samples

TEST_MIXTURES = 120  #: at most
# What varies from one training mixture to the next.
_TRAINING_SNRS = (-5.0, 15.0)
_SPEECH_SPEEDS, _NOISE_SPEEDS = (0.85, 1.2), (0.6, 1.6)
_SPEECH_COLOUR, _NOISE_COLOUR = 5.0, 10.0  #: dB up or down, of bands
_BANDS, _LOWEST_BAND = 8, 60.0
_SECOND_NOISE = 0.35  #: share of mixtures with two noises
_ADDED = 0.5  #: share of noises that are synthesised, where there are both


@dataclass(frozen=True)
class Mixture:
    """One test case."""

    name: str
    noise: str
    snr: float
    clean: Samples
    noisy: Samples


def mix(speech: NDArray[np.floating], noise: NDArray[np.floating], snr: float) -> NDArray[np.float64]:
    """Add noise to speech at a signal-to-noise ratio in decibels: of their energies, pauses included.

    Examples
    --------
    >>> mix(np.array([2.0, 0.0]), np.array([3.0, 3.0]), snr=0.0).round(6).tolist()
    [3.414214, 1.414214]
    """
    signal, disturbance = speech.astype(np.float64), noise.astype(np.float64)
    ratio = (signal @ signal) / (disturbance @ disturbance)
    return np.asarray(signal + np.sqrt(ratio * 10 ** (-snr / 10)) * disturbance)


def mixtures(data: AudioData) -> list[Mixture]:
    """Mix every test utterance with every test noise, the ratios in turn; the data's seed decides where.

    Where that would be more than `TEST_MIXTURES`, evenly spaced utterances are taken.
    """
    random = np.random.default_rng(data.seed)
    names = list(data.test_speech)
    most = max(1, TEST_MIXTURES // len(data.test_noise))
    chosen = [names[place] for place in np.unique(np.linspace(0, len(names) - 1, most).astype(int))]
    result = []
    for which, (noise_name, noise) in enumerate(data.test_noise.items()):
        for number, name in enumerate(chosen):
            clean = data.test_speech[name]
            snr = data.snrs[(number + which) % len(data.snrs)]
            noisy = mix(clean, excerpt(noise, len(clean), random.uniform()), snr)
            result.append(Mixture(name, PurePath(noise_name).stem, snr, clean, noisy.astype(np.float32)))
    return result


def excerpt(samples: Samples, length: int, place: float) -> Samples:
    """Give so many samples from a place between 0 (the start) and 1; a short recording is repeated.

    Where that piece is silent it is taken around the loudest sample instead.
    """
    repeated = np.tile(samples, -(-length // len(samples))) if len(samples) < length else samples
    start = int(place * (len(repeated) - length))
    piece = repeated[start : start + length]
    if not piece.any():
        start = min(int(np.abs(repeated).argmax()), len(repeated) - length)
        piece = repeated[start : start + length]
    return piece


class Mixer:
    """Mixtures to train on, each unlike the others: what is drawn depends on the generator alone.

    Speech and noise are played faster or slower, their bands made louder or softer, noise also backwards
    and two at a time.

    Parameters
    ----------
    speech, noise, added : sequence of numpy.ndarray
        Recordings; half of the noises are drawn from ``added``, where it is not empty.
    length : int
        Samples of a mixture.
    random : torch.Generator
        What is drawn.
    """

    def __init__(
        self,
        speech: Sequence[Samples],
        noise: Sequence[Samples],
        added: Sequence[Samples],
        length: int,
        random: torch.Generator,
    ) -> None:
        self._speech, self._noise, self._added = speech, noise or added, added or noise
        self._length, self._random = length, random

    def batch(self, size: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Give the spectra of so many mixtures, at unit power, and of the speech in them."""
        speech = self._spectra(
            [self._played(self._speech, _SPEECH_SPEEDS) for _ in range(size)], _SPEECH_COLOUR
        )
        noise = self._spectra([self._one_noise() for _ in range(size)], _NOISE_COLOUR)
        noise = noise * (1 / _level(noise))  # a complex number is slower to divide than to multiply
        second = (self._uniform(size, 1, 1) < _SECOND_NOISE) * 10 ** (self._between(-15, 5, size, 1, 1) / 20)
        noise = noise + second * noise.roll(1, dims=0)
        snr = self._between(*_TRAINING_SNRS, size, 1, 1)
        noise = noise * (_level(speech) / _level(noise) * 10 ** (-snr / 20))
        mixture = speech + noise
        factor = 1 / _level(mixture)
        return mixture * factor, speech * factor

    def _one_noise(self) -> torch.Tensor:
        added, backwards = self._uniform(2) < torch.tensor([_ADDED, 0.5])
        piece = self._played(self._added if added else self._noise, _NOISE_SPEEDS)
        return piece.flip(0) if backwards else piece

    def _played(self, recordings: Sequence[Samples], speeds: tuple[float, float]) -> torch.Tensor:
        which, place, rate = self._uniform(3).tolist()
        speed = speeds[0] + (speeds[1] - speeds[0]) * rate
        recording = recordings[int(which * len(recordings))]
        piece = torch.tensor(excerpt(recording, round(self._length * speed), place))
        return torch.nn.functional.interpolate(piece[None, None], self._length, mode="linear")[0, 0]

    def _spectra(self, pieces: list[torch.Tensor], colour: float) -> torch.Tensor:
        gains = self._between(-colour, colour, len(pieces), _BANDS)
        places = _band_places()
        before = places.long()
        decibels = torch.lerp(gains[:, before], gains[:, before + 1], places - before)
        return spectra.spectrum(torch.stack(pieces)) * 10 ** (decibels / 20)[:, None, :]

    def _uniform(self, *shape: int) -> torch.Tensor:
        return torch.rand(*shape, generator=self._random)

    def _between(self, low: float, high: float, *shape: int) -> torch.Tensor:
        return low + (high - low) * self._uniform(*shape)


def unit_power(noisy: Samples) -> tuple[torch.Tensor, float]:
    """Give the spectrum of a mixture at unit power, and the factor that brings it back."""
    whole = spectra.spectrum(torch.tensor(noisy))
    level = float(_level(whole))
    return whole / level, level


def _level(spectrum: torch.Tensor) -> torch.Tensor:
    # The smallest number is for excerpts that are silent but for rounding.
    power = spectrum.real.square() + spectrum.imag.square()
    return (power.mean(dim=(-2, -1), keepdim=True) + 1e-12).sqrt()


def _band_places() -> torch.Tensor:
    """Give the place of every bin among the bands, which are equally wide in octaves."""
    frequencies = torch.linspace(0, RATE / 2, spectra.BINS).clamp(min=_LOWEST_BAND)
    octaves = torch.log2(frequencies / _LOWEST_BAND)
    return (octaves / octaves[-1] * (_BANDS - 1)).clamp(max=_BANDS - 1 - 1e-4)
