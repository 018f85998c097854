"""What a trial leaves in its folder."""

import json
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

from slopes.trial import pictures, report
from slopes.trial.outcome import Trial

PACKAGES = ("slopes", "numpy", "torch", "scikit-learn", "scipy")


def header(trial: Trial) -> dict[str, Any]:
    """Give what is needed to repeat a trial and to check that it is the same."""
    return {
        "problem": f"{trial.problem.kind} ({trial.problem.name})",
        "command": trial.command,
        "finished": trial.finished,
        "runs_planned": trial.design.total_runs,
        "seconds": round(trial.seconds, 1),
        "versions": {
            "python": platform.python_version(),
            **{name: metadata.version(name) for name in PACKAGES},
        },
        "platform": platform.platform(),
        "data": {"name": trial.problem.name, "sha256": trial.problem.checksum, **trial.problem.description()},
        "yardsticks": trial.problem.yardsticks(),
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
    metric = trial.problem.metric
    pictures.outcomes(metric, standings, folder / "outcomes.png", trial.problem.name)
    pictures.learning_curves(
        metric, trial.design, trial.runs, folder / "learning_curves.png", trial.problem.name
    )
    page = report.render(metric, trial.design, standings, trial.runs, header(trial))
    (folder / "report.html").write_text(page, encoding="utf-8")


def _write_json(path: Path, record: dict[str, Any]) -> None:
    # Strict JSON has no NaN; a NaN that came this far is an error here and not in a reader.
    text = json.dumps(record, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")
