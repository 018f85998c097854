"""The command ``slopes trial images``."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from slopes.trial import Problem

# One line for each paragraph: Typer breaks lines where the text does.
HELP = """Compare activations and losses for classifying images.

Trains a small convolutional network (convolution, pooling, dense layers, softmax) with every \
activation and every loss, several times each, and says which differ from the baseline: the first \
activation with the first loss. Each candidate gets its own learning rate, searched on the \
training images alone; the test images are used once for each run.

Ends with a table. The folder of --out then holds report.html (open it in a browser), \
summary.json, runs.json, outcomes.png and learning_curves.png; ledger.sqlite has every run from \
the moment it ends, so the same command goes on where a trial was stopped.

How long it takes, on 2 processors: the defaults under 3 minutes. A run on MNIST takes half a \
minute, so a trial of one activation against another about 5.

\b
Examples:
  slopes trial images
  slopes trial images --activations relu,gelu --losses mse --seeds 10
  slopes trial images --data mnist --activations relu,silu --losses cross_entropy
  slopes trial images --data photos/ --size 32
"""


def images(
    data: Annotated[
        str | None,
        typer.Option(
            help="A folder of IDX files named as MNIST's (train-images-idx3-ubyte[.gz] and so on), an .npz "
            "file with x_train, y_train, x_test and y_test, a folder of a folder of images for each class "
            "(perhaps inside train and test), or a set to fetch: mnist, fashion-mnist.",
            show_default="scikit-learn's digits, first half against second half",
        ),
    ] = None,
    size: Annotated[
        int | None,
        typer.Option(
            min=4,
            help="Height and width that images of class folders are brought to.",
            show_default="their median, at most 64",
        ),
    ] = None,
) -> "tuple[Callable[[], Problem], list[str]]":
    """Compare activations and losses for classifying images."""

    def make() -> "Problem":
        from slopes.trial.problems.images import ImageProblem
        from slopes.trial.problems.images.data import digits
        from slopes.trial.problems.images.reading import read

        return ImageProblem(digits() if data is None else read(data, size))

    source = ["images"]
    if data is not None:
        source += ["--data", data]
    if size is not None:
        source += ["--size", str(size)]

    return make, source
