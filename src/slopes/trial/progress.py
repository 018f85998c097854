"""What a trial shows while it goes on."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from slopes.trial.experiment import Stage
from slopes.trial.records import Plan, Run

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
