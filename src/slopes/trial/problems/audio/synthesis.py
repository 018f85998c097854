"""Synthesised sounds that stand in for recordings: speech-like utterances, and noises of several kinds.

Nothing here is speech. An utterance is a row of syllables of one voice: a harmonic source with a moving
pitch behind three moving formants, hisses before some of them, and pauses. It has what enhancement lives
on (harmonics, formants, gaps, hisses), so that a trial runs without any file.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from slopes.trial.problems.audio import spectra
from slopes.trial.problems.audio.files import RATE, Samples

Array = NDArray[np.float64]

# The first three formants of vowels of an adult male, in Hz, after Peterson and Barney (1952).
_VOWELS = np.array(
    [
        (270, 2290, 3010),
        (530, 1840, 2480),
        (730, 1090, 2440),
        (570, 840, 2410),
        (300, 870, 2240),
        (490, 1350, 1690),
    ],
    dtype=float,
)
_BANDWIDTHS = np.array([80.0, 110.0, 160.0])
_FREQUENCIES = np.linspace(0, RATE / 2, spectra.BINS)
_HIGHEST = 7500.0  #: Hz, of a harmonic
_FRAME_RATE = RATE / spectra.HOP


@dataclass(frozen=True)
class Voice:
    """What stays the same in all utterances of one synthesised speaker."""

    pitch: float  #: Hz
    tract: float  #: how much higher its formants are than an adult male's

    @classmethod
    def drawn(cls, random: np.random.Generator) -> "Voice":
        """Draw a voice between a low and a high one."""
        height = random.uniform(0, 1)
        return cls(90 * 2 ** (1.4 * height), 0.9 + 0.3 * height + random.uniform(-0.05, 0.05))


def utterance(voice: Voice, seconds: float, random: np.random.Generator) -> Samples:
    """Make one utterance of a voice."""
    time = Knots(seconds)
    now = 0.0
    while now < seconds:
        if random.uniform() < 0.2:
            pause = random.uniform(0.15, 0.4)
            time.add(now + 0.02, vowel=0.0, hiss=0.0).add(now + pause, vowel=0.0, hiss=0.0)
            now += pause
        if random.uniform() < 0.5:
            length = random.uniform(0.06, 0.14)
            time.add(
                now + length / 2, vowel=0.0, hiss=random.uniform(0.2, 0.8), place=random.uniform(2500, 6000)
            )
            now += length
        length = random.uniform(0.12, 0.3)
        formants = _VOWELS[random.integers(len(_VOWELS))] * voice.tract * random.uniform(0.95, 1.05, 3)
        loud = random.uniform(0.4, 1.0)
        time.add(
            now + 0.3 * length,
            vowel=loud,
            hiss=0.0,
            pitch=voice.pitch * 2 ** random.uniform(-0.3, 0.3),
            f1=formants[0],
            f2=formants[1],
            f3=formants[2],
        )
        time.add(now + 0.8 * length, vowel=0.7 * loud, hiss=0.0)
        now += length
    pitch = time.at_samples("pitch", voice.pitch)
    formants = np.stack([time.at_frames(name, 500.0) for name in ("f1", "f2", "f3")], axis=1)
    tilt = 1 / (1 + (_FREQUENCIES / 800) ** 2) ** 0.5
    throat = resonances(formants, _BANDWIDTHS) * tilt * time.at_frames("vowel", 0.0)[:, None]
    teeth = resonances(time.at_frames("place", 4000.0)[:, None], np.array([2500.0]))
    breath = random.standard_normal(len(pitch))
    voiced = filtered(harmonics(pitch, _HIGHEST) + 0.02 * breath, throat)
    return _normal(voiced + 0.1 * filtered(breath, teeth * time.at_frames("hiss", 0.0)[:, None]))


def coloured(seconds: float, random: np.random.Generator) -> Samples:
    """Make random noise of a random colour whose loudness drifts or flutters."""
    white = random.standard_normal(round(seconds * RATE))
    knots = np.geomspace(60, RATE / 2, 8)
    colour = 10 ** (np.interp(_FREQUENCIES, knots, random.uniform(-25, 25, 8)) / 20)
    loudness = wandering(seconds, random.uniform(0.5, 12), -20, 20, random) * random.uniform(0, 1)
    return _normal(
        filtered(white * 10 ** (loudness / 20), np.broadcast_to(colour, (_frames(seconds), len(colour))))
    )


def cries(seconds: float, random: np.random.Generator) -> Samples:
    """Make harmonic cries that glide in pitch and colour, as of animals, sirens and wheels."""
    base = random.uniform(0, 2.2)
    pitch = 100 * 2 ** (base + wandering(seconds, random.uniform(1, 5), 0, 1.2, random))
    gate = 1 / (
        1 + np.exp(-20 * wandering(seconds, random.uniform(1.5, 3.5), -1, 1, random) - random.uniform(0, 4))
    )
    source = harmonics(pitch, random.uniform(1500, _HIGHEST)) * gate
    places = np.stack(
        [_to_frames(wandering(seconds, 2, low, high, random)) for low, high in ((400, 1500), (1000, 3500))],
        axis=1,
    )
    colour = resonances(places, random.uniform(100, 500, 2)) + random.uniform(0, 0.1)
    return _normal(filtered(source + 0.01 * random.standard_normal(len(source)), colour))


def babble(seconds: float, random: np.random.Generator) -> Samples:
    """Make the voices of several synthesised speakers at once."""
    voices = [utterance(Voice.drawn(random), seconds, random) for _ in range(random.integers(3, 7))]
    return _normal(np.sum(voices, axis=0))


NOISES: dict[str, Callable[[float, np.random.Generator], Samples]] = {
    "coloured": coloured,
    "cries": cries,
    "babble": babble,
}


class Knots:
    """Named quantities given at moments, straight lines between."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._values: dict[str, list[tuple[float, float]]] = {}

    def add(self, moment: float, **values: float) -> "Knots":
        """Give values at a moment, later than those before."""
        for name, value in values.items():
            self._values.setdefault(name, []).append((moment, value))
        return self

    def at_samples(self, name: str, default: float) -> Array:
        """Give a quantity at every sample."""
        return self._at(name, np.arange(round(self.seconds * RATE)) / RATE, default)

    def at_frames(self, name: str, default: float) -> Array:
        """Give a quantity at every frame of a spectrum."""
        return self._at(name, np.arange(_frames(self.seconds)) / _FRAME_RATE, default)

    def _at(self, name: str, moments: Array, default: float) -> Array:
        known = self._values.get(name, [(0.0, default)])
        at, values = np.array(known).T
        return np.asarray(np.interp(moments, at, values))


