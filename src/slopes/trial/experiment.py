"""A trial from its options to a result and its files."""

import shlex
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from slopes.trial import budget as budgets
from slopes.trial.design import SEEDS, Design, plan_design
from slopes.trial.execution import Workers, hire
from slopes.trial.files import write_result
from slopes.trial.ledger import Ledger
from slopes.trial.outcome import Trial, choose_learning_rates, next_seeds, standings, winner
from slopes.trial.problem import Problem
from slopes.trial.records import Phase, Plan, Run
from slopes.trial.versions import versions


@dataclass(frozen=True)
class Stage:
    """Plans that are carried out together.

    Attributes
    ----------
    phase : str
        What they are for.
    plans : tuple of Plan
        Those that have yet to run, in the order in which they begin.
    kept : tuple of Run
        Those that the ledger held already.
    workers : int
        How many run at the same time.
    later : int
        How many runs are planned after these; looks and a confirmation may change that.
    """

    phase: Phase
    plans: tuple[Plan, ...]
    kept: tuple[Run, ...]
    workers: int
    later: int


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in a trial; the message says what is kept and how to go on."""


def hold(
    problem: Problem,
    *,
    activations: Sequence[str] | None = None,
    losses: Sequence[str] | None = None,
    seeds: int = SEEDS,
    max_seeds: int | None = None,
    learning_rates: Sequence[float] | None = None,
    steps: int | None = None,
    fractions: Sequence[float] = (1.0,),
    confirm: bool = True,
    budget: float | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
    out: Path | None = None,
    quality: float | None = None,
    force: bool = False,
    source: Sequence[str] = (),
    begin: Callable[[Stage], None] | None = None,
    watch: Callable[[Run], None] | None = None,
) -> Trial:
    """Compare activations and losses on a problem.

    Every activation meets every loss. Each pair gets its own learning rate by the same search on
    the training part, then trains once for each seed and is tested once. Seed ``k`` gives every
    candidate the same initial weights and the same batches, so differences are taken in pairs. The
    best of those found better than the baseline is run again, with the baseline, on new seeds.

    Every run is in ``out/ledger.sqlite`` from the moment it ends. A trial that was stopped, in
    whatever way, goes on from there when it is held again, and so does one with more seeds or candidates.

    Parameters
    ----------
    problem : Problem
        The task.
    activations, losses : sequence of str, optional
        Names or aliases; the first of each make the baseline. The problem's if not given.
    seeds : int
        How many runs each candidate gets, at first.
    max_seeds : int, optional
        How many runs a candidate may get. Those without a verdict go on to it, by looks planned ahead,
        whose share of the error is set aside. As many as ``seeds`` if not given.
    learning_rates : sequence of float, optional
        What to search; a single one is used without a search.
    steps : int, optional
        Optimisation steps of each run.
    fractions : sequence of float
        Shares of the training data that each candidate trains on.
    confirm : bool
        Whether to run a winner again on seeds that had no part in choosing it.
    budget : float, optional
        Seconds that all may take. Short runs tell how long a run takes; then seeds and steps are cut
        until the rest fits, and the result's notes say how.
    jobs : int, optional
        Runs at the same time; as many as there are processors if not given. Results do not depend on it.
    cluster : str, optional
        ``"ray"`` to run on a Ray cluster instead of this machine's processes.
    out : Path, optional
        Where to write the ledger, the report, the records and the pictures; nothing is written if
        not given.
    quality : float, optional
        A training score; the report tells how long each candidate took to reach it.
    force : bool
        Whether to try combinations that cannot work.
    source : sequence of str
        The words of the command line that name the problem, for the command that repeats the trial.
    begin : callable, optional
        Called with each stage of the trial when it begins.
    watch : callable, optional
        Called with each run as it ends.

    Returns
    -------
    Trial
        The runs, and by ``standings()`` and ``confirmation()`` what they show.

    Raises
    ------
    ValueError, FileNotFoundError
        If the input makes no sense, or ``out`` holds the runs of another problem or other data; nothing
        has run then.
    OSError
        If the ledger cannot be written or the workers cannot be started.
    Interrupted
        If interrupted: a ``KeyboardInterrupt`` that says which runs are kept and how to go on.
    """
    design = plan_design(
        problem,
        activations,
        losses,
        learning_rates,
        seeds,
        steps,
        fractions,
        max_seeds=max_seeds,
        force=force,
    )
    if not force:
        problem.rehearse(design.baseline)
    workers = hire(jobs, cluster)
    how = ["--force"] * force + ["--no-confirm"] * (not confirm)
    how += [] if quality is None else ["--quality", repr(quality)]
    how += [] if jobs is None else ["--jobs", str(jobs)]
    how += [] if cluster is None else ["--cluster", cluster]
    how += [] if out is None else ["--out", str(out)]
    words = [*(source or (problem.kind,))]
    if out is not None:
        _make_folder(out)
    with Ledger(out, problem) as ledger:
        experiment = _Experiment(problem, design, ledger, workers, begin, watch)
        experiment.command = _command(words, design, how, budget)
        try:
            with workers:
                if budget is not None:
                    experiment.cut(budget, confirm=confirm)
                    experiment.command = _command(words, experiment.design, how)
                ledger.remember(command=experiment.command, plans=None)
                runs = experiment.run(confirm=confirm)
            facts = problem.facts()
            result = Trial(
                experiment.design, facts, experiment.command, versions(), runs, experiment.notes, quality
            )
            ledger.finish(result)
        except KeyboardInterrupt:
            raise Interrupted(experiment.kept()) from None
    if out is not None:
        write_result(result, out)
    return result


class _Experiment:
    """The stages of one trial; the ledger's runs are taken from it and not run again."""

    command: str

    def __init__(
        self,
        problem: Problem,
        design: Design,
        ledger: Ledger,
        workers: Workers,
        begin: Callable[[Stage], None] | None,
        watch: Callable[[Run], None] | None,
    ) -> None:
        self.design = design
        self.notes: tuple[str, ...] = ()
        self._problem = problem
        self._ledger = ledger
        self._workers = workers
        self._begin = begin
        self._watch = watch
        self._ended = 0

    def cut(self, budget: float, *, confirm: bool) -> None:
        """Fit the design into a time."""
        workers = self._workers.count
        plans = budgets.pilot_plans(self.design, workers)
        pilot = self._carry("pilot", plans, self._problem, self.design.total_runs)
        self.design, note = budgets.fit(self.design, pilot, budget, workers, confirm=confirm)
        self.notes = (note,)

    def run(self, *, confirm: bool) -> tuple[Run, ...]:
        """Search, try, confirm; give all runs in the order of their plans."""
        design, metric = self.design, self._problem.metric
        search = design.search_plans()
        later = design.total_runs - len(search)
        searched = self._problem.for_search() if search else self._problem
        runs = self._carry("search", search, searched, later)
        chosen = choose_learning_rates(design, metric, runs)
        while seeds := next_seeds(design, metric, runs):
            plans = [
                Plan(candidate, chosen[candidate], seed, design.steps, "trial", fraction)
                for fraction in design.fractions
                for candidate in seeds
                for seed in seeds[candidate]
            ]
            later = max(0, later - len(plans))
            runs += self._carry("trial", plans, self._problem, later)
        best = winner(metric, standings(design, metric, runs))
        if confirm and best is not None:
            runs += self._carry("confirm", design.confirmation_plans(best, chosen), self._problem, 0)
        return tuple(runs)

    def kept(self) -> str:
        """Say which runs are kept after an interruption, and how to go on."""
        if self._ledger.path is None:
            return "interrupted; nothing is kept without an output folder"
        total = max(self.design.total_runs, self._ended)
        return (
            f"interrupted; {self._ended} of {total} runs are kept in {self._ledger.path}; "
            f"go on with: {self.command}"
        )

    def _carry(self, phase: Phase, plans: Sequence[Plan], problem: Problem, later: int) -> list[Run]:
        """Carry out what the ledger does not hold, and give the runs in the order of their plans."""
        ended = {plan: run for plan in plans if (run := self._ledger.get(plan)) is not None}
        self._ended += len(ended)
        missing = tuple(plan for plan in plans if plan not in ended)
        if self._begin is not None and plans:
            self._begin(Stage(phase, missing, tuple(ended.values()), self._workers.count, later))
        if missing:
            with closing(self._workers.carry_out(missing, problem)) as runs:
                for run in runs:
                    self._ledger.add(run)
                    self._ended += 1
                    ended[run.plan] = run
                    if self._watch is not None:
                        self._watch(run)
        return [ended[plan] for plan in plans]


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ValueError(f"{out} cannot be the output folder: a file is in the way") from error


def _command(words: Sequence[str], design: Design, how: Sequence[str], budget: float | None = None) -> str:
    looks = design.planned_looks
    words = ["slopes", "trial", *words]
    words += ["--activations", ",".join(design.activations), "--losses", ",".join(design.losses)]
    words += ["--seeds", str(looks[0])]
    if len(looks) > 1:
        words += ["--max-seeds", str(looks[-1])]
    words += ["--steps", str(design.steps)]
    words += ["--learning-rates", ",".join(f"{rate!r}" for rate in design.learning_rates)]
    if design.fractions != (1.0,):
        words += ["--fractions", ",".join(f"{fraction!r}" for fraction in design.fractions)]
    if budget is not None:
        words += ["--budget", f"{budget:g}s"]
    return shlex.join([*words, *how])
