"""Every run of a trial, kept in one SQLite file from the moment it ends."""

import json
import math
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from filelock import FileLock, Timeout

from slopes.trial.design import Design
from slopes.trial.outcome import Trial
from slopes.trial.problem import Problem
from slopes.trial.records import Candidate, CurvePoint, Metric, Plan, ProblemFacts, Run
from slopes.trial.versions import versions

NAME = "ledger.sqlite"
_APPLICATION = 0x736C6F70  # "slop", in the file's header: this database is a ledger
_FORMAT = 1
_SCHEMA = """
CREATE TABLE trial (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE runs (
    problem TEXT NOT NULL, activation TEXT NOT NULL, loss TEXT NOT NULL, seed INTEGER NOT NULL,
    learning_rate REAL NOT NULL, fraction REAL NOT NULL, phase TEXT NOT NULL, steps INTEGER NOT NULL,
    status TEXT NOT NULL, metric TEXT NOT NULL, value REAL, seconds REAL NOT NULL, error TEXT,
    measures TEXT NOT NULL, curve TEXT NOT NULL,
    PRIMARY KEY (activation, loss, seed, learning_rate, fraction, phase, steps)
);
"""
#: What must be equal for runs to stand in one ledger, and how an error calls it.
_IDENTITY = {
    "kind": "trials of",
    "problem": "runs on",
    "data": "runs on data with SHA-256",
    "settings": "runs with the settings",
    "metric": "runs measured by",
    "versions": "runs made with",
}


class Ledger:
    """The runs of one problem on one set of data; equal plans are run once.

    A run is written in one transaction when it ends. SQLite's rollback journal, synchronised with
    the disk before and after, leaves each transaction whole or undone wherever a process or a machine
    is stopped. A lock lets one process at a time add runs; any other may read meanwhile.

    Parameters
    ----------
    folder : Path or None
        Where ``ledger.sqlite`` is or will be; without one the ledger is kept in memory.
    problem : Problem
        What the runs are of.

    Raises
    ------
    ValueError
        If the folder's ledger is of another problem, other data, settings or versions, or in use, or
        if the file is something else; it is left as it was.
    """

    def __init__(self, folder: Path | None, problem: Problem) -> None:
        self.path = None if folder is None else folder / NAME
        self._metric = problem.metric
        self._problem = problem.name
        with ExitStack() as stack, _explained(self.path):
            if folder is not None:
                stack.enter_context(_locked(folder))
            self._connection = stack.enter_context(closing(_connect(self.path or ":memory:")))
            self._identify(_identity(problem))
            self._runs = {run.plan: run for run in _runs(self._connection)}
            self._held = stack.pop_all()

    def __enter__(self) -> Self:
        """Hold the ledger until the block ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Let other processes have the ledger."""
        self._held.close()

    def get(self, plan: Plan) -> Run | None:
        """Give the run of a plan, or None where it has not ended."""
        return self._runs.get(plan)

    def add(self, run: Run) -> None:
        """Keep a run that has ended; it is on the disk when this returns."""
        row = {
            "problem": self._problem,
            **asdict(run.plan.candidate),
            "seed": run.plan.seed,
            "learning_rate": run.plan.learning_rate,
            "fraction": run.plan.fraction,
            "phase": run.plan.phase,
            "steps": run.plan.steps,
            "status": run.status,
            "metric": self._metric.name,
            "value": run.value(self._metric),
            "seconds": run.seconds,
            "error": run.error,
            "measures": _dumped(dict(run.measures)),
            "curve": _dumped([list(asdict(point).values()) for point in run.curve]),
        }
        names = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        with _explained(self.path):
            self._connection.execute(f"INSERT INTO runs ({names}) VALUES ({values})", row)
        self._runs[run.plan] = run

    def remember(self, **facts: Any) -> None:
        """Keep what the report needs beside the runs, all of it or nothing; None forgets."""
        with _explained(self.path), _transaction(self._connection) as connection:
            for name, value in facts.items():
                connection.execute("DELETE FROM trial WHERE name = ?", (name,))
                if value is not None:
                    connection.execute("INSERT INTO trial VALUES (?, ?)", (name, _dumped(value)))

    def finish(self, trial: Trial) -> None:
        """Keep all of a finished trial that is not in its runs."""
        problem = trial.problem
        self.remember(
            command=trial.command,
            design=asdict(trial.design),
            description=dict(problem.description),
            made_with=dict(trial.versions),
            notes=list(trial.notes),
            quality=trial.quality,
            plans=[_plan_record(run.plan) for run in trial.runs],
            yardsticks=dict(problem.yardsticks),
        )

    def _identify(self, asked: Mapping[str, Any]) -> None:
        _check_header(self._connection, self.path, empty_is_fine=True)
        if not _tables(self._connection):
            with _transaction(self._connection) as connection:
                for statement in _SCHEMA.split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {_FORMAT}")
                connection.executemany(
                    "INSERT INTO trial VALUES (?, ?)",
                    [(name, _dumped(value)) for name, value in asked.items()],
                )
            return
        held = _facts(self._connection)
        for name, words in _IDENTITY.items():
            if held[name] != asked[name]:
                raise ValueError(
                    f"{self.path} holds {words} {_differing(held[name], asked[name])}; "
                    f"asked for is {_differing(asked[name], held[name])}; give another folder"
                )


