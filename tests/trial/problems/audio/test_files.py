"""Reading of recordings: rates, channels, formats, and what is refused."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from slopes.trial.problems.audio import files
from slopes.trial.problems.audio.files import RATE, read, read_folder, write
from tests.trial.problems.audio.conftest import WriteSounds


def tone(rate: int, seconds: float = 1.0) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100])
def test_every_rate_becomes_16_khz(tmp_path: Path, rate: int) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(rate), rate, subtype="FLOAT")
    samples = read(tmp_path / "tone.wav")
    assert samples.dtype == np.float32
    assert len(samples) == RATE
    middle = slice(RATE // 4, -RATE // 4)  # a filter rings at the ends
    np.testing.assert_allclose(samples[middle], tone(RATE)[middle], atol=2e-3)


def test_channels_are_averaged(tmp_path: Path) -> None:
    both = np.stack([tone(RATE), 0 * tone(RATE)], axis=1)
    soundfile.write(tmp_path / "stereo.flac", both, RATE)
    np.testing.assert_allclose(read(tmp_path / "stereo.flac"), tone(RATE) / 2, atol=1e-4)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    loud = (3 * tone(RATE)).astype(np.float32)  # louder than full scale: turned down, not clipped
    write(tmp_path / "loud.wav", loud)
    np.testing.assert_allclose(read(tmp_path / "loud.wav"), loud / np.abs(loud).max(), atol=1e-4)


def test_a_folder_is_read_with_its_sub_folders(write_sounds: WriteSounds) -> None:
    folder = write_sounds("speech", "b.wav", "a/2.WAV", "a/1.flac")
    (folder / "notes.txt").write_text("no sound")
    assert list(read_folder(folder, "speech")) == ["a/1.flac", "a/2.WAV", "b.wav"]


def test_refusals(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ValueError, match=r"speech folder .*empty holds no \.wav or \.flac file"):
        read_folder(empty, "speech")
    with pytest.raises(ValueError, match=r"noise folder .*absent does not exist"):
        read_folder(tmp_path / "absent", "noise")
    path = tmp_path / "x.wav"
    path.write_bytes(b"RIFF but no more")
    with pytest.raises(ValueError, match=r"x\.wav cannot be read as WAV or FLAC: "):
        read(path)
    for samples, message in (
        (np.zeros(0), r"lasts 0\.000 s; at least 0\.25 s"),
        (tone(RATE, 0.2), r"lasts 0\.200 s; at least 0\.25 s"),
        (np.zeros(RATE), "is silent"),
        (np.full(RATE, np.nan), "not finite"),
    ):
        soundfile.write(path, samples, RATE, subtype="FLOAT")
        with pytest.raises(ValueError, match=rf"x\.wav {message}|x\.wav holds samples that are {message}"):
            read(path)


def test_a_folder_may_not_be_too_large_for_memory(
    write_sounds: WriteSounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_sounds("speech", "a.wav", "b.wav")
    monkeypatch.setattr(files, "MOST", RATE - 1)
    with pytest.raises(ValueError, match=r"holds more than .* hours"):
        read_folder(folder, "speech")


def test_real_recordings(data_folder: Path) -> None:
    speech = read_folder(data_folder / "librispeech-mini" / "test-other", "speech")
    assert len(speech) == 30
    assert all(RATE < len(samples) < 10 * RATE and samples.std() > 0.005 for samples in speech.values())
