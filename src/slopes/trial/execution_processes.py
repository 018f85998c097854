"""Runs in processes of this machine, by joblib."""

import os
import pickle
import re
import signal
import threading
import time
import warnings
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import cloudpickle
import joblib
from joblib.externals.loky.process_executor import TerminatedWorkerError

from slopes.trial.execution import Workers, failed, perform
from slopes.trial.problem import Problem
from slopes.trial.records import Plan, Run


class Processes(Workers):
    """Processes of this machine, each with one thread.

    Where the system ends a worker, for want of memory most often, the pool is lost with it. The runs that
    were going on are then done again one at a time: one that ends its worker again has failed, and
    the others are none the worse.
    """

    def __init__(self, jobs: int) -> None:
        self.count = jobs
        self._name = uuid4().hex

    def carry_out(self, plans: Sequence[Plan], problem: Problem) -> Generator[Run, None, None]:
        """Yield runs as they end."""
        waiting = dict(enumerate(plans))
        with TemporaryDirectory(prefix="slopes-trial-") as folder:
            parcel = Path(folder) / "problem"
            parcel.write_bytes(packed(problem))
            while waiting:
                try:
                    yield from self._pool(waiting, parcel)
                except TerminatedWorkerError as error:
                    begun = {
                        number: plan for number, plan in waiting.items() if _mark(parcel, number).exists()
                    }
                    if not begun:
                        raise OSError(f"the worker processes end before they begin a run: {error}") from error
                    for number, plan in begun.items():
                        yield from self._alone(number, plan, parcel)
                        del waiting[number]

    def _pool(self, waiting: dict[int, Plan], parcel: Path) -> Iterator[Run]:
        # joblib replaces a worker whose memory grew, as it does from small runs to large ones, and warns
        # in a thread of its own. Where warnings are errors that thread would end, and runs never come.
        warnings.filterwarnings("ignore", "A worker stopped while some jobs were given", UserWarning)
        # Workers of another trial have that one's modules, so what they are started with tells them apart.
        ours = joblib.parallel_config(
            "loky", inner_max_num_threads=1, initializer=_end_with_parent, initargs=(self._name,)
        )
        tasks = [joblib.delayed(_perform)(number, plan, parcel) for number, plan in waiting.items()]
        with _deaf_to_interrupts(), ours:
            # Tasks in batches would end in batches, and a run is to be kept when it ends.
            parallel = joblib.Parallel(n_jobs=self.count, batch_size=1, return_as="generator_unordered")
            results = parallel(tasks)
        with closing(results):
            for number, run in results:
                del waiting[number]
                yield run

    def _alone(self, number: int, plan: Plan, parcel: Path) -> Iterator[Run]:
        start = time.perf_counter()
        try:
            yield from self._pool({number: plan}, parcel)
        except TerminatedWorkerError as error:
            found = re.search(r"SIG\w+", str(error))
            by = found.group() if found else "a crash"
            if by == "SIGKILL":
                by += ", which the system does where memory runs out"
            yield failed(plan, time.perf_counter() - start, f"the process was ended by {by}")


def packed(problem: Problem) -> bytes:
    """Give a problem as bytes, classes of the user's own script or notebook included."""
    try:
        return bytes(cloudpickle.dumps(problem))
    except Exception as error:
        raise ValueError(
            f"{problem.name} cannot be sent to other processes ({error}); give jobs=1 to stay in this one"
        ) from error


def _perform(number: int, plan: Plan, parcel: Path) -> tuple[int, Run]:
    """Carry out a plan in a worker; a file says that it has begun."""
    _mark(parcel, number).touch()
    return number, perform(plan, _unpacked(parcel))


def _mark(parcel: Path, number: int) -> Path:
    return parcel.with_name(f"run-{number}")


@lru_cache(maxsize=1)
def _unpacked(parcel: Path) -> Problem:
    """Read a problem once in each worker, not once for each run."""
    problem: Problem = pickle.loads(parcel.read_bytes())
    return problem


def _end_with_parent(_pool: str) -> None:
    """End this worker of a pool when the process that started it has ended, however that ended."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


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
