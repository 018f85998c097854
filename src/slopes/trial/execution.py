"""Carry out plans in one process or in several."""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import joblib

from slopes.trial.data import ImageData
from slopes.trial.records import Plan, Run
from slopes.trial.training import train


def carry_out(plans: Sequence[Plan], data: ImageData, jobs: int) -> Iterator[Run]:
    """Yield the run of each plan as it ends, in any order.

    A plan fixes its result whatever process it runs in, so the number of jobs changes the time and
    nothing else.

    Parameters
    ----------
    plans : sequence of Plan
        What to run.
    data : ImageData
        What to run on.
    jobs : int
        How many processes; with 1, everything stays in this one.
    """
    jobs = min(jobs, len(plans))
    if jobs <= 1:
        for plan in plans:
            yield train(plan, data)
        return
    parallel = joblib.Parallel(n_jobs=jobs, backend="loky", return_as="generator_unordered")
    with _deaf_to_interrupts():
        runs = parallel(joblib.delayed(train)(plan, data) for plan in plans)
    yield from runs


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
