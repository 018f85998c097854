"""Summaries of runs that pictures and report both draw."""

from collections.abc import Iterable

from slopes.trial.outcome import Standing
from slopes.trial.records import Candidate, Metric, Run


def mean_learning_curve(candidate: Candidate, runs: Iterable[Run]) -> list[tuple[int, float]]:
    """Give step and mean training score over the finished trial runs of a candidate."""
    own = [
        run.curve
        for run in runs
        if run.plan.candidate == candidate
        and run.plan.phase == "trial"
        and run.plan.fraction == 1
        and run.status == "ok"
    ]
    return [
        (together[0].step, sum(scores) / len(scores))
        for together in zip(*own, strict=True)
        if len(scores := [point.training_score for point in together if point.training_score is not None])
        == len(together)
    ]


def search_curve(candidate: Candidate, metric: Metric, runs: Iterable[Run]) -> list[tuple[float, float]]:
    """Give learning rate and the outcome of the finished search runs of a candidate."""
    return sorted(
        (run.plan.learning_rate, run.measures[metric.name])
        for run in runs
        if run.plan.candidate == candidate and run.plan.phase == "search" and run.status == "ok"
    )


def headline(metric: Metric, standings: list[Standing]) -> str:
    """Say in a sentence or two what a trial found."""
    baseline = standings[0]
    better = [s for s in standings if s.verdict == "better"]
    worse = [s for s in standings if s.verdict == "worse"]
    failed = [s for s in standings if s.failed]
    if baseline.failed:
        return (
            f"The baseline {baseline.candidate.name} failed in {baseline.failed} of its runs, so "
            "nothing can be compared with it in full."
        )
    if len(standings) == 1:
        return f"One candidate, {baseline.candidate.name}: nothing to compare."
    if not baseline.interval:
        return "One seed: outcomes without intervals, and so no verdict. Give more seeds."
    sentences = []
    if better:
        sign = 1 if metric.higher_is_better else -1
        best = max(better, key=lambda s: sign * (s.mean or 0.0))
        sentences.append(
            f"{len(better)} of {len(standings) - 1} candidates did better than the baseline "
            f"{baseline.candidate.name}; the best was {best.candidate.name}."
        )
    else:
        sentences.append(
            f"None of {len(standings) - 1} candidates was found better than the baseline "
            f"{baseline.candidate.name}."
        )
    if worse:
        sentences.append(f"Worse: {', '.join(s.candidate.name for s in worse)}.")
    if failed:
        sentences.append(f"Failed: {', '.join(s.candidate.name for s in failed)}.")
    return " ".join(sentences)
