"""The options that every trial has, and how a trial is held from the command line."""

import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from slopes.trial import Problem

# What the extra installs beside slopes: the packages by the names that they are imported by.
_EXTRA = (
    *("torch", "sklearn", "scipy", "joblib", "jinja2", "plotly", "matplotlib", "rich", "pandas", "polib"),
    *("sacrebleu", "soundfile", "pystoi", "pooch", "PIL", "tqdm"),
)

Activations = Annotated[
    str | None, typer.Option(help="Activations, by name, separated by commas.", show_default="the problem's")
]
Losses = Annotated[
    str | None, typer.Option(help="Losses, by name, separated by commas.", show_default="the problem's")
]
Seeds = Annotated[int, typer.Option(help="Runs of each candidate. Intervals need 2, small differences more.")]
MaxSeeds = Annotated[
    int | None,
    typer.Option(
        help="Runs that a candidate without a verdict may get, by looks planned ahead.",
        show_default="--seeds",
    ),
]
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
Confirm = Annotated[
    bool,
    typer.Option(
        "--confirm/--no-confirm",
        help="Run a winner again, with the baseline, on seeds that did not choose it.",
    ),
]
Budget = Annotated[
    str | None,
    typer.Option(
        help="Time for all, such as 10m or 1h30m: seeds, then steps are cut to fit.", show_default="none"
    ),
]
Quality = Annotated[
    float | None,
    typer.Option(help="A training score, such as 0.9; the report tells the time to it.", show_default="none"),
]
Force = Annotated[bool, typer.Option("--force", help="Try combinations that cannot work as well.")]
Jobs = Annotated[
    int | None,
    typer.Option(help="Processes. Results do not depend on it.", show_default="one for each processor"),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        help="ray: run on the Ray cluster of RAY_ADDRESS, or on one that is started here.",
        show_default="processes of this machine",
    ),
]
MLflow = Annotated[
    bool, typer.Option("--mlflow", help="Send every run to MLflow, to the server that its settings name.")
]
TensorBoard = Annotated[
    Path | None, typer.Option(help="Folder to write every run to, for TensorBoard.", show_default="none")
]
Out = Annotated[
    Path | None,
    typer.Option(
        help="Folder for the ledger, the report and the pictures. A trial that was stopped goes on in it.",
        show_default="trial-PROBLEM",
    ),
]


def shared(describe: "Callable[..., tuple[Callable[[], Problem], Sequence[str]]]") -> Callable[..., None]:
    """Give the command that has a problem's own options and then those that every trial has.

    Parameters
    ----------
    describe : callable
        Its parameters are the problem's options, as Typer reads them. It gives what makes the problem,
        and the words that name it on the command line: the subcommand and the problem's options. An option
        of every trial that the problem needs to know as well, such as ``out``, is a parameter too.
    """
    own = dict(inspect.signature(describe).parameters)
    common = {
        name: parameter
        for name, parameter in inspect.signature(hold).parameters.items()
        if name not in ("make", "source")
    }

    def command(**given: object) -> None:
        make, source = describe(**{name: given[name] for name in own})
        hold(make, source=source, **{name: given[name] for name in common})  # type: ignore[arg-type]

    parameters = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in (own | common).values()
    ]
    # Typer reads both.
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    command.__doc__ = describe.__doc__
    return command


def hold(
    make: "Callable[[], Problem]",
    *,
    source: Sequence[str],
    activations: Activations = None,
    losses: Losses = None,
    seeds: Seeds = 5,
    max_seeds: MaxSeeds = None,
    learning_rates: LearningRates = None,
    steps: Steps = None,
    fractions: Fractions = "1",
    confirm: Confirm = True,
    budget: Budget = None,
    quality: Quality = None,
    force: Force = False,
    jobs: Jobs = None,
    cluster: Cluster = None,
    mlflow: MLflow = False,
    tensorboard: TensorBoard = None,
    out: Out = None,
) -> None:
    """Make the problem, hold the trial and show what it found; errors of the user end in one line."""
    with errors_in_a_line(source[0]):
        from rich.console import Console

        from slopes import trial
        from slopes.trial import budget as budgets
        from slopes.trial import console
        from slopes.trial.progress import RunProgress
        from slopes.trial.tracking import trackers

        asked = trackers(mlflow=mlflow, tensorboard=tensorboard)
        progress = RunProgress(Console(stderr=True))
        folder = out if out is not None else Path(f"trial-{source[0]}")
        with progress:
            result = trial.hold(
                make(),
                activations=names(activations),
                losses=names(losses),
                seeds=seeds,
                max_seeds=max_seeds,
                learning_rates=numbers("--learning-rates", learning_rates),
                steps=steps,
                fractions=numbers("--fractions", fractions) or (),
                confirm=confirm,
                budget=None if budget is None else budgets.seconds(budget),
                quality=quality,
                force=force,
                jobs=jobs,
                cluster=cluster,
                out=folder,
                source=source,
                begin=progress.begin,
                watch=progress.watch,
            )
        console.show(Console(), result, folder)
        for track in asked:
            track(result, folder)


@contextmanager
def errors_in_a_line(command: str) -> Iterator[None]:
    """End the command on what its user can set right: exit code 2 and one line on standard error."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _EXTRA:
            _stop(
                command, f'{error.name} is not installed; pip install "slopes[trial]" installs all it needs'
            )
        if "pip install" not in str(error):
            raise
        _stop(command, error)
    except (ValueError, OSError) as error:
        _stop(command, error)
    except KeyboardInterrupt as error:
        # Before the trial has begun there is nothing to say of it.
        typer.echo(str(error) or "interrupted", err=True)
        raise typer.Exit(130) from None


def names(text: str | None) -> list[str] | None:
    """Read names separated by commas."""
    return None if text is None else [name.strip() for name in text.split(",") if name.strip()]


def numbers(option: str, text: str | None) -> list[float] | None:
    """Read numbers separated by commas."""
    try:
        return None if text is None else [float(number) for number in names(text) or ()]
    except ValueError:
        raise ValueError(f"{option} is {text!r}; it must be numbers separated by commas") from None


def _stop(command: str, message: object) -> NoReturn:
    typer.echo(f"slopes trial {command}: {' '.join(str(message).split())}", err=True)
    raise typer.Exit(2)
