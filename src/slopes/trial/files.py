"""What a trial leaves in its folder."""

import csv
import json
import math
from pathlib import Path
from typing import Any

from slopes.trial import pictures, report
from slopes.trial.charts import charts
from slopes.trial.headline import headline, method
from slopes.trial.outcome import Trial


def header(trial: Trial) -> dict[str, Any]:
    """Give what is needed to repeat a trial and to check that it is the same."""
    design, problem = trial.design, trial.problem
    return {
        "problem": f"{problem.kind} ({problem.name})",
        "metric": problem.metric.name,
        "higher_is_better": problem.metric.higher_is_better,
        "baseline": design.baseline.name,
        "command": trial.command,
        "notes": list(trial.notes),
        "run_count": len(trial.runs),
        "seconds": round(trial.seconds, 1),
        "versions": dict(trial.versions),
        "data": {"name": problem.name, "sha256": problem.checksum, **problem.description},
        "yardsticks": dict(problem.yardsticks),
        "seeds": list(design.seeds),
        "looks": list(design.planned_looks),
        "steps": design.steps,
        "learning_rates": list(design.learning_rates),
        "fractions": list(design.fractions),
    }


def write_runs(trial: Trial, folder: Path) -> None:
    """Write ``runs.json``, the header and every run that ended, and ``runs.csv``, a row for each."""
    records = [run.as_record() for run in trial.runs]
    _write_json(folder / "runs.json", {**header(trial), "runs": records})
    for record in records:
        del record["learning_curve"]
    # Runs that failed have no measures, and problems have their own.
    columns = dict.fromkeys(name for record in records for name in record)
    with (folder / "runs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)


def write_result(trial: Trial, folder: Path) -> None:
    """Write the records, the pictures and the report of a finished trial."""
    write_runs(trial, folder)
    _write_json(folder / "summary.json", summary(trial))
    drawn = charts(trial)
    for name, chart in drawn.items():
        pictures.draw(chart, folder / f"{name}.png", trial.problem.name)
    page = report.render(trial, drawn, header(trial))
    (folder / "report.html").write_text(page, encoding="utf-8")


def summary(trial: Trial) -> dict[str, Any]:
    """Give what a trial found, without its runs."""
    standings, confirmation = trial.standings(), trial.confirmation()
    return {
        **header(trial),
        "headline": headline(trial.problem.metric, standings, confirmation),
        "method": method(trial),
        "candidates": [standing.as_record() for standing in standings],
        "confirmation": confirmation.as_record() if confirmation else None,
    }


def _write_json(path: Path, record: dict[str, Any]) -> None:
    text = json.dumps(_strict(record), indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def _strict(value: Any) -> Any:
    # Strict JSON has neither NaN nor infinity, which a gradient's norm can be.
    if isinstance(value, dict):
        return {name: _strict(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_strict(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
