"""What a trial leaves in its folder."""

import json
from pathlib import Path
from typing import Any

from slopes.trial.outcome import Trial


def header(trial: Trial) -> dict[str, Any]:
    """Give what is needed to repeat a trial and to check that it is the same."""
    return {
        "problem": f"{trial.problem.kind} ({trial.problem.name})",
        "command": trial.command,
        "notes": list(trial.notes),
        "runs_planned": len(trial.runs),
        "seconds": round(trial.seconds, 1),
        "versions": {name: version for name, version in trial.versions.items() if name != "platform"},
        "platform": trial.versions["platform"],
        "data": {"name": trial.problem.name, "sha256": trial.problem.checksum, **trial.problem.description},
        "yardsticks": dict(trial.problem.yardsticks),
        "seeds": list(trial.design.seeds),
        "steps": trial.design.steps,
        "learning_rates": list(trial.design.learning_rates),
    }


def write_runs(trial: Trial, folder: Path) -> None:
    """Write ``runs.json``: the header and every run that ended."""
    record = {**header(trial), "runs": [run.as_record() for run in trial.runs]}
    _write_json(folder / "runs.json", record)


def write_result(trial: Trial, folder: Path) -> None:
    """Write the records, the pictures and the report of a finished trial."""
    write_runs(trial, folder)
    standings = trial.standings()
    summary = {
        "problem": f"{trial.problem.kind} ({trial.problem.name})",
        "metric": trial.problem.metric.name,
        "baseline": trial.design.baseline.name,
        "candidates": [standing.as_record() for standing in standings],
    }
    _write_json(folder / "summary.json", summary)


def _write_json(path: Path, record: dict[str, Any]) -> None:
    # Strict JSON has no NaN; a NaN that came this far is an error here and not in a reader.
    text = json.dumps(record, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")