def wandering(seconds: float, rate: float, low: float, high: float, random: np.random.Generator) -> Array:
    """Give a curve at every sample through random values, so many of them a second."""
    values = random.uniform(low, high, max(2, round(rate * seconds) + 1))
    samples = round(seconds * RATE)
    return np.interp(np.linspace(0, len(values) - 1, samples), np.arange(len(values)), values)


def harmonics(pitch: Array, highest: float) -> Array:
    """Give a tone of a pitch in Hz at every sample, with all its harmonics up to a frequency at one loudness.

    The sum of the first K cosines of a phase p is (sin((K + 1/2) p) / sin(p / 2) - 1) / 2; K is fixed by the
    highest pitch, so that nothing aliases and nothing jumps.
    """
    count = max(1, int(highest / pitch.max()))
    half = np.pi * np.cumsum(pitch) / RATE
    # Where the sine under the fraction is 0 the fraction is 2 K + 1; a small step aside nears it enough.
    half = np.where(np.abs(np.sin(half)) < 1e-6, half + 2e-6, half)
    return np.asarray((np.sin((2 * count + 1) * half) / np.sin(half) - 1) / (2 * np.sqrt(count)))


def resonances(places: Array, bandwidths: Array) -> Array:
    """Give the gains of every bin of every frame: one peak for each column of ``places``, in Hz."""
    distance = (_FREQUENCIES - places[:, :, None]) / (bandwidths[:, None] / 2)
    return np.asarray((1 / (1 + distance**2)).sum(axis=1))


def filtered(samples: Array, gains: Array) -> Array:
    """Multiply the short-time spectrum of samples by gains of shape ``(frames, BINS)``."""
    shaped = spectra.spectrum(torch.from_numpy(samples)) * torch.from_numpy(np.ascontiguousarray(gains))
    return np.asarray(spectra.waveform(shaped, len(samples)).numpy())


def _frames(seconds: float) -> int:
    return spectra.frames(round(seconds * RATE))


def _to_frames(curve: Array) -> Array:
    return np.interp(np.arange(spectra.frames(len(curve))) * spectra.HOP, np.arange(len(curve)), curve)


def _normal(samples: Array) -> Samples:
    """Bring samples to a tenth of full scale, root mean square."""
    return np.asarray(samples * (0.1 / np.sqrt(np.mean(samples**2))), dtype=np.float32)
