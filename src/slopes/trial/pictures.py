"""Charts as pictures for papers and slides, by matplotlib, without a display."""

from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from slopes.plot.palette import COLORS
from slopes.trial.charts import Chart, RowChart, SeriesChart
from slopes.trial.style import DASHES, FINDING_COLORS, FINDING_MARKERS, MARKERS, MATPLOTLIB_MARKERS, cycle

_DPI = 150


def draw(chart: Chart, path: Path, problem: str) -> None:
    """Draw a chart into a PNG file."""
    rows = len(chart.rows) if isinstance(chart, RowChart) else 0
    figure = Figure(figsize=(8, 1.8 + 0.42 * rows if rows else 5), layout="constrained")
    axes = figure.add_subplot()
    if isinstance(chart, RowChart):
        _draw_rows(axes, chart)
    elif isinstance(chart, SeriesChart):
        _draw_series(axes, chart)
    axes.set_xlabel(chart.across)
    axes.set_ylabel(chart.up)
    axes.set_title(f"{chart.title}. Trial on {problem}", fontsize=10)
    # A canvas of its own, not pyplot: no window, no global state, safe beside the caller's figures.
    FigureCanvasAgg(figure)
    # Without matplotlib's version and the date in it, the same runs give the same file.
    figure.savefig(path, dpi=_DPI, metadata={"Software": None})


def _draw_rows(axes: Axes, chart: RowChart) -> None:
    for place, row in enumerate(chart.rows):
        color = FINDING_COLORS[row.finding]
        axes.plot(row.dots, [place] * len(row.dots), "o", color=color, alpha=0.35, markersize=5)
        if row.interval is not None:
            axes.plot(row.interval, [place, place], color=color, linewidth=2)
        if row.mean is not None:
            marker = MATPLOTLIB_MARKERS[FINDING_MARKERS[row.finding]]
            axes.plot(row.mean, place, marker, color=color, markersize=7)
        if row.note:
            # In the middle of the axes and not at a value: a failed run has no outcome.
            axes.annotate(
                row.note,
                (0.5, place),
                xycoords=("axes fraction", "data"),
                ha="center",
                va="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
    for name, value in chart.lines:
        axes.axvline(value, color="0.6", linestyle="--", linewidth=1, zorder=0)
        left, right = axes.get_xlim()
        axes.annotate(
            f" {name} ",
            (value, 1),
            xycoords=("data", "axes fraction"),
            # To the side that has room.
            ha="right" if value > (left + right) / 2 else "left",
            va="top",
            fontsize=8,
            color="0.35",
        )
    axes.set_yticks(range(len(chart.rows)), [row.name for row in chart.rows])
    axes.set_ylim(len(chart.rows) - 0.5, -0.9)
    axes.grid(axis="x", alpha=0.3)


def _draw_series(axes: Axes, chart: SeriesChart) -> None:
    for name, value in chart.lines:
        axes.axhline(value, color="0.6", linestyle="--", linewidth=1, zorder=0)
        axes.annotate(f"{name} ", (1, value), xycoords=("axes fraction", "data"), ha="right", fontsize=8)
    for series in chart.series:
        color = cycle(COLORS, series.color)
        marker = cycle(MARKERS, series.dash if chart.scattered else series.color)
        xs, ys = zip(*series.points, strict=True)
        axes.plot(
            xs,
            ys,
            color=color,
            linestyle="none" if chart.scattered else cycle(DASHES, series.dash),
            marker=MATPLOTLIB_MARKERS[marker] if chart.scattered or chart.logarithmic else None,
            label=series.name,
        )
        for x, ends in zip(xs, series.intervals, strict=True):
            if ends is not None:
                axes.plot([x, x], ends, color=color, linewidth=1)
    if chart.logarithmic:
        axes.set_xscale("log")
        axes.set_xticks(chart.ticks, [f"{tick:g}" for tick in chart.ticks], minor=False)
        axes.set_xticks([], minor=True)
    axes.grid(alpha=0.3)
    # Outside, where no curve can be under it.
    axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), fontsize=8)
