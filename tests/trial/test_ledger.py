"""What is kept of a trial, whatever happens to it."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from slopes.trial import Interrupted, Run, Trial, experiment, hold
from slopes.trial.ledger import Ledger, read

from .tiny import TinyProblem, begun

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports are tested elsewhere, and take longer than all the rest here."""
    monkeypatch.setattr(experiment, "write_result", lambda *_: None)


def rows(folder: Path, columns: str = "*") -> list[Any]:
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection:
        order = "phase, activation, loss, learning_rate, fraction, seed"
        return connection.execute(f"SELECT {columns} FROM runs ORDER BY {order}").fetchall()


#: all but the time
TABLE = (
    "problem, activation, loss, seed, learning_rate, fraction, phase, steps, status, metric, value, error, "
    "measures, curve"
)


def tiny_trial(folder: Path, out: Path | None, **options: Any) -> Trial:
    problem = options.pop("problem", None) or TinyProblem(folder)
    options = {"activations": ["relu", "tanh"], "losses": ["mse"], "seeds": 3, "jobs": 1, **options}
    return hold(problem, out=out, **options)


def test_a_run_is_a_row(tmp_path: Path) -> None:
    problem = TinyProblem(tmp_path, trouble={"tanh": "NaN"})
    trial = tiny_trial(tmp_path, tmp_path / "out", problem=problem, seeds=1, fractions=[0.1, 1])
    assert len(rows(tmp_path / "out")) == len(trial.runs) == 2 * (2 + 2)
    names = [
        "problem",
        "activation",
        "loss",
        "seed",
        "learning_rate",
        "fraction",
        "phase",
        "status",
        "metric",
        "value",
        "seconds",
        "error",
    ]
    found = [dict(zip(names, row, strict=True)) for row in rows(tmp_path / "out", ", ".join(names))]
    relu = next(row for row in found if row["phase"] == "trial" and row["activation"] == "relu")
    run = next(run for run in trial.runs if run.plan.phase == "trial")
    assert relu == {
        "problem": "tiny",
        "activation": "relu",
        "loss": "mse",
        "seed": 0,
        "learning_rate": run.plan.learning_rate,
        "fraction": 0.1,
        "phase": "trial",
        "status": "ok",
        "metric": "score",
        "value": run.measures["score"],
        "seconds": run.seconds,
        "error": None,
    }
    tanh = next(row for row in found if row["activation"] == "tanh")
    assert (tanh["status"], tanh["value"]) == ("failed", None)
    assert tanh["error"] == "FloatingPointError: the training loss became nan at step 7"


def test_a_ledger_gives_back_the_trial_as_it_was(tmp_path: Path) -> None:
    problem = TinyProblem(tmp_path, bonus={"tanh": 1.0}, trouble={"gelu": "no memory"})
    trial = tiny_trial(tmp_path, tmp_path / "out", problem=problem, activations=["relu", "tanh", "gelu"])
    assert {run.plan.phase for run in trial.runs} == {"search", "trial", "confirm"}
    assert read(tmp_path / "out") == read(tmp_path / "out" / "ledger.sqlite") == trial


def test_what_has_ended_is_not_run_again(tmp_path: Path) -> None:
    first = tiny_trial(tmp_path, tmp_path / "out")
    assert len(begun(tmp_path)) == len(first.runs) == 10
    assert tiny_trial(tmp_path, tmp_path / "out") == first
    assert len(begun(tmp_path)) == 10
    more = tiny_trial(tmp_path, tmp_path / "out", seeds=4, activations=["relu", "tanh", "silu"])
    assert all(run in more.runs for run in first.runs)
    assert len(begun(tmp_path)) == 10 + 2 + 6
    # A smaller trial in the same ledger is told from its own runs.
    assert tiny_trial(tmp_path, tmp_path / "out") == read(tmp_path / "out") == first


def test_an_interrupted_trial_says_what_is_kept_and_goes_on(tmp_path: Path) -> None:
    whole = tiny_trial(tmp_path, tmp_path / "whole")

    def interrupt(run: Run) -> None:
        if run.plan.seed == 1:
            raise KeyboardInterrupt

    with pytest.raises(
        Interrupted, match=r"^interrupted; 6 of 10 runs are kept in .*out/ledger.sqlite; go on"
    ):
        tiny_trial(tmp_path, tmp_path / "out", watch=interrupt)
    assert len(rows(tmp_path / "out")) == 6
    with pytest.raises(
        ValueError, match="has not finished \\(6 runs have ended\\); go on with: slopes trial own "
    ):
        read(tmp_path / "out")
    (tmp_path / "begun").unlink()
    trial = tiny_trial(tmp_path, tmp_path / "out")
    assert len(begun(tmp_path)) == 4
    assert rows(tmp_path / "out", TABLE) == rows(tmp_path / "whole", TABLE)
    assert [run.measures for run in trial.runs] == [run.measures for run in whole.runs]
    with pytest.raises(Interrupted, match="nothing is kept without an output folder"):
        tiny_trial(tmp_path, None, watch=interrupt)


@pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")
def test_workers_do_not_outlive_a_killed_trial_to_end_their_long_runs(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.trial.tiny", str(tmp_path), "2", "900"], cwd=ROOT
    )
    try:
        wait_for(lambda: len(begun(tmp_path)) == 2, process)
        workers = psutil.Process(process.pid).children(recursive=True)
    finally:
        process.kill()
        process.communicate()
    assert workers
    _, alive = psutil.wait_procs(workers, timeout=60)
    for worker in alive:
        worker.kill()
    assert not alive


@pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")
def test_a_trial_that_is_killed_loses_nothing_that_had_ended(tmp_path: Path) -> None:
    whole = hold(TinyProblem(tmp_path), activations=["relu", "tanh"], losses=["mse"], seeds=6, jobs=1)
    (tmp_path / "begun").unlink()
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.trial.tiny", str(tmp_path), "2", "0.3"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for(lambda: (out / "ledger.sqlite").exists() and count(out) >= 5, process)
        workers = psutil.Process(process.pid).children(recursive=True)
        with pytest.raises(ValueError, match=r"ledger.sqlite is in use by another process; wait until"):
            Ledger(out, TinyProblem(tmp_path))
    finally:
        process.kill()
        process.communicate()
    assert workers
    _, alive = psutil.wait_procs(workers, timeout=60)
    assert not alive
    kept = rows(out)
    assert 5 <= len(kept) < len(whole.runs)
    before = begun(tmp_path)
    trial = hold(
        TinyProblem(tmp_path), activations=["relu", "tanh"], losses=["mse"], seeds=6, jobs=1, out=out
    )
    assert len(begun(tmp_path)) == len(before) + len(whole.runs) - len(kept)
    assert set(kept) <= set(rows(out))
    assert [(run.plan, run.measures, run.curve) for run in trial.runs] == [
        (run.plan, run.measures, run.curve) for run in whole.runs
    ]


def count(folder: Path) -> int:
    try:
        return len(rows(folder))
    except sqlite3.OperationalError:  # the tables are not there yet
        return 0


def wait_for(condition: Any, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_transaction_cut_short_is_undone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    trial = tiny_trial(tmp_path, out)
    before = (out / "ledger.sqlite").read_bytes()
    # What a power failure in the midst of a run's transaction leaves: the journal and half a change.
    program = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("DELETE FROM runs")
connection.execute("UPDATE trial SET value = hex(zeroblob(300000))")
os._exit(1)
"""
    subprocess.run([sys.executable, "-c", program, out / "ledger.sqlite"], check=False)
    assert (out / "ledger.sqlite-journal").exists()
    assert (out / "ledger.sqlite").read_bytes() != before
    assert read(out) == trial


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "huge"}, "holds runs on 'tiny'; asked for is 'huge'"),
        ({"data": "other data"}, "runs on data with SHA-256 '[0-9a-f]{64}'; asked for is '[0-9a-f]{64}'"),
        ({"width": 5}, "runs with the settings width 3; asked for is width 5"),
    ],
)
def test_a_ledger_of_something_else_is_left_alone(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    out = tmp_path / "out"
    tiny_trial(tmp_path, out)
    before = (out / "ledger.sqlite").read_bytes()
    with pytest.raises(ValueError, match=words + ".*; give another folder"):
        tiny_trial(tmp_path, out, problem=replace(TinyProblem(tmp_path), **change))
    assert (out / "ledger.sqlite").read_bytes() == before
    assert len(begun(tmp_path)) == 10


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_text("my notes" * 100)
    for ask in (lambda: read(tmp_path), lambda: tiny_trial(tmp_path, tmp_path)):
        with pytest.raises(ValueError, match=r"ledger.sqlite is not a ledger of a trial"):
            ask()
    assert path.read_text() == "my notes" * 100
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE runs (name TEXT)")
    for ask in (lambda: read(path), lambda: tiny_trial(tmp_path, tmp_path)):
        with pytest.raises(ValueError, match="is a database, but not a ledger of a trial"):
            ask()
    with pytest.raises(FileNotFoundError, match="there is no ledger"):
        read(tmp_path / "nowhere")


def test_other_versions_stand_in_another_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny_trial(tmp_path, tmp_path / "out")
    from slopes.trial import ledger

    now = ledger.versions()
    monkeypatch.setattr(ledger, "versions", lambda: {**now, "torch": "0.1", "python": "3.99"})
    with pytest.raises(ValueError, match=r"runs made with torch [2-9].*; asked for is torch 0\.1; give"):
        tiny_trial(tmp_path, tmp_path / "out")


def test_a_full_disk_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from slopes.trial import ledger

    connect = ledger._connect

    def small(path: Path | str) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA max_page_count = 9")
        return connection

    monkeypatch.setattr(ledger, "_connect", small)
    with pytest.raises(OSError, match=r"the ledger .*ledger.sqlite cannot be used: database or disk is full"):
        tiny_trial(tmp_path, tmp_path / "out", seeds=100)
    monkeypatch.undo()
    kept = len(rows(tmp_path / "out"))
    assert 0 < kept < 200
