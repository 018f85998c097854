"""Carry out plans in one process or in several."""

import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import joblib

from slopes.trial.problem import Problem
from slopes.trial.records import CurvePoint, Plan, Run


def carry_out(plans: Sequence[Plan], problem: Problem, jobs: int) -> Iterator[Run]:
    """Yield the run of each plan as it ends, in any order.

    A plan fixes its result whatever process it runs in, so the number of jobs changes the time and
    nothing else.

    Parameters
    ----------
    plans : sequence of Plan
        What to run.
    problem : Problem
        What to run on.
    jobs : int
        How many processes; with 1, everything stays in this one.
    """
    jobs = min(jobs, len(plans))
    if jobs <= 1:
        for plan in plans:
            yield perform(plan, problem)
        return
    parallel = joblib.Parallel(n_jobs=jobs, backend="loky", return_as="generator_unordered")
    with _deaf_to_interrupts():
        runs = parallel(joblib.delayed(perform)(plan, problem) for plan in plans)
    yield from runs


def perform(plan: Plan, problem: Problem) -> Run:
    """Carry out one plan.

    Whatever goes wrong inside the run is its result, so it is recorded and not raised.
    """
    start = time.perf_counter()
    curve: list[CurvePoint] = []
    measures: dict[str, float] = {}
    error: str | None = None
    try:
        measures = problem.train(plan, curve.append)
        if problem.metric.name not in measures:
            given = ", ".join(measures) or "nothing"
            raise ValueError(f"{problem.name} measured {given}, not its metric {problem.metric.name}")
    except Exception as caught:
        measures, error = {}, f"{type(caught).__name__}: {caught}"
    return Run(plan, measures, tuple(curve), time.perf_counter() - start, error)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start workers that ignore Ctrl-C; a process inherits what its parent ignores.

    The terminal sends Ctrl-C to the whole process group. The parent answers it and ends the workers;
    a worker that answered too would die in the middle of its start, or print over the message.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
