"""Dashes and words that every picture of a trial shares."""

# The same order of dashes in matplotlib's and Plotly's words, so that colour is never alone.
DASHES = ("solid", "dashed", "dashdot", "dotted")
PLOTLY_DASHES = ("solid", "dash", "dashdot", "dot")
MARKERS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star")


def cycle(choices: tuple[str, ...], index: int) -> str:
    """Give the choice for the index-th thing, starting over when they run out."""
    return choices[index % len(choices)]


def percent(share: float | None, digits: int = 1) -> str:
    """Write a share in percent, or a dash for none."""
    return "-" if share is None else f"{100 * share:.{digits}f}"


def percent_range(interval: tuple[float, float] | None) -> str:
    """Write an interval of shares in percent, or a dash for none."""
    return "-" if interval is None else f"{percent(interval[0])} to {percent(interval[1])}"


def points(share: float | None) -> str:
    """Write a signed difference in percentage points, or a dash for none."""
    # Adding 0.0 turns a rounded -0.0 into 0.0.
    return "-" if share is None else f"{round(100 * share, 1) + 0.0:+.1f}"


def points_range(interval: tuple[float, float] | None) -> str:
    """Write an interval of differences in percentage points, or a dash for none."""
    return "-" if interval is None else f"{points(interval[0])} to {points(interval[1])}"
