"""Recordings that the tests of speech enhancement share."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from slopes.trial.problems.audio.data import AudioData, synthesised
from slopes.trial.problems.audio.files import RATE

WriteSounds = Callable[..., Path]


@pytest.fixture(scope="session")
def made() -> AudioData:
    """Give synthesised speech and noise."""
    return synthesised()


@pytest.fixture
def write_sounds(tmp_path: Path) -> WriteSounds:
    """Give a function that writes a folder of WAV files of half a second of white noise."""

    def write(folder: str, *names: str) -> Path:
        random = np.random.default_rng(0)
        for name in names:
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(path, 0.1 * random.standard_normal(RATE // 2), RATE)
        return tmp_path / folder

    return write
