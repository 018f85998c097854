"""Summaries of runs, one candidate at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from slopes.trial.records import Candidate, CurvePoint, Metric, Phase, Run
from slopes.trial.statistics import Interval, mean_interval

Curve = list[tuple[float, float]]


@dataclass(frozen=True)
class Cost:
    """What the finished runs of a candidate took; None where the problem does not measure it.

    Attributes
    ----------
    seconds : float
        The mean time of a run.
    measures : dict
        The means of what was measured beside the metric, by name.
    quality_seconds : float or None
        The mean time of training until the stated quality, over the runs that reached it.
    reached, runs : int
        How many runs reached that quality, and how many there are.
    """

    seconds: float
    measures: dict[str, float]
    quality_seconds: float | None
    reached: int
    runs: int


def chosen_runs(
    candidate: Candidate, runs: Iterable[Run], phase: Phase = "trial", fraction: float = 1.0
) -> list[Run]:
    """Give the runs of a candidate in a phase, on a fraction of the data, that came to an outcome."""
    return [
        run
        for run in runs
        if run.plan.candidate == candidate
        and run.plan.phase == phase
        and run.plan.fraction == fraction
        and run.status == "ok"
    ]


def mean_curve(runs: Sequence[Run], of: Callable[[CurvePoint], float | None]) -> Curve:
    """Give step and mean of what the points of runs tell; where one run tells nothing there is no point."""
    result = []
    for together in zip(*(run.curve for run in runs), strict=True):
        known = [value for point in together if (value := of(point)) is not None]
        if len(known) == len(together):
            result.append((float(together[0].step), fmean(known)))
    return result


def search_curve(candidate: Candidate, metric: Metric, runs: Iterable[Run]) -> Curve:
    """Give learning rate and the outcome of the finished search runs of a candidate."""
    return sorted(
        (run.plan.learning_rate, run.measures[metric.name])
        for run in runs
        if run.plan.candidate == candidate and run.plan.phase == "search" and run.status == "ok"
    )


def mean_outcome(metric: Metric, runs: Sequence[Run]) -> tuple[float, Interval | None] | None:
    """Give the mean outcome of runs and its interval, or None without runs."""
    values = [run.measures[metric.name] for run in runs]
    return (fmean(values), mean_interval(values)) if values else None


def cost(metric: Metric, runs: Sequence[Run], quality: float | None = None) -> Cost | None:
    """Give what runs took, or None without runs."""
    if not runs:
        return None
    names = set.intersection(*(set(run.measures) for run in runs))
    means = {name: fmean(run.measures[name] for run in runs) for name in sorted(names)}
    if "peak_memory_mb" in means:
        # A process remembers the most it ever held, for other candidates too: the least tells most.
        means["peak_memory_mb"] = min(run.measures["peak_memory_mb"] for run in runs)
    times = [time_to_quality(metric, run, quality) for run in runs] if quality is not None else []
    reached = [time for time in times if time is not None]
    return Cost(
        seconds=fmean(run.seconds for run in runs),
        measures=means,
        quality_seconds=fmean(reached) if reached else None,
        reached=len(reached),
        runs=len(runs),
    )


def time_to_quality(metric: Metric, run: Run, quality: float) -> float | None:
    """Give the seconds of training until the training score reached a quality, or None if it never did."""
    seconds_per_step = run.measures.get("seconds_per_step")
    if seconds_per_step is None:
        return None
    return next(
        (point.step * seconds_per_step for point in run.curve if _reaches(metric, point, quality)), None
    )


def _reaches(metric: Metric, point: CurvePoint, quality: float) -> bool:
    if point.training_score is None:
        return False
    return point.training_score >= quality if metric.higher_is_better else point.training_score <= quality
