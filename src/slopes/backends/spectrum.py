"""The words of spectra: frames are taken by an index, and Fourier transforms are the libraries' own."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

Array = Any


class Frames(NamedTuple):
    """Where the samples of frames come from, and where they go back to."""

    index: Array  #: (frames, window): the sample at every place of a frame
    #: (samples, most): the places, counted through all frames, that a sample is at, filled up with the first,
    #: where the window is 0
    back: Array


@lru_cache(maxsize=16)
def frames(samples: int, size: int, hop: int, window: int) -> Frames:
    """Return frames centred on every `hop`-th sample; the signal is reflected at its ends.

    Raises
    ------
    ValueError
        If the signal is too short to be reflected.
    """
    half = size // 2
    if samples <= half:
        raise ValueError(
            f"a signal of {samples} samples is too short for a Fourier transform of {size}: "
            f"it needs more than {half}"
        )
    count = 1 + (samples + 2 * half - size) // hop
    first = (size - window) // 2 - half
    places = np.abs(first + hop * np.arange(count)[:, None] + np.arange(window))
    index = samples - 1 - np.abs(samples - 1 - places)
    flat = index.ravel()
    uses = np.bincount(flat, minlength=samples)
    order = np.argsort(flat, kind="stable")
    rank = np.arange(flat.size) - np.repeat(np.cumsum(uses) - uses, uses)
    back = np.zeros((samples, int(uses.max())), np.int64)
    back[flat[order], rank] = order
    return Frames(index, back)


def hann(window: int) -> Array:
    """Return the Hann window that repeats without a seam."""
    return np.sin(np.pi * np.arange(window) / window) ** 2


def shares(size: int) -> Array:
    """Return by what a real inverse transform divides each frequency: those within stand for two."""
    k = np.arange(size // 2 + 1)
    return np.where((k == 0) | (2 * k == size), float(size), 0.5 * size)


class SpectrumWords:
    """The words of spectra in terms of others, and of five that are not in the vocabulary.

    These are `constant(x, values)`, a NumPy array as one of the library, in the dtype and place of x;
    `taken(x, index)`, the entries of each row at an index of two axes; `flat(x)`, the last two axes as one;
    `rfft(x, size)`, the transform of real rows, filled up with zeros, as real and then imaginary parts; and
    `irfft(x, size)`, its inverse.
    """

    hann = staticmethod(hann)

    @classmethod
    def stft(cls: Any, x: Any, size: int, hop: int, window: int) -> Any:
        index = frames(_samples(x), size, hop, window).index
        return cls.rfft(cls.taken(x, index) * cls.constant(x, cls.hann(window)), size)

    @classmethod
    def stft_back(cls: Any, c: Any, x: Any, size: int, hop: int, window: int) -> Any:
        back = frames(_samples(x), size, hop, window).back
        share = np.tile(shares(size), 2)
        each = cls.irfft(c * cls.constant(c, share), size)[..., :window] * cls.constant(c, cls.hann(window))
        return cls.row_sum(cls.taken(cls.flat(each), back))[..., 0]


def _samples(x: Any) -> int:
    """The number of samples, which frames must know."""
    if x.shape[-1] is None:
        raise ValueError("spectra need signals of a known length; give the graph's input a shape")
    return int(x.shape[-1])
