"""The command ``slopes trial``: choose an activation and a loss by experiment."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer

app = typer.Typer(
    name="trial",
    help="Choose an activation and a loss for a task by a controlled experiment.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)

_EXTRA = ("torch", "sklearn", "scipy", "joblib", "jinja2", "plotly", "matplotlib", "rich")


@app.callback()
def trial() -> None:
    """Choose an activation and a loss for a task by a controlled experiment."""


# One line for each paragraph: Typer breaks lines where the text does.
_IMAGES_HELP = """Compare activations and losses for classifying images.

Trains a small convolutional network (convolution, pooling, dense layers, softmax) with every \
activation and every loss, several times each, and says which differ from the baseline: the first \
activation with the first loss. Each candidate gets its own learning rate, searched on the \
training images alone; the test images are used once for each run.

Ends with a table. The folder of --out then holds report.html (open it in a browser), \
summary.json, runs.json, accuracy.png and learning_curves.png.

How long it takes, on 2 processors: the defaults under 3 minutes. A run on images of 28 x 28 \
pixels (MNIST) costs about ten times as much: give fewer candidates, or a quarter of an hour.

\b
Examples:
  slopes trial images
  slopes trial images --activations relu,gelu --losses mse --seeds 10
  slopes trial images --data mnist --activations relu,silu --seeds 2
"""


@app.command(help=_IMAGES_HELP)
def images(
    activations: Annotated[
        str, typer.Option(help="Hidden activations, by name, separated by commas.")
    ] = "relu,tanh,sigmoid,silu",
    losses: Annotated[str, typer.Option(help="Losses, by name, separated by commas.")] = "cross_entropy,mse",
    seeds: Annotated[
        int, typer.Option(help="Runs of each candidate. Intervals need 2, small differences more.")
    ] = 5,
    out: Annotated[Path, typer.Option(help="Folder for the report, the records and the pictures.")] = Path(
        "trial-images"
    ),
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder of IDX files named as MNIST's (train-images-idx3-ubyte[.gz] and so on).",
            show_default="scikit-learn's digits, first half against second half",
        ),
    ] = None,
    learning_rates: Annotated[
        str, typer.Option(help="Learning rates to search, separated by commas; one: no search.")
    ] = "0.003,0.01,0.03",
    steps: Annotated[int, typer.Option(help="Optimisation steps of each run, at 64 images a step.")] = 500,
    jobs: Annotated[
        int | None,
        typer.Option(help="Processes. Results do not depend on it.", show_default="one for each processor"),
    ] = None,
) -> None:
    """Compare activations and losses for classifying images."""
    try:
        from rich.console import Console

        from slopes.trial import console, images
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        _stop(f'{error.name} is not installed; pip install "slopes[trial]" installs all it needs')
    progress = console.RunProgress(Console(stderr=True))
    try:
        with progress:
            result = images(
                activations=_names(activations),
                losses=_names(losses),
                seeds=seeds,
                learning_rates=_numbers(learning_rates),
                steps=steps,
                jobs=jobs,
                data=data,
                out=out,
                starting=progress.starting,
                watch=progress.watch,
            )
    except (ValueError, OSError) as error:
        _stop(" ".join(str(error).split()))
    except KeyboardInterrupt:
        saved = f"; the {progress.ended} runs that ended are in {out / 'runs.json'}"
        typer.echo(f"interrupted{saved if progress.planned else ''}", err=True)
        raise typer.Exit(130) from None
    console.show(Console(), result, out)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _numbers(text: str) -> list[float]:
    try:
        return [float(number) for number in _names(text)]
    except ValueError:
        raise ValueError(f"--learning-rates is {text!r}; it must be numbers separated by commas") from None


def _stop(message: str) -> NoReturn:
    typer.echo(f"slopes trial images: {message}", err=True)
    raise typer.Exit(2)
