"""The trial on images: from options to a result and its files."""

import shlex
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import joblib

from slopes.trial import data as sources
from slopes.trial.data import ImageData
from slopes.trial.design import ACTIVATIONS, LEARNING_RATES, LOSSES, SEEDS, STEPS, Design, plan_design
from slopes.trial.execution import carry_out
from slopes.trial.files import write_result, write_runs
from slopes.trial.outcome import Trial, choose_learning_rates
from slopes.trial.records import Plan, Run

Watcher = Callable[[Run], None]


def images(
    *,
    activations: Sequence[str] = ACTIVATIONS,
    losses: Sequence[str] = LOSSES,
    seeds: int = SEEDS,
    learning_rates: Sequence[float] = LEARNING_RATES,
    steps: int = STEPS,
    jobs: int | None = None,
    data: Path | None = None,
    out: Path | None = None,
    starting: Callable[[Design, ImageData], None] | None = None,
    watch: Watcher | None = None,
) -> Trial:
    """Compare activations and losses for classifying images with a small convolutional network.

    Every activation meets every loss. Each pair gets its own learning rate by the same search on
    the training part, then trains once for each seed and is tested once. Seed ``k`` gives every
    candidate the same initial weights and the same batches, so differences are taken in pairs.

    Parameters
    ----------
    activations, losses : sequence of str
        Names or aliases; the first of each make the baseline.
    seeds : int
        How many runs each candidate gets.
    learning_rates : sequence of float
        What to search; a single one is used without a search.
    steps : int
        Optimisation steps of each run, at 64 images a step.
    jobs : int, optional
        Processes; as many as there are processors if not given. Results do not depend on it.
    data : Path, optional
        A folder of IDX files with MNIST's names; scikit-learn's digits if not given.
    out : Path, optional
        Where to write the report, the records and the pictures; nothing is written if not given.
    starting : callable, optional
        Called once with the design and the data, when all input has been checked.
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
    design = plan_design(activations, losses, learning_rates, seeds, steps)
    if jobs is None:
        jobs = int(joblib.cpu_count())
    if jobs < 1:
        raise ValueError(f"{jobs} jobs are given; at least 1 is needed")
    source = sources.digits() if data is None else sources.idx_folder(data)
    search_source = source.for_search() if design.searches else source
    if out is not None:
        _make_folder(out)
    if starting is not None:
        starting(design, source)
    command = _command(design, data, out, jobs)
    start = time.perf_counter()
    runs: list[Run] = []

    def so_far() -> Trial:
        ordered = tuple(sorted(runs, key=lambda run: _order(design, run.plan)))
        return Trial(design, source, command, ordered, time.perf_counter() - start)

    try:
        for run in carry_out(design.search_plans(), search_source, jobs):
            runs.append(run)
            if watch is not None:
                watch(run)
        chosen = choose_learning_rates(design, runs)
        for run in carry_out(design.trial_plans(chosen), source, jobs):
            runs.append(run)
            if watch is not None:
                watch(run)
    except KeyboardInterrupt:
        if out is not None:
            write_runs(so_far(), out)
        raise
    result = so_far()
    if out is not None:
        write_result(result, out)
    return result


def _order(design: Design, plan: Plan) -> tuple[bool, int, float, int]:
    return (plan.phase == "trial", design.candidates.index(plan.candidate), plan.learning_rate, plan.seed)


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ValueError(f"{out} cannot be the output folder: a file is in the way") from error


def _command(design: Design, data: Path | None, out: Path | None, jobs: int) -> str:
    words = ["slopes", "trial", "images"]
    words += ["--activations", ",".join(design.activations), "--losses", ",".join(design.losses)]
    words += ["--seeds", str(len(design.seeds)), "--steps", str(design.steps)]
    words += ["--learning-rates", ",".join(f"{rate!r}" for rate in design.learning_rates)]
    words += ["--jobs", str(jobs)]
    if data is not None:
        words += ["--data", str(data)]
    if out is not None:
        words += ["--out", str(out)]
    return shlex.join(words)
