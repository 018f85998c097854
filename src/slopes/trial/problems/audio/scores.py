"""How good enhanced speech is: SI-SDR, STOI and, where it is installed, PESQ."""

import warnings
from collections.abc import Callable, Sequence
from importlib.util import find_spec

import numpy as np
from pystoi import stoi as pystoi

import slopes
from slopes.trial.problems.audio.files import RATE, Samples

Score = Callable[[Samples, Samples], float]


def si_sdr(estimate: Samples, clean: Samples) -> float:
    """Give the scale-invariant signal-to-distortion ratio in decibels (Le Roux and others, 2019).

    Means are subtracted from neither. More is better.

    Examples
    --------
    >>> clean = np.array([1.0, -1.0, 1.0, -1.0], np.float32)
    >>> noise = np.array([0.1, 0.1, -0.1, -0.1], np.float32)
    >>> round(si_sdr(3 * (clean + noise), clean), 3)
    20.0
    """
    return -float(slopes.si_sdr(np.asarray(estimate, np.float64), np.asarray(clean, np.float64)))


def stoi(estimate: Samples, clean: Samples) -> float:
    """Give the short-time objective intelligibility (Taal and others, 2011), at most 1.

    It is NaN where the clean speech has less than 30 frames (about 0.4 s) that are not silent.
    """
    with warnings.catch_warnings():
        # pystoi warns and gives 1e-5 for what it cannot measure.
        warnings.simplefilter("error", RuntimeWarning)
        try:
            return float(pystoi(clean, estimate, RATE))
        except RuntimeWarning:
            return float("nan")


def pesq(estimate: Samples, clean: Samples) -> float:
    """Give the wide-band PESQ (ITU-T P.862.2), from 1.04 to 4.64; NaN where it finds no speech."""
    from pesq import PesqError
    from pesq import pesq as measure

    try:
        return float(measure(RATE, clean, estimate, "wb"))
    except (PesqError, ValueError):  # the second where it divides by a power of 0
        return float("nan")


def available() -> dict[str, Score]:
    """Give the scores that can be computed here, by name."""
    scores: dict[str, Score] = {"si_sdr": si_sdr, "stoi": stoi}
    if find_spec("pesq") is not None:
        scores["pesq"] = pesq
    return scores


def mean(values: Sequence[float]) -> float:
    """Give the mean of those values that could be measured; NaN if none could."""
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else float("nan")
