"""What a trial shows in the terminal."""

from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from slopes.trial import style
from slopes.trial.headline import headline
from slopes.trial.outcome import Standing, Trial
from slopes.trial.records import Metric


def table(metric: Metric, standings: Sequence[Standing], title: str) -> Table:
    """Give the table that ends a trial."""
    result = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left")
    result.add_column("candidate", overflow="fold")
    result.add_column("learning\nrate", justify="right", no_wrap=True)
    # An interval stands below its mean, so that the table fits 80 columns.
    result.add_column(f"{metric.label}\n95 % interval", justify="right", no_wrap=True)
    result.add_column("difference\n95 % interval", justify="right", no_wrap=True)
    result.add_column("verdict", min_width=16)
    for standing in standings:
        comparison = standing.comparison
        difference = comparison.difference if comparison else None
        spread = comparison.interval if comparison else None
        result.add_row(
            standing.candidate.name,
            f"{standing.learning_rate:g}" + ("*" if standing.at_edge else ""),
            f"{style.number(metric, standing.mean)}\n{style.interval(metric, standing.interval)}",
            f"{style.difference(metric, difference)}\n{style.difference_interval(metric, spread)}",
            standing.verdict,
        )
    return result


def show(console: Console, trial: Trial, folder: Path) -> None:
    """Print the table of a finished trial, what it means, and where its files are."""
    standings = trial.standings()
    metric = trial.problem.metric
    console.print(table(metric, standings, f"Trial on {trial.problem.name}"))
    notes = [headline(metric, standings, trial.confirmation())]
    if len(trial.design.seeds) > 1 and len(standings) > 1:
        notes.append(
            f"Differences are to {trial.design.baseline.name}, seed by seed; "
            "the report says how they were judged."
        )
    if any(standing.at_edge for standing in standings):
        notes.append("* the smallest or largest learning rate tried; a wider search may do better.")
    failures = [run for run in trial.runs if run.status == "failed"]
    if failures:
        first = failures[0]
        notes.append(
            f"{len(failures)} of {len(trial.runs)} runs failed, the search included; the first: "
            f"{first.plan.candidate.name} at learning rate {first.plan.learning_rate:g}: "
            f"{first.error}"
        )
    notes += trial.notes
    notes.append(f"Report: {folder / 'report.html'} (its runs took {trial.seconds:.0f} s)")
    for note in notes:
        console.print(note, markup=False, highlight=False, soft_wrap=True)
