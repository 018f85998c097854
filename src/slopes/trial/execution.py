"""Carry out plans: in this process, in several, or on a cluster."""

import math
import time
from abc import ABC, abstractmethod
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from types import TracebackType
from typing import Self

import joblib

from slopes.trial.problem import Problem
from slopes.trial.records import CurvePoint, Plan, Run

CLUSTERS = ("ray",)


class Workers(AbstractContextManager["Workers"], ABC):
    """What carries out plans; a plan fixes its result whoever carries it out.

    Attributes
    ----------
    count : int
        How many runs go on at the same time.
    """

    count: int

    @abstractmethod
    def carry_out(self, plans: Sequence[Plan], problem: Problem) -> Generator[Run, None, None]:
        """Begin the plans in their order and yield the run of each as it ends, in any order."""

    def __enter__(self) -> Self:
        """Keep the workers until the block ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Let the workers go."""


class InProcess(Workers):
    """The process itself, one run after the other."""

    count = 1

    def carry_out(self, plans: Sequence[Plan], problem: Problem) -> Generator[Run, None, None]:
        """Yield the runs in the order of the plans."""
        for plan in plans:
            yield perform(plan, problem)


def hire(jobs: int | None = None, cluster: str | None = None) -> Workers:
    """Give the workers that were asked for.

    Parameters
    ----------
    jobs : int, optional
        How many runs at the same time; as many as there are processors if not given.
    cluster : str, optional
        ``"ray"`` for a Ray cluster: that of ``RAY_ADDRESS``, else a running one, else one that is
        started here and ended with the block. Processes of this machine if not given.

    Raises
    ------
    ValueError
        If there are no such workers.
    ModuleNotFoundError
        If the cluster's package is not installed; the message says how to install it.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"{jobs} jobs are given; at least 1 is needed")
    if cluster is not None:
        if cluster not in CLUSTERS:
            raise ValueError(f"there is no cluster {cluster!r}; there is {', '.join(CLUSTERS)}")
        from slopes.trial.execution_ray import RayCluster

        return RayCluster(jobs)
    from slopes.trial.execution_processes import Processes

    jobs = int(joblib.cpu_count()) if jobs is None else jobs
    return InProcess() if jobs == 1 else Processes(jobs)


def perform(plan: Plan, problem: Problem) -> Run:
    """Carry out one plan.

    Whatever goes wrong inside the run is its result, so it is recorded and not raised. No number of
    a run is NaN or infinite: what is, is left out.
    """
    start = time.perf_counter()
    curve: list[CurvePoint] = []

    def record(point: CurvePoint) -> None:
        if math.isfinite(point.training_loss):
            curve.append(
                replace(
                    point,
                    training_score=_if_finite(point.training_score),
                    gradient_norm=_if_finite(point.gradient_norm),
                )
            )

    measures: dict[str, float] = {}
    error: str | None = None
    try:
        measures = _checked(problem, problem.train(plan, record))
    except Exception as caught:
        error = f"{type(caught).__name__}: {caught}"
    return Run(plan, measures, tuple(curve), time.perf_counter() - start, error)


def failed(plan: Plan, seconds: float, error: str) -> Run:
    """Give the run of a plan whose process did not live to give one."""
    return Run(plan, {}, (), seconds, error)


def _if_finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _checked(problem: Problem, measures: dict[str, float]) -> dict[str, float]:
    metric = problem.metric.name
    if metric not in measures:
        given = ", ".join(measures) or "nothing"
        raise ValueError(f"{problem.name} measured {given}, not its metric {metric}")
    if not math.isfinite(measures[metric]):
        raise FloatingPointError(f"the {metric} is {measures[metric]}")
    # Beside the outcome, what could not be measured is left out.
    return {name: float(value) for name, value in measures.items() if math.isfinite(value)}
