"""What every tracker is told of a run."""

from collections.abc import Iterator
from dataclasses import asdict

from slopes.trial.records import Run


def parameters(run: Run) -> dict[str, str | float]:
    """Give what fixes a run, by name."""
    plan = run.plan
    return {
        "activation": plan.candidate.activation,
        "loss": plan.candidate.loss,
        "learning_rate": plan.learning_rate,
        "seed": plan.seed,
        "steps": plan.steps,
        "phase": plan.phase,
        "fraction": plan.fraction,
    }


def by_step(run: Run) -> Iterator[tuple[int, dict[str, float]]]:
    """Yield the step and what is known of each point of the learning curve."""
    for point in run.curve:
        values = {name: value for name, value in asdict(point).items() if value is not None}
        yield values.pop("step"), values
