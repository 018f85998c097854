"""Colours, dashes and words that every picture and table of a trial shares."""

from slopes.plot.palette import COLORS
from slopes.trial.records import Metric

# The same order of dashes and markers in matplotlib's and Plotly's words, so that colour is never alone.
DASHES = ("solid", "dashed", "dashdot", "dotted")
PLOTLY_DASHES = ("solid", "dash", "dashdot", "dot")
MARKERS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star")
MATPLOTLIB_MARKERS = {
    "circle": "o",
    "square": "s",
    "diamond": "D",
    "triangle-up": "^",
    "triangle-down": "v",
    "cross": "P",
    "x": "X",
    "star": "*",
}
FINDING_COLORS = {
    "baseline": COLORS[0],
    "better": COLORS[2],
    "worse": COLORS[1],
    "same": COLORS[0],
    "failed": COLORS[3],
    "unknown": COLORS[0],
}
FINDING_MARKERS = {
    "baseline": "square",
    "better": "triangle-up",
    "worse": "triangle-down",
    "same": "diamond",
    "failed": "x",
    "unknown": "diamond",
}


def cycle(choices: tuple[str, ...], index: int) -> str:
    """Give the choice for the index-th thing, starting over when they run out."""
    return choices[index % len(choices)]


def number(metric: Metric, value: float | None) -> str:
    """Write an outcome as its label counts it, or a dash for none."""
    return "-" if value is None else f"{scaled(metric, value):.{_digits(metric)}f}"


def interval(metric: Metric, ends: tuple[float, float] | None) -> str:
    """Write an interval of outcomes, or a dash for none."""
    return "-" if ends is None else f"{number(metric, ends[0])} to {number(metric, ends[1])}"


def difference(metric: Metric, value: float | None) -> str:
    """Write a signed difference, or a dash for none."""
    # Adding 0.0 turns a rounded -0.0 into 0.0.
    digits = _digits(metric)
    return "-" if value is None else f"{round(scaled(metric, value), digits) + 0.0:+.{digits}f}"


def difference_interval(metric: Metric, ends: tuple[float, float] | None) -> str:
    """Write an interval of differences, or a dash for none."""
    return "-" if ends is None else f"{difference(metric, ends[0])} to {difference(metric, ends[1])}"


def amount(metric: Metric, value: float) -> str:
    """Write the size of a difference with its unit."""
    return f"{number(metric, value)} {_unit(metric)}".strip()


def change(metric: Metric, value: float | None) -> str:
    """Write a signed difference with its unit, or a dash for none."""
    return f"{difference(metric, value)} {_unit(metric)}".strip()


def probability(value: float | None) -> str:
    """Write a p value, or a dash for none."""
    if value is None:
        return "-"
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def scaled(metric: Metric, value: float) -> float:
    """Give an outcome as its label counts it."""
    return 100 * value if metric.percent else value


def _unit(metric: Metric) -> str:
    return "points" if metric.percent else metric.unit


def _digits(metric: Metric) -> int:
    return 1 if metric.percent else 2
