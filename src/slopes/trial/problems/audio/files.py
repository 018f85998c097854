"""Recordings of speech and noise: read, brought to one rate and one channel, and checked."""

from pathlib import Path, PurePath

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy import signal

RATE = 16_000  #: samples a second of everything in this problem
SUFFIXES = (".wav", ".flac")
LONGEST = 10 * RATE  #: of an utterance; the rest is left out, so that one long file does not rule a batch
SHORTEST = RATE // 4
MOST = 2 * 3600 * RATE  #: of a folder, all of which is kept in memory

Samples = NDArray[np.float32]


def read(path: Path) -> Samples:
    """Read one WAV or FLAC file as mono at 16 kHz.

    Parameters
    ----------
    path : Path
        The file. Channels are averaged; another rate is converted by a polyphase filter.

    Returns
    -------
    numpy.ndarray
        Samples, float32, of shape ``(samples,)``, within -1 and 1 as the file holds them.

    Raises
    ------
    ValueError
        If the file cannot be read, is shorter than a quarter of a second, is silent or holds values that
        are not finite. The message names the file.
    """
    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        reason = str(getattr(error, "error_string", error)).rstrip(".")
        raise ValueError(f"{path} cannot be read as WAV or FLAC: {reason}") from error
    mono: Samples = samples.mean(axis=1)
    if rate != RATE:
        mono = signal.resample_poly(mono, RATE, rate).astype(np.float32)
    if len(mono) < SHORTEST:
        raise ValueError(f"{path} lasts {len(mono) / RATE:.3f} s; at least {SHORTEST / RATE:g} s are needed")
    if not np.isfinite(mono).all():
        raise ValueError(f"{path} holds samples that are not finite")
    if not mono.any():
        raise ValueError(f"{path} is silent: it holds nothing but zeros")
    return mono


def read_folder(folder: Path, what: str) -> dict[str, Samples]:
    """Read every WAV and FLAC file of a folder and its sub-folders.

    Parameters
    ----------
    folder : Path
        Where to look.
    what : str
        "speech" or "noise", for the messages.

    Returns
    -------
    dict of str to numpy.ndarray
        Samples by the file's path inside the folder, in the order of the paths.

    Raises
    ------
    ValueError
        If it is no folder, or holds no such file or more than two hours, or `read` refuses a file.
    """
    if not folder.is_dir():
        raise ValueError(f"the {what} folder {folder} does not exist or is not a folder")
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    if not files:
        raise ValueError(
            f"the {what} folder {folder} holds no {' or '.join(SUFFIXES)} file, in its sub-folders neither"
        )
    result: dict[str, Samples] = {}
    left = MOST
    for path in files:
        result[path.relative_to(folder).as_posix()] = samples = read(path)
        left -= len(samples)
        if left < 0:
            raise ValueError(
                f"the {what} folder {folder} holds more than {MOST / RATE / 3600:g} hours, and a trial keeps "
                "all of it in memory; give a folder with a part of it"
            )
    return result


def speaker(name: str) -> str:
    """Give the speaker of a file of a speech folder, by the rule that decides who is held out.

    Examples
    --------
    >>> speaker("amy/first.wav"), speaker("amy/week 1/first.wav")
    ('amy', 'amy')
    >>> speaker("1723-141149-0000.flac"), speaker("hello.wav")
    ('1723', 'hello')
    """
    path = PurePath(name)
    return path.parts[0] if len(path.parts) > 1 else path.stem.partition("-")[0]


def write(path: Path, samples: Samples) -> None:
    """Write 16-bit WAV at 16 kHz; what is louder than full scale is turned down as a whole, never clipped."""
    loudest = float(np.abs(samples).max(initial=0.0))
    soundfile.write(path, samples / max(1.0, loudest), RATE, subtype="PCM_16")
