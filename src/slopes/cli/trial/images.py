"""The command ``slopes trial images``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from slopes.cli.trial import options

if TYPE_CHECKING:
    from slopes.trial import Problem

# One line for each paragraph: Typer breaks lines where the text does.
HELP = """Compare activations and losses for classifying images.

Trains a small convolutional network (convolution, pooling, dense layers, softmax) with every \
activation and every loss, several times each, and says which differ from the baseline: the first \
activation with the first loss. Each candidate gets its own learning rate, searched on the \
training images alone; the test images are used once for each run.

Ends with a table. The folder of --out then holds report.html (open it in a browser), \
summary.json, runs.json, outcomes.png and learning_curves.png.

How long it takes, on 2 processors: the defaults under 3 minutes. A run on images of 28 x 28 \
pixels (MNIST) costs about ten times as much: give fewer candidates, or a quarter of an hour.

\b
Examples:
  slopes trial images
  slopes trial images --activations relu,gelu --losses mse --seeds 10
  slopes trial images --data mnist --activations relu,silu --seeds 2
"""


def images(
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder of IDX files named as MNIST's (train-images-idx3-ubyte[.gz] and so on).",
            show_default="scikit-learn's digits, first half against second half",
        ),
    ] = None,
    activations: options.Activations = None,
    losses: options.Losses = None,
    seeds: options.Seeds = 5,
    learning_rates: options.LearningRates = None,
    steps: options.Steps = None,
    fractions: options.Fractions = "1",
    force: options.Force = False,
    jobs: options.Jobs = None,
    out: options.Out = None,
) -> None:
    """Compare activations and losses for classifying images."""

    def make() -> "Problem":
        from slopes.trial.problems.images import ImageProblem
        from slopes.trial.problems.images.data import digits, idx_folder

        return ImageProblem(digits() if data is None else idx_folder(data))

    options.hold(
        make,
        source=["images", *(() if data is None else ("--data", str(data)))],
        activations=activations,
        losses=losses,
        seeds=seeds,
        learning_rates=learning_rates,
        steps=steps,
        fractions=fractions,
        force=force,
        jobs=jobs,
        out=out,
    )
