"""The command ``slopes trial own``."""

from typing import TYPE_CHECKING, Annotated

import typer

from slopes.cli.trial import options

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
    """Compare activations and losses in a model of your own."""

    def make() -> "Problem":
        from slopes.trial.problems.own import load

        return load(problem)

    options.hold(
        make,
        source=["own", problem],
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
