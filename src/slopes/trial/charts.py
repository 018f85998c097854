"""The charts of a trial, as numbers and words: drawn by Plotly, by matplotlib and as tables alike."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from slopes.trial import curves, style
from slopes.trial.outcome import Confirmation, Standing, Trial
from slopes.trial.records import Candidate, Metric, Run
from slopes.trial.statistics import Interval
from slopes.trial.style import scaled


@dataclass(frozen=True)
class Row:
    """A candidate in a chart of rows: a dot for each seed, their mean and its interval."""

    name: str
    dots: tuple[float, ...]
    mean: float | None
    interval: Interval | None
    finding: str
    note: str = ""


@dataclass(frozen=True)
class Series:
    """A candidate in a chart of two axes; colour and dash are places in the palette."""

    name: str
    points: tuple[tuple[float, float], ...]
    intervals: tuple[Interval | None, ...]
    color: int
    dash: int


@dataclass(frozen=True)
class Chart:
    """What every chart has.

    Attributes
    ----------
    name : str
        Of its picture's file and its place in the page.
    title, note : str
        What it shows, and how to read it.
    across, up : str
        The axes.
    lines : tuple
        Names and values of straight lines: what needs no training, the baseline.
    """

    name: str
    title: str
    note: str
    across: str
    up: str
    lines: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class RowChart(Chart):
    """One row for each candidate; lines stand upright."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class SeriesChart(Chart):
    """Curves, or single points where ``scattered``; lines lie flat."""

    series: tuple[Series, ...]
    logarithmic: bool = False
    ticks: tuple[float, ...] = ()
    scattered: bool = False


def charts(trial: Trial) -> dict[str, Chart]:
    """Give the charts that a trial has numbers for, by name, in the order of the report."""
    standings = trial.standings()
    found: Iterator[Chart] = iter(
        (
            *_differences(trial, standings),
            _outcomes(trial, standings),
            *_learning_curves(trial),
            *_gradient_norms(trial),
            *_units(trial, standings),
            *_learning_rates(trial),
            *_costs(trial, standings),
            *_fractions(trial),
        )
    )
    return {chart.name: chart for chart in found}


def _differences(trial: Trial, standings: list[Standing]) -> Iterator[RowChart]:
    metric = trial.problem.metric
    rows = [_difference_row(metric, standing, standing.candidate.name) for standing in standings[1:]]
    confirmation = trial.confirmation()
    if confirmation is not None:
        rows.append(_difference_row(metric, confirmation, f"{confirmation.candidate.name}, new seeds"))
    if any(row.dots for row in rows):
        side = "right" if metric.higher_is_better else "left"
        yield RowChart(
            "differences",
            f"Differences to {trial.design.baseline.name}",
            "Dots: one seed each. Diamond or triangle and line: mean and 95 % interval of each candidate "
            f"alone. What lies {side} of the line at 0 is better than the baseline.",
            f"difference in {metric.label}",
            "",
            (("the baseline", 0.0),),
            tuple(rows),
        )


def _difference_row(metric: Metric, found: Standing | Confirmation, name: str) -> Row:
    comparison = found.comparison
    if comparison is None or comparison.difference is None:
        return Row(name, (), None, None, found.finding, found.verdict)
    return Row(
        name,
        tuple(scaled(metric, difference) for difference in comparison.differences),
        scaled(metric, comparison.difference),
        _ends(metric, comparison.interval),
        found.finding,
    )


def _outcomes(trial: Trial, standings: list[Standing]) -> RowChart:
    metric = trial.problem.metric
    rows = tuple(
        Row(
            standing.candidate.name,
            tuple(scaled(metric, value) for value in standing.values.values()),
            None if standing.mean is None else scaled(metric, standing.mean),
            _ends(metric, standing.interval),
            standing.finding,
            "" if standing.values else standing.verdict,
        )
        for standing in standings
    )
    lines, about = _yardsticks(trial, [dot for row in rows for dot in row.dots])
    return RowChart(
        "outcomes",
        f"Test {metric.name}",
        f"Dots: one seed each. Diamond, square or triangle and line: mean and 95 % interval. {about}".strip(),
        f"test {metric.label}",
        "",
        lines,
        rows,
    )


def _learning_curves(trial: Trial) -> Iterator[SeriesChart]:
    metric, design = trial.problem.metric, trial.design
    runs = {candidate: _whole(trial, candidate) for candidate in design.candidates}
    scores = {c: curves.mean_curve(own, lambda point: point.training_score) for c, own in runs.items()}
    note = "Mean over seeds, on the batches of the training."
    if any(scores.values()):
        series = (_series(trial, c, curve, scale=scaled(metric, 1.0)) for c, curve in scores.items())
        up = f"training {metric.label}"
        yield SeriesChart("learning_curves", "Learning curves", note, "step", up, (), _drawn(series))
        return
    # Losses have scales of their own: one cannot be laid over another.
    for loss in design.losses:
        own = [candidate for candidate in design.candidates if candidate.loss == loss]
        series = (
            _series(trial, c, curves.mean_curve(runs[c], lambda point: point.training_loss)) for c in own
        )
        if drawn := _drawn(series):
            title = f"Learning curves: {loss}"
            yield SeriesChart(f"learning_curves_{loss}", title, note, "step", "training loss", (), drawn)


