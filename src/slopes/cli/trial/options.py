"""The options that every trial has, and how a trial is held from the command line."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from slopes.trial import Problem

_EXTRA = ("torch", "sklearn", "scipy", "joblib", "jinja2", "plotly", "matplotlib", "rich")

Activations = Annotated[
    str | None, typer.Option(help="Activations, by name, separated by commas.", show_default="the problem's")
]
Losses = Annotated[
    str | None, typer.Option(help="Losses, by name, separated by commas.", show_default="the problem's")
]
Seeds = Annotated[int, typer.Option(help="Runs of each candidate. Intervals need 2, small differences more.")]
LearningRates = Annotated[
    str | None,
    typer.Option(
        help="Learning rates to search, separated by commas; one: no search.", show_default="the problem's"
    ),
]
Steps = Annotated[
    int | None, typer.Option(help="Optimisation steps of each run.", show_default="the problem's")
]
Fractions = Annotated[
    str, typer.Option(help="Shares of the training data to train on, separated by commas, such as 0.1,0.3,1.")
]
Force = Annotated[bool, typer.Option("--force", help="Try combinations that cannot work as well.")]
Jobs = Annotated[
    int | None,
    typer.Option(help="Processes. Results do not depend on it.", show_default="one for each processor"),
]
Out = Annotated[
    Path | None,
    typer.Option(help="Folder for the report, the records and the pictures.", show_default="trial-PROBLEM"),
]


def hold(
    make: "Callable[[], Problem]",
    *,
    source: Sequence[str],
    activations: str | None,
    losses: str | None,
    seeds: int,
    learning_rates: str | None,
    steps: int | None,
    fractions: str,
    force: bool,
    jobs: int | None,
    out: Path | None,
) -> None:
    """Make the problem, hold the trial and show what it found; errors of the user end in one line."""
    try:
        from rich.console import Console

        from slopes import trial
        from slopes.trial import console
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        _stop(source, f'{error.name} is not installed; pip install "slopes[trial]" installs all it needs')
    progress = console.RunProgress(Console(stderr=True))
    folder = out if out is not None else Path(f"trial-{source[0]}")
    try:
        with progress:
            result = trial.hold(
                make(),
                activations=names(activations),
                losses=names(losses),
                seeds=seeds,
                learning_rates=numbers("--learning-rates", learning_rates),
                steps=steps,
                fractions=numbers("--fractions", fractions) or (),
                force=force,
                jobs=jobs,
                out=folder,
                source=source,
                starting=progress.starting,
                watch=progress.watch,
            )
    except (ValueError, OSError) as error:
        _stop(source, " ".join(str(error).split()))
    except KeyboardInterrupt:
        saved = f"; the {progress.ended} runs that ended are in {folder / 'runs.json'}"
        typer.echo(f"interrupted{saved if progress.planned else ''}", err=True)
        raise typer.Exit(130) from None
    console.show(Console(), result, folder)


def names(text: str | None) -> list[str] | None:
    """Read names separated by commas."""
    return None if text is None else [name.strip() for name in text.split(",") if name.strip()]


def numbers(option: str, text: str | None) -> list[float] | None:
    """Read numbers separated by commas."""
    try:
        return None if text is None else [float(number) for number in names(text) or ()]
    except ValueError:
        raise ValueError(f"{option} is {text!r}; it must be numbers separated by commas") from None


def _stop(source: Sequence[str], message: str) -> NoReturn:
    typer.echo(f"slopes trial {source[0]}: {message}", err=True)
    raise typer.Exit(2)
