"""The numbers of a trial's charts and costs as tables, for readers who do not look at pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

from slopes.trial import curves, style
from slopes.trial.charts import Chart, RowChart, SeriesChart
from slopes.trial.outcome import Standing, Trial
from slopes.trial.statistics import Interval, share_interval


@dataclass(frozen=True)
class Table:
    """A table of words: a head for each column, and rows that start with their name."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


# What may be measured beside the metric: its head, its factor and its digits.
_MEASURES = {
    "seconds_per_step": ("ms a step", 1000, 2),
    "peak_memory_mb": ("peak memory (MB)", 1, 0),
    "gradient_norm": ("gradient norm at the end", 1, 3),
    "dead_units": ("dead units (%)", 100, 1),
    "saturated_units": ("saturated (%)", 100, 1),
}


def of_chart(chart: Chart) -> Table:
    """Give the numbers of a chart."""
    lines = tuple((name, _number(value)) for name, value in chart.lines)
    if isinstance(chart, RowChart):
        seeds = max((len(row.dots) for row in chart.rows), default=0)
        heads = ("", "mean", "95 % interval", *(f"run {place + 1}" for place in range(seeds)))
        rows = tuple(
            (row.name, _number(row.mean), _interval(row.interval), *_filled(row.dots, seeds))
            for row in chart.rows
        )
        return Table(chart.across, heads, rows + tuple(line + ("",) * (seeds + 1) for line in lines))
    assert isinstance(chart, SeriesChart)
    caption = f"{chart.up}, against {chart.across}"
    if chart.scattered:
        return Table(
            caption,
            ("", chart.across, chart.up, "95 % interval"),
            tuple(
                (series.name, _number(x), _number(y), _interval(ends))
                for series in chart.series
                for (x, y), ends in zip(series.points, series.intervals, strict=True)
            ),
        )
    across = sorted({x for series in chart.series for x, _ in series.points})
    columns = [dict(series.points) for series in chart.series]
    heads = (chart.across, *(series.name for series in chart.series))
    rows = tuple((f"{x:g}", *(_number(column.get(x)) for column in columns)) for x in across)
    return Table(caption, heads, rows + tuple((name,) + (value,) * len(columns) for name, value in lines))


def of_costs(trial: Trial) -> Table | None:
    """Give what each candidate's runs took; None where no run came to an outcome."""
    metric, fraction = trial.problem.metric, trial.design.fractions[-1]
    found = {
        candidate.name: curves.cost(
            metric, curves.chosen_runs(candidate, trial.runs, fraction=fraction), trial.quality
        )
        for candidate in trial.design.candidates
    }
    known = {name: cost for name, cost in found.items() if cost is not None}
    if not known:
        return None
    measures = [name for name in _MEASURES if any(name in cost.measures for cost in known.values())]
    heads = ["", "seconds a run", *(_MEASURES[name][0] for name in measures)]
    if trial.quality is not None:
        heads.append(f"seconds to a training {metric.name} of {style.number(metric, trial.quality)}")
    rows = []
    for name, cost in known.items():
        row = [name, f"{cost.seconds:.1f}", *(_measure(cost, measure) for measure in measures)]
        if trial.quality is not None:
            row.append(_time_to_quality(cost))
        rows.append(tuple(row))
    return Table("Time, memory, gradients and units", tuple(heads), tuple(rows))


def of_failures(standings: Sequence[Standing]) -> Table:
    """Give the share of runs that failed, an outcome of its own."""
    return Table(
        "The share of trial runs that failed (%)",
        ("", "failed", "share", "95 % interval"),
        tuple(
            (
                standing.candidate.name,
                f"{standing.failed} of {standing.seeds}",
                f"{100 * standing.failed / standing.seeds:.0f}",
                " to ".join(f"{100 * end:.0f}" for end in share_interval(standing.failed, standing.seeds)),
            )
            for standing in standings
            if standing.seeds
        ),
    )


def _measure(cost: curves.Cost, name: str) -> str:
    if name not in cost.measures:
        return "-"
    _, factor, digits = _MEASURES[name]
    return f"{factor * cost.measures[name]:.{digits}f}"


def _time_to_quality(cost: curves.Cost) -> str:
    if cost.quality_seconds is None:
        return f"never in {cost.runs} runs"
    some = "" if cost.reached == cost.runs else f" ({cost.reached} of {cost.runs} runs)"
    return f"{cost.quality_seconds:.1f}{some}"


def _filled(dots: Sequence[float], count: int) -> tuple[str, ...]:
    return (*(_number(dot) for dot in dots), *("-",) * (count - len(dots)))


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"


def _interval(ends: Interval | None) -> str:
    return "-" if ends is None else f"{_number(ends[0])} to {_number(ends[1])}"
