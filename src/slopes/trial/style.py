"""Dashes and words that every picture of a trial shares."""

from slopes.trial.records import Metric

# The same order of dashes in matplotlib's and Plotly's words, so that colour is never alone.
DASHES = ("solid", "dashed", "dashdot", "dotted")
PLOTLY_DASHES = ("solid", "dash", "dashdot", "dot")
MARKERS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star")


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
    unit = "points" if metric.percent else metric.unit
    return f"{number(metric, value)} {unit}".strip()


def scaled(metric: Metric, value: float) -> float:
    """Give an outcome as its label counts it."""
    return 100 * value if metric.percent else value


def _digits(metric: Metric) -> int:
    return 1 if metric.percent else 2
