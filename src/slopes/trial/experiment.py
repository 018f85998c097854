"""A trial from its options to a result and its files."""

import shlex
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import joblib

from slopes.trial.design import SEEDS, Design, plan_design
from slopes.trial.execution import carry_out
from slopes.trial.files import write_result, write_runs
from slopes.trial.outcome import Trial, choose_learning_rates
from slopes.trial.problem import Problem
from slopes.trial.records import Plan, Run

Watcher = Callable[[Run], None]


def hold(
    problem: Problem,
    *,
    activations: Sequence[str] | None = None,
    losses: Sequence[str] | None = None,
    seeds: int = SEEDS,
    learning_rates: Sequence[float] | None = None,
    steps: int | None = None,
    fractions: Sequence[float] = (1.0,),
    jobs: int | None = None,
    out: Path | None = None,
    force: bool = False,
    source: Sequence[str] = (),
    starting: Callable[[Design, Problem], None] | None = None,
    watch: Watcher | None = None,
) -> Trial:
    """Compare activations and losses on a problem.

    Every activation meets every loss. Each pair gets its own learning rate by the same search on
    the training part, then trains once for each seed and is tested once. Seed ``k`` gives every
    candidate the same initial weights and the same batches, so differences are taken in pairs.

    Parameters
    ----------
    problem : Problem
        The task.
    activations, losses : sequence of str, optional
        Names or aliases; the first of each make the baseline. The problem's if not given.
    seeds : int
        How many runs each candidate gets.
    learning_rates : sequence of float, optional
        What to search; a single one is used without a search.
    steps : int, optional
        Optimisation steps of each run.
    fractions : sequence of float
        Shares of the training data that each candidate trains on.
    jobs : int, optional
        Processes; as many as there are processors if not given. Results do not depend on it.
    out : Path, optional
        Where to write the report, the records and the pictures; nothing is written if not given.
    force : bool
        Whether to try combinations that cannot work.
    source : sequence of str
        The words of the command line that name the problem, for the command that repeats the trial.
    starting : callable, optional
        Called once with the design and the problem, when all input has been checked.
    watch : callable, optional
        Called with each run as it ends.

    Returns
    -------
    Trial
        The runs, and by ``standings()`` what they show.

    Raises
    ------
    ValueError, FileNotFoundError
        If the input makes no sense; nothing has run then.
    KeyboardInterrupt
        If interrupted; the runs that had ended are in ``out/runs.json``.
    """
    design = plan_design(problem, activations, losses, learning_rates, seeds, steps, fractions, force=force)
    if jobs is None:
        jobs = int(joblib.cpu_count())
    if jobs < 1:
        raise ValueError(f"{jobs} jobs are given; at least 1 is needed")
    searched = problem.for_search() if design.searches else problem
    if out is not None:
        _make_folder(out)
    if starting is not None:
        starting(design, problem)
    command = _command(problem, design, source, out, jobs)
    start = time.perf_counter()
    runs: list[Run] = []

    def so_far() -> Trial:
        ordered = tuple(sorted(runs, key=lambda run: _order(design, run.plan)))
        return Trial(design, problem, command, ordered, time.perf_counter() - start)

    def carry(plans: Sequence[Plan], on: Problem) -> None:
        for run in carry_out(plans, on, jobs):
            runs.append(run)
            if watch is not None:
                watch(run)

    try:
        carry(design.search_plans(), searched)
        carry(design.trial_plans(choose_learning_rates(design, problem.metric, runs)), problem)
    except KeyboardInterrupt:
        if out is not None:
            write_runs(so_far(), out)
        raise
    result = so_far()
    if out is not None:
        write_result(result, out)
    return result


def _order(design: Design, plan: Plan) -> tuple[bool, float, int, float, int]:
    place = design.candidates.index(plan.candidate)
    return (plan.phase == "trial", plan.fraction, place, plan.learning_rate, plan.seed)


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ValueError(f"{out} cannot be the output folder: a file is in the way") from error


def _command(problem: Problem, design: Design, source: Sequence[str], out: Path | None, jobs: int) -> str:
    words = ["slopes", "trial", *(source or (problem.kind,))]
    words += ["--activations", ",".join(design.activations), "--losses", ",".join(design.losses)]
    words += ["--seeds", str(len(design.seeds)), "--steps", str(design.steps)]
    words += ["--learning-rates", ",".join(f"{rate!r}" for rate in design.learning_rates)]
    if design.fractions != (1.0,):
        words += ["--fractions", ",".join(f"{fraction!r}" for fraction in design.fractions)]
    words += ["--jobs", str(jobs)]
    if out is not None:
        words += ["--out", str(out)]
    return shlex.join(words)
