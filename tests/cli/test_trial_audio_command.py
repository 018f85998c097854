"""The command ``slopes trial audio`` as a user gives it."""

import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner

from slopes.cli.trial import app

RATE = 16_000


@pytest.fixture
def sounds(tmp_path: Path) -> Path:
    """Write four short utterances of four speakers and two noises."""
    random = np.random.default_rng(0)
    for name in ("speech/1-a", "speech/2-a", "speech/3-a", "speech/4-a", "noise/tap", "noise/bike"):
        path = tmp_path / f"{name}.wav"
        path.parent.mkdir(exist_ok=True)
        soundfile.write(path, 0.1 * random.standard_normal(RATE), RATE)
    return tmp_path


def test_a_trial_on_folders(sounds: Path) -> None:
    out = sounds / "out"
    words = ["audio", "--speech", str(sounds / "speech"), "--noise", str(sounds / "noise")]
    words += ["--hold-out-noise", "tap", "--snrs", "-5,5", "--units", "4", "--steps", "1"]
    words += ["--activations", "tanh,relu", "--learning-rates", "0.01", "--seeds", "1", "--jobs", "1"]
    result = CliRunner().invoke(app, [*words, "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert {path.name for path in (out / "sounds").glob("*/*.wav")} == {
        "clean.wav",
        "noisy.wav",
        "wiener.wav",
        "tanh-mse.wav",
        "relu-mse.wav",
    }
    report = (out / "report.html").read_text()
    for option in ("--snrs -5,5", "--hold-out-noise tap", f"--speech {sounds / 'speech'}", "--units 4"):
        assert option in report  # in the command that repeats the trial


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--speech", "HERE/speech"], "--speech and --noise are given together"),
        (["--test-speech", "HERE/speech"], "--test-speech and --hold-out-noise need --speech and --noise"),
        (["--hold-out-noise", "tap"], "--test-speech and --hold-out-noise need --speech and --noise"),
        (["--speech", "HERE/speech", "--noise", "HERE/absent"], "absent does not exist or is not a folder"),
        (["--snrs", "loud"], "--snrs is 'loud'; it must be numbers separated by commas"),
        (["--output", "wave"], "the output is 'wave'; it must be one of"),
        (["--units", "0"], "units is 0; at least 1 is needed"),
        (["--losses", "hinge"], "'hinge' compares a score with one of two classes"),
    ],
)
def test_refusals(sounds: Path, words: list[str], message: str) -> None:
    words = [word.replace("HERE", str(sounds)) for word in words]
    result = CliRunner().invoke(app, ["audio", *words, "--out", str(sounds / "out")])
    assert result.exit_code == 2
    assert result.stderr.startswith("slopes trial audio: ")
    assert message in result.stderr
    assert not (sounds / "out").exists()


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in sys.modules if name.startswith("slopes.trial.problems.audio")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "soundfile", None)
    result = CliRunner().invoke(app, ["audio", "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert result.stderr.startswith(
        'slopes trial audio: soundfile is not installed; pip install "slopes[trial]"'
    )
