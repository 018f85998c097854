"""The command ``slopes trial null``."""

import sys
from typing import Annotated

import typer

HELP = """Check the trial itself: does it find nothing where there is nothing?

Trains one network on scikit-learn's digits with one activation and one loss, again and again with \
new seeds, and deals the outcomes out to candidates that are the same function under different names. \
Of such trials at least 93 in 100 must call nobody better or worse; if not, the command fails. Then a \
difference is added to one of them, as large as the trial says it finds in 80 of 100, and how often it \
is found is told.

\b
Examples:
  slopes trial null
  slopes trial null --candidates 7 --seeds 5 --max-seeds 20
"""

_RATE, _STEPS = 0.01, 120


def null(
    runs: Annotated[int, typer.Option(min=2, help="How often to train.")] = 40,
    trials: Annotated[int, typer.Option(min=1, help="How many trials to deal out.")] = 1000,
    candidates: Annotated[int, typer.Option(min=1, help="Names compared with the baseline's.")] = 1,
    seeds: Annotated[int, typer.Option(min=2, help="Seeds of each candidate.")] = 5,
    max_seeds: Annotated[
        int | None, typer.Option(help="Seeds of those without a verdict.", show_default="--seeds")
    ] = None,
) -> None:
    """Check the trial itself, which should find nothing where there is nothing."""
    from slopes.trial import null, statistics, style
    from slopes.trial.problems.images import ImageProblem
    from slopes.trial.records import Candidate, Plan

    try:
        looks = statistics.plan_looks(seeds, max_seeds)
    except ValueError as error:
        typer.echo(f"slopes trial null: {error}", err=True)
        raise typer.Exit(2) from None
    problem, candidate = ImageProblem(), Candidate("relu", "cross_entropy")
    metric = problem.metric
    outcomes = []
    with typer.progressbar(range(runs), label="training", file=sys.stderr) as places:
        for seed in places:
            plan = Plan(candidate, _RATE, seed, _STEPS, "trial")
            outcomes.append(problem.train(plan, lambda _: None)[metric.name])
    found = null.null_test(metric, outcomes, candidates=candidates, looks=looks, trials=trials)
    typer.echo(
        f"{candidate.name} on {problem.name}, {runs} runs of {_STEPS} steps: {metric.label} "
        f"{style.number(metric, min(outcomes))} to {style.number(metric, max(outcomes))}"
    )
    names = "2 names" if candidates == 1 else f"{candidates + 1} names"
    enough = found.ties >= 0.93 * trials
    seen = ", ".join(map(str, looks))
    typer.echo(
        f"one function under {names}, looked at after {seen} seeds: nobody was called in "
        f"{found.ties} of {trials} trials ({'passed' if enough else 'FAILED'}: at least 93 in 100)"
    )
    typer.echo(
        f"one of them better by {style.amount(metric, found.planted)}: found in {found.found} of {trials} "
        f"trials (stated: {statistics.POWER:.0%})"
    )
    if not enough:
        raise typer.Exit(1)