def read(path: Path) -> Trial:
    """Give the finished trial that a ledger holds.

    Parameters
    ----------
    path : Path
        The ledger, or the folder that it is in.

    Raises
    ------
    FileNotFoundError
        If there is none.
    ValueError
        If it is no ledger, or the trial has not finished.
    """
    path = path / NAME if path.is_dir() else path
    if not path.is_file():
        raise FileNotFoundError(f"there is no ledger {path}")
    with _explained(path), closing(_connect(path)) as connection:
        _check_header(connection, path)
        facts = _facts(connection)
        runs = {run.plan: run for run in _runs(connection)}
    if "plans" not in facts:
        command = facts.get("command", "the command that began it")
        raise ValueError(
            f"the trial in {path} has not finished ({len(runs)} runs have ended); go on with: {command}"
        )
    return Trial(
        _design(facts["design"]),
        ProblemFacts(
            facts["problem"],
            facts["kind"],
            _metric(facts["metric"]),
            facts["data"],
            facts["description"],
            facts["yardsticks"],
        ),
        facts["command"],
        facts["made_with"],
        tuple(runs[_plan(record)] for record in facts["plans"]),
        tuple(facts["notes"]),
        facts.get("quality"),
    )


def _identity(problem: Problem) -> dict[str, Any]:
    made_with = versions()
    # A run's numbers depend on the packages and their releases; on Python's patch release they do not.
    packages = {name: made_with[name] for name in made_with if name not in ("python", "platform")}
    result = {
        "kind": problem.kind,
        "problem": problem.name,
        "data": problem.checksum,
        "settings": dict(problem.settings()),
        "metric": asdict(problem.metric),
        "versions": packages,
    }
    return dict(json.loads(_dumped(result)))


def _differing(this: object, other: object) -> str:
    """Write a value; of a dictionary, only what the other has not."""
    if not (isinstance(this, dict) and isinstance(other, dict)):
        return repr(this)
    names = [name for name in this | other if this.get(name) != other.get(name)]
    return ", ".join(f"{name} {this.get(name, 'none')}" for name in names)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    # The operating system frees the lock when its process ends, however it ends.
    lock = FileLock(folder / "ledger.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ValueError(
            f"{folder / NAME} is in use by another process; wait until that trial ends, "
            "or give another folder"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _connect(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60, isolation_level=None)
    # EXTRA also synchronises the folder after the journal is removed, which is what commits.
    connection.execute("PRAGMA synchronous = EXTRA")
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        yield connection


@contextmanager
def _explained(path: Path | None) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(f"the ledger {path} cannot be used: {error}") from error
    except sqlite3.DatabaseError as error:
        raise ValueError(f"{path} is not a ledger of a trial: {error}") from error


def _tables(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _check_header(connection: sqlite3.Connection, path: Path | None, *, empty_is_fine: bool = False) -> None:
    if empty_is_fine and not _tables(connection):
        return
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise ValueError(f"{path} is a database, but not a ledger of a trial")
    held = connection.execute("PRAGMA user_version").fetchone()[0]
    if held != _FORMAT:
        raise ValueError(f"{path} has format {held}; this version of slopes reads {_FORMAT}")


def _facts(connection: sqlite3.Connection) -> dict[str, Any]:
    return {name: json.loads(value) for name, value in connection.execute("SELECT name, value FROM trial")}


def _runs(connection: sqlite3.Connection) -> Iterator[Run]:
    connection.row_factory = sqlite3.Row
    for row in connection.execute("SELECT * FROM runs"):
        yield Run(_plan(row), json.loads(row["measures"]), _curve(row["curve"]), row["seconds"], row["error"])
    connection.row_factory = None


def _plan_record(plan: Plan) -> dict[str, Any]:
    record = asdict(plan)
    return {**record.pop("candidate"), **record}


def _plan(record: Mapping[str, Any] | sqlite3.Row) -> Plan:
    return Plan(
        Candidate(record["activation"], record["loss"]),
        record["learning_rate"],
        record["seed"],
        record["steps"],
        record["phase"],
        record["fraction"],
    )


def _curve(text: str) -> tuple[CurvePoint, ...]:
    return tuple(CurvePoint(*point) for point in json.loads(text))


def _design(record: dict[str, Any]) -> Design:
    lists = {name: tuple(value) for name, value in record.items() if isinstance(value, list)}
    candidates = tuple(Candidate(**candidate) for candidate in record["candidates"])
    return Design(**{**record, **lists, "candidates": candidates})


def _metric(record: dict[str, Any]) -> Metric:
    return Metric(**{name: value for name, value in record.items() if value is not None})


def _dumped(value: object) -> str:
    """Write strict JSON, which has neither NaN nor infinity; null stands for them."""
    return json.dumps(_finite(value), allow_nan=False)


def _finite(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _finite(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value
