"""The command ``slopes trial images`` as a user gives it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from slopes.cli.trial import app


def invoke(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["images", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_a_real_trial_on_digits(tmp_path: Path) -> None:
    code, out, err = invoke(
        *("--activations", "relu,identity", "--losses", "cross_entropy", "--seeds", "2"),
        *("--learning-rates", "0.01", "--steps", "200", "--jobs", "2", "--out", str(tmp_path)),
    )
    assert code == 0, err
    assert err == ""
    assert "relu + cross_entropy" in " ".join(out.split())
    assert "the baseline" in out
    summary = json.loads((tmp_path / "summary.json").read_text())
    relu, identity = summary["candidates"]
    assert relu["mean"] > 0.93
    # Without a hidden activation the network is linear but for its pooling.
    assert identity["mean"] < relu["mean"]
    assert (tmp_path / "report.html").stat().st_size > 1_000_000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--activations", "relu,sofplus"], "softplus"),
        (["--activations", "softmax"], "works on a whole row"),
        (["--activations", ","], "no activation is given"),
        (["--losses", "cros_entropy"], "cross_entropy"),
        (["--seeds", "0"], "0 seeds are given"),
        (["--learning-rates", "0.1,fast"], "--learning-rates is '0.1,fast'"),
        (["--data", "/nowhere"], "/nowhere is not a folder"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(arguments: list[str], words: str, tmp_path: Path) -> None:
    code, out, err = invoke(*arguments, "--out", str(tmp_path / "out"))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith("slopes trial images: ")
    assert words in err
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    code, _, err = invoke("--out", str(tmp_path / "file"))
    assert code == 2
    assert "a file is in the way" in err
    assert (tmp_path / "file").read_text() == "kept"


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in sys.modules if name.startswith("slopes.trial")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "plotly", None)
    code, _, err = invoke("--out", str(tmp_path))
    assert code == 2
    assert 'pip install "slopes[trial]"' in err


def test_help_shows_every_option_and_the_time() -> None:
    result = CliRunner().invoke(app, ["images", "--help"], env={"COLUMNS": "100"})
    assert result.exit_code == 0
    for word in ("--activations", "--losses", "--seeds", "--data", "--out", "--jobs", "minutes"):
        assert word in result.stdout


@pytest.mark.skipif(os.name != "posix", reason="sends a POSIX signal to a process group")
def test_interruption_keeps_finished_runs(tmp_path: Path) -> None:
    # a background job of a shell ignores Ctrl-C, and so would its children
    hear = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{hear}; from slopes.cli.trial import app; app()"
    arguments = ["images", "--steps", "5", "--seeds", "100000", "--learning-rates", "0.01"]
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments, "--jobs", "2", "--out", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        # The folder is made when all input is checked; workers need a few seconds more to start.
        deadline = time.monotonic() + 60
        while not (tmp_path / "out").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(6)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    record = json.loads((tmp_path / "out" / "runs.json").read_text())
    assert record["finished"] is False
    # How many runs a slow machine has ended by now is unknown, but both accounts must agree.
    assert len(record["runs"]) < record["runs_planned"]
    saved = tmp_path / "out" / "runs.json"
    assert err == f"interrupted; the {len(record['runs'])} runs that ended are in {saved}\n"
