"""Runs on a Ray cluster."""

import logging
import os
import pickle
import time
from collections.abc import Generator, Sequence
from functools import lru_cache
from types import TracebackType
from typing import Self

import joblib

from slopes.trial.execution import Workers, failed, perform
from slopes.trial.execution_processes import packed
from slopes.trial.problem import Problem
from slopes.trial.records import Plan, Run

try:
    import ray
    from ray.exceptions import OutOfMemoryError, RayError, WorkerCrashedError
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        'Ray is not installed; pip install "slopes[cluster]" installs it', name=error.name
    ) from error

_RETRIES = 3


class RayCluster(Workers):
    """A Ray cluster: the process's own connection, that of ``RAY_ADDRESS``, or one that is started here.

    ``RAY_ADDRESS=auto`` stands for a cluster that runs on this machine. A run whose worker or machine
    is lost is done again, three times at most.

    Parameters
    ----------
    jobs : int, optional
        How many runs at the same time; as many as the cluster has processors if not given.

    Raises
    ------
    ConnectionError
        If there is no cluster at ``RAY_ADDRESS``.
    """

    def __init__(self, jobs: int | None = None) -> None:
        self._jobs = jobs

    def __enter__(self) -> Self:
        """Connect to the cluster, or start one."""
        self._own = not ray.is_initialized()
        if self._own:
            _connect(self._jobs)
        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        self.count = self._jobs or max(1, int(resources.get("CPU", 1)))
        return self

    def carry_out(self, plans: Sequence[Plan], problem: Problem) -> Generator[Run, None, None]:
        """Yield runs as they end."""
        # In a list, so that Ray does not fetch it for each run.
        parcel = [ray.put(packed(problem))]
        waiting = list(reversed(plans))
        going: dict[ray.ObjectRef[Run], tuple[Plan, float]] = {}
        try:
            while waiting or going:
                while waiting and len(going) < self.count:
                    plan = waiting.pop()
                    going[_task.remote(plan, parcel)] = plan, time.perf_counter()
                ended, _ = ray.wait(list(going), num_returns=1)
                for task in ended:
                    yield _result(task, *going.pop(task))
        finally:
            for task in going:
                ray.cancel(task, force=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Leave the cluster; end it if it was started here."""
        if self._own:
            ray.shutdown()


def _connect(jobs: int | None) -> None:
    # Ray greets, warns and asks at every start; what it has to say of an error comes with the exception.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    logging.getLogger("ray").setLevel(logging.ERROR)
    address = os.environ.get("RAY_ADDRESS")
    ray.init(
        address=address or "local",
        # A cluster that runs has its own number of processors.
        num_cpus=None if address else jobs or int(joblib.cpu_count()),
        include_dashboard=None if address else False,
        log_to_driver=False,
        logging_level=logging.ERROR,
    )


@ray.remote(num_cpus=1, max_retries=_RETRIES)
def _task(plan: Plan, parcel: "list[ray.ObjectRef[bytes]]") -> Run:
    return perform(plan, _unpacked(parcel[0]))


@lru_cache(maxsize=1)
def _unpacked(parcel: "ray.ObjectRef[bytes]") -> Problem:
    """Fetch and read a problem once in each worker, not once for each run."""
    problem: Problem = pickle.loads(ray.get(parcel))
    return problem


def _result(task: "ray.ObjectRef[Run]", plan: Plan, start: float) -> Run:
    try:
        return ray.get(task)
    except (WorkerCrashedError, OutOfMemoryError) as error:
        cause = (
            f"{type(error).__name__}: the worker was lost {_RETRIES + 1} times, most often for want of memory"
        )
        return failed(plan, time.perf_counter() - start, cause)
    except RayError as error:
        raise OSError(f"the Ray cluster has failed: {' '.join(str(error).split())[:300]}") from error
