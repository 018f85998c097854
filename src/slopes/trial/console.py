"""What a trial shows in the terminal."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from slopes.trial import style
from slopes.trial.curves import headline
from slopes.trial.experiment import Stage
from slopes.trial.outcome import Standing, Trial
from slopes.trial.records import Metric, Plan, Run

_DOING = {
    "pilot": "timing",
    "search": "searching learning rates",
    "trial": "training",
    "confirm": "confirming the winner",
}


class RunProgress:
    """What a trial does now, how far it is and how long it will take; silent without a terminal."""

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20),
            TextColumn("{task.completed:.0f} of {task.total:.0f} runs{task.fields[left]}"),
            console=console,
            disable=not console.is_terminal,
            transient=True,
            # Every drawing takes processor time from the runs.
            refresh_per_second=2,
        )
        self._task = self._bar.add_task("reading", total=0, left="", visible=False)
        self._stage: Stage | None = None
        self._going: list[Plan] = []
        self._seconds: list[float] = []
        self._done = 0

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._bar.stop()

    def begin(self, stage: Stage) -> None:
        """Show the first runs of a stage."""
        self._stage = stage
        self._going = list(stage.plans)
        self._done += len(stage.kept)
        self._seconds += [run.seconds for run in stage.kept if stage.phase != "pilot"]
        self._show(stage)

    def watch(self, run: Run) -> None:
        """Count a run that has ended, and show those that have taken its place."""
        if self._stage is None:
            return
        self._going.remove(run.plan)
        self._done += 1
        if run.plan.phase != "pilot":
            self._seconds.append(run.seconds)
        self._show(self._stage)

    def _show(self, stage: Stage) -> None:
        # Plans begin in their order, so those that run are the first that have not ended.
        now = ", ".join(_brief(plan) for plan in self._going[: stage.workers])
        remaining = len(self._going) + stage.later
        left = ""
        if self._seconds:
            mean = sum(self._seconds) / len(self._seconds)
            left = f", about {_duration(mean * remaining / stage.workers)} left"
        self._bar.update(
            self._task,
            description=f"{_DOING[stage.phase]}: {now}",
            completed=self._done,
            total=self._done + remaining,
            left=left,
            visible=True,
        )


def _brief(plan: Plan) -> str:
    what = f"at {plan.learning_rate:g}" if plan.phase == "search" else f"seed {plan.seed}"
    share = f" on {plan.fraction:.0%}" if plan.fraction < 1 else ""
    return f"{plan.candidate.name} {what}{share}"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


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
    notes += trial.notes
    notes.append(f"Report: {folder / 'report.html'} ({trial.seconds:.0f} s)")
    for note in notes:
        console.print(note, markup=False, highlight=False, soft_wrap=True)