def _gradient_norms(trial: Trial) -> Iterator[SeriesChart]:
    series = _drawn(
        _series(trial, c, curves.mean_curve(_whole(trial, c), lambda point: point.gradient_norm))
        for c in trial.design.candidates
    )
    if series:
        yield SeriesChart(
            "gradient_norms",
            "Gradient norms",
            "The length of all weights' gradient, mean over seeds. Losses have scales of their own.",
            "step",
            "gradient norm",
            (),
            series,
        )


_UNITS = {
    "dead_units": ("Dead units", "dead units (%)"),
    "saturated_units": ("Saturated units", "saturated (%)"),
}


def _units(trial: Trial, standings: list[Standing]) -> Iterator[RowChart]:
    for measure, (title, across) in _UNITS.items():
        rows = []
        for standing in standings:
            runs = _whole(trial, standing.candidate)
            shares = tuple(100 * run.measures[measure] for run in runs if measure in run.measures)
            mean = sum(shares) / len(shares) if shares else None
            rows.append(Row(standing.candidate.name, shares, mean, None, standing.finding))
        if any(share > 0 for row in rows for share in row.dots):
            note = "Dots: one seed each; the other marks: their means. Shares of the hidden units."
            yield RowChart(measure, title, note, across, "", (), tuple(rows))


def _learning_rates(trial: Trial) -> Iterator[SeriesChart]:
    metric, design = trial.problem.metric, trial.design
    scale = scaled(metric, 1.0)
    series = _drawn(
        _series(trial, candidate, curves.search_curve(candidate, metric, trial.runs), scale=scale)
        for candidate in design.candidates
    )
    if design.searches and series:
        yield SeriesChart(
            "learning_rates",
            "The learning-rate search",
            "One run for each learning rate, on a part of the training data; the test part played no role.",
            "learning rate (log scale)",
            f"{metric.label} in the search",
            (),
            series,
            logarithmic=True,
            ticks=design.learning_rates,
        )


def _costs(trial: Trial, standings: list[Standing]) -> Iterator[SeriesChart]:
    metric = trial.problem.metric
    series = []
    for standing in standings:
        taken = curves.cost(metric, _whole(trial, standing.candidate))
        if taken is not None and standing.mean is not None:
            curve = [(taken.seconds, standing.mean)]
            ends = [standing.interval]
            series.append(_series(trial, standing.candidate, curve, ends, scaled(metric, 1.0)))
    if series:
        yield SeriesChart(
            "cost",
            "Cost against quality",
            "Mean over seeds, with the 95 % interval of the outcome. Times are by the clock and include what "
            "else the machine did.",
            "seconds a run",
            f"test {metric.label}",
            (),
            tuple(series),
            scattered=True,
        )


def _fractions(trial: Trial) -> Iterator[SeriesChart]:
    metric, design = trial.problem.metric, trial.design
    if len(design.fractions) < 2:
        return
    series = []
    for candidate in design.candidates:
        curve, ends = [], []
        for fraction in design.fractions:
            found = curves.mean_outcome(metric, curves.chosen_runs(candidate, trial.runs, fraction=fraction))
            if found is not None:
                curve.append((fraction, found[0]))
                ends.append(found[1])
        series.append(_series(trial, candidate, curve, ends, scaled(metric, 1.0)))
    lines, about = _yardsticks(trial, [y for one in series for _, y in one.points])
    yield SeriesChart(
        "fractions",
        "Hunger for data",
        "Mean over seeds and its 95 % interval, for each share of the training data. The number of steps and "
        f"the learning rate are those of the whole. {about}".strip(),
        "share of the training data (log scale)",
        f"test {metric.label}",
        lines,
        _drawn(series),
        logarithmic=True,
        ticks=design.fractions,
    )


def _whole(trial: Trial, candidate: Candidate) -> list[Run]:
    return curves.chosen_runs(candidate, trial.runs, fraction=trial.design.fractions[-1])


def _yardsticks(trial: Trial, values: list[float]) -> tuple[tuple[tuple[str, float], ...], str]:
    """Give the yardsticks that can be drawn beside these values, and a sentence on all.

    One further away than the values spread would press the candidates into a corner.
    """
    metric = trial.problem.metric
    every = {name: scaled(metric, value) for name, value in trial.problem.yardsticks.items()}
    if not every:
        return (), ""
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    room = high - low
    near = tuple((name, value) for name, value in every.items() if low - room <= value <= high + room)
    words = ", ".join(
        f"{name} {style.number(metric, value)}" for name, value in trial.problem.yardsticks.items()
    )
    return near, f"Without training: {words}" + (
        " (dashed lines, where near)." if near else " (not drawn: far away)."
    )


def _series(
    trial: Trial,
    candidate: Candidate,
    curve: curves.Curve,
    intervals: list[Interval | None] | None = None,
    scale: float = 1.0,
) -> Series:
    return Series(
        candidate.name,
        tuple((x, scale * y) for x, y in curve),
        tuple(ends and (scale * ends[0], scale * ends[1]) for ends in intervals or [None] * len(curve)),
        trial.design.activations.index(candidate.activation),
        trial.design.losses.index(candidate.loss),
    )


def _drawn(series: Iterable[Series]) -> tuple[Series, ...]:
    return tuple(one for one in series if one.points)


def _ends(metric: Metric, interval: Interval | None) -> Interval | None:
    return interval and (scaled(metric, interval[0]), scaled(metric, interval[1]))
