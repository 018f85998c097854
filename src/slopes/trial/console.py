"""What a trial shows in the terminal."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from slopes.trial import style
from slopes.trial.curves import headline
from slopes.trial.design import Design
from slopes.trial.outcome import Standing, Trial
from slopes.trial.problem import Problem
from slopes.trial.records import Metric, Run


class RunProgress:
    """A progress bar over the runs of a trial; silent where the console is not a terminal."""

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("runs, left"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._design: Design | None = None
        self._task = self._bar.add_task("reading", total=None)
        self.ended = 0

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._bar.stop()

    def starting(self, design: Design, problem: Problem) -> None:
        """Show how many runs there will be."""
        self._design = design
        what = "searching learning rates" if design.searches else "training"
        self._bar.update(self._task, total=design.total_runs, description=f"{problem.name}: {what}")

    def watch(self, run: Run) -> None:
        """Count one ended run."""
        self.ended += 1
        what = "searching learning rates" if run.plan.phase == "search" else "training"
        self._bar.update(self._task, advance=1, description=f"{what} ({run.plan.candidate.name} ended)")

    @property
    def planned(self) -> int:
        """How many runs were planned; 0 before the design is known."""
        return self._design.total_runs if self._design else 0


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
    notes = [headline(metric, standings)]
    if len(trial.design.seeds) > 1 and len(standings) > 1:
        notes.append(
            f"Differences are to {trial.design.baseline.name}, seed by seed over "
            f"{len(trial.design.seeds)} seeds; intervals are not corrected for the number of candidates."
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
    notes.append(f"Report: {folder / 'report.html'} ({trial.seconds:.0f} s)")
    for note in notes:
        console.print(note, markup=False, highlight=False, soft_wrap=True)
