"""The command ``slopes trial own``."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from slopes.trial import Problem

# One line for each paragraph: Typer breaks lines where the text does.
HELP = """Compare activations and losses in a PyTorch or Keras model of your own.

The module defines a problem: the arrays, and a function that gives the model for an activation. With \
NAME left out it is called problem, and may be a function that gives it.

\b
  import numpy as np
  from torch import nn
  from slopes.trial import ArrayProblem

  def model(activation):  # each call of activation() gives a fresh layer
      return nn.Sequential(nn.Linear(20, 64), activation(), nn.Linear(64, 3))

  def problem():
      data = np.load("mine.npz")  # integers as y: classes; floating-point numbers: values
      return ArrayProblem("mine", model, (data["x"], data["y"]))

\b
Examples:
  slopes trial own mine.py
  slopes trial own mine.py:problem --activations relu,gelu,mish --seeds 10
  slopes trial own package.module:problem
"""


def own(
    problem: Annotated[str, typer.Argument(metavar="MODULE:NAME", help="Or FILE.py:NAME.")],
) -> "tuple[Callable[[], Problem], list[str]]":
    """Compare activations and losses in a model of your own."""

    def make() -> "Problem":
        from slopes.trial.problems.own import load

        return load(problem)

    return make, ["own", problem]
