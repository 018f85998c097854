"""The command ``slopes trial images`` as a user gives it."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
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
        (["--max-seeds", "2"], "at most 2 seeds are given"),
        (["--budget", "10"], "the time '10' is given; it must be one such as 90s, 10m or 1h30m"),
        (["--cluster", "slurm"], "there is no cluster 'slurm'; there is ray"),
        (["--jobs", "0"], "0 jobs are given"),
        (["--data", "/nowhere"], "/nowhere is neither a path nor the name of a set"),
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
    for word in (
        "--activations",
        "--losses",
        "--seeds",
        "--data",
        "--out",
        "--jobs",
        "--budget",
        "--cluster",
        "minutes",
    ):
        assert word in result.stdout


def count_runs(ledger: Path) -> int:
    if not ledger.exists():
        return 0
    with closing(sqlite3.connect(ledger)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM runs").fetchone()[0])
        except sqlite3.OperationalError:  # the tables are not there yet
            return 0


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
        deadline = time.monotonic() + 120
        while count_runs(tmp_path / "out" / "ledger.sqlite") < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    ledger = tmp_path / "out" / "ledger.sqlite"
    kept = count_runs(ledger)
    assert kept >= 2
    command = (
        "slopes trial images --activations relu,tanh,sigmoid,silu --losses cross_entropy,mse --seeds 100000"
    )
    assert err.startswith(f"interrupted; {kept} of 800000 runs are kept in {ledger}; go on with: {command} ")
    assert err.endswith(f" --jobs 2 --out {tmp_path / 'out'}\n")


def test_a_report_is_written_again_from_the_ledger_alone(tmp_path: Path) -> None:
    options = ("--activations", "relu", "--losses", "mse,cross_entropy", "--seeds", "2", "--quality", "0.2")
    few = ("--learning-rates", "0.01", "--steps", "4", "--jobs", "1")
    code, first, err = invoke(*options, *few, "--out", str(tmp_path / "out"))
    assert code == 0, err
    result = CliRunner().invoke(
        app, ["report", str(tmp_path / "out" / "ledger.sqlite"), "--out", str(tmp_path / "new")]
    )
    assert result.exit_code == 0, result.stderr
    assert result.stdout == first.replace(str(tmp_path / "out"), str(tmp_path / "new"))
    written = {path.name for path in (tmp_path / "out").iterdir()} - {"ledger.sqlite", "ledger.lock"}
    assert {"report.html", "runs.json", "summary.json", "runs.csv"} < written
    assert written == {path.name for path in (tmp_path / "new").iterdir()}
    for name in written:
        assert (tmp_path / "new" / name).read_bytes() == (tmp_path / "out" / name).read_bytes(), name


def test_a_report_of_nothing(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["report", str(tmp_path)])
    assert result.exit_code == 2
    assert result.stderr == f"slopes trial report: there is no ledger {tmp_path / 'ledger.sqlite'}\n"
