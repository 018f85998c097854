"""Functions and their derivatives in panels above one another."""

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from slopes.api.function import Function
from slopes.plot.palette import COLORS
from slopes.plot.sampling import Curve, sample
from slopes.plot.sections import Section, sections

Dash = Literal["solid"] | tuple[float, tuple[float, ...]]

# Lines often lie on each other: a dashed one lets the one below be seen.
DASHES: tuple[Dash, ...] = ("solid", (0, (6, 2)), (0, (6, 2, 1, 2)), (0, (1.5, 1.5)))
PANELS = ("value", "first derivative", "second derivative")
WIDTH, PANEL_HEIGHT, ROW_HEIGHT, MARGIN_HEIGHT = 8.0, 2.7, 0.2, 0.9  #: inches
ROOM = 0.06  #: of a panel's height, above and below the curves
NAMED = 4  #: as many functions stand in the title by name


def figure(
    functions: Function | Iterable[Function],
    derivatives: bool = False,
    second: bool = False,
    start: float = -6,
    stop: float = 6,
) -> Figure:
    """Draw functions over one axis, and their derivatives below.

    Activations and the losses of a residual or a margin are drawn as curves; a loss of two arguments as
    a curve of its prediction at targets 0 and 1; a function of a row along its first entry. Where a
    derivative jumps the line has a gap, a filled dot at the value chosen there and open ones at the limits.

    Parameters
    ----------
    functions : Function or iterable of Function
        Such as ``slopes.silu`` and ``slopes.Huber(delta=2.0)``.
    derivatives : bool, default False
        Whether to add a panel of first derivatives; of a loss, in its prediction.
    second : bool, default False
        Whether to add a panel of second derivatives.
    start, stop : float, default -6 and 6
        The range of the axis.

    Returns
    -------
    matplotlib.figure.Figure
        Without a window; ``savefig`` writes it.

    Raises
    ------
    ValueError
        If there is no function, start is not below stop, or a function is defined nowhere between them.

    Examples
    --------
    >>> import slopes
    >>> picture = figure([slopes.sigmoid, slopes.tanh], derivatives=True)
    >>> [axes.get_ylabel() for axes in picture.axes]
    ['value', 'first derivative']
    """
    return draw(Figure(), functions, derivatives, second, start, stop)


def draw(
    target: Figure,
    functions: Function | Iterable[Function],
    derivatives: bool = False,
    second: bool = False,
    start: float = -6,
    stop: float = 6,
) -> Figure:
    """Draw as `figure` does, on an empty figure of the caller's, and return it."""
    chosen = [functions] if isinstance(functions, Function) else list(functions)
    if not chosen:
        raise ValueError("there is no function to draw")
    if not (start < stop and isfinite(stop - start)):
        raise ValueError(f"start is {start:g} and stop is {stop:g}; both must be finite and start below stop")
    drawn = [section for function in chosen for section in sections(function, start, stop)]
    curves = [sample(section, start, stop) for section in drawn]
    orders = [0, *([1] if derivatives else []), *([2] if second else [])]

    target.set_layout_engine("constrained")
    panels = target.subplots(len(orders), 1, sharex=True, squeeze=False)[:, 0]
    for axes, order in zip(panels, orders, strict=True):
        _panel(axes, drawn, [curve[order] for curve in curves])
        axes.set_ylabel(PANELS[order])
    x = np.concatenate([curve[0].x for curve in curves])
    panels[-1].set_xlim(x.min(), x.max())
    panels[-1].set_xlabel(" / ".join(dict.fromkeys(section.axis for section in drawn)))
    rows = _legend(target, _title(chosen), drawn, [c[order] for c in curves for order in orders])
    target.set_size_inches(WIDTH, MARGIN_HEIGHT + ROW_HEIGHT * rows + PANEL_HEIGHT * len(orders))
    return target


def _panel(axes: Axes, drawn: Sequence[Section], curves: Sequence[Curve]) -> None:
    axes.grid(color="0.9")
    axes.set_axisbelow(True)
    axes.axhline(0, color="0.6", linewidth=0.8, zorder=1)
    axes.spines[["top", "right"]].set_visible(False)
    for i, curve in enumerate(curves):
        color, dash = _style(i)
        axes.plot(curve.x, curve.y, color=color, linestyle=dash, linewidth=1.8)
        for mark in curve.marks:
            axes.plot(mark.x, mark.value, "o", color=color, markersize=5, zorder=4)
            if mark.jumps:
                for limit in mark.limits:
                    if limit != mark.value:
                        axes.plot(
                            mark.x, limit, "o", color=color, markersize=5, markerfacecolor="white", zorder=3
                        )
    heights = np.concatenate([c.heights(s.view) for s, c in zip(drawn, curves, strict=True)])
    if heights.size:
        room = ROOM * np.ptp(heights) or 0.5
        axes.set_ylim(heights.min() - room, heights.max() + room)


def _style(index: int) -> tuple[str, Dash]:
    return COLORS[index % len(COLORS)], DASHES[index % len(DASHES)]


def _title(functions: Sequence[Function]) -> str:
    if len(functions) == 1:
        return f"{functions[0].name}:  {functions[0].formula}"
    if len(functions) <= NAMED:
        return ", ".join(dict.fromkeys(function.name for function in functions))
    return f"{len(functions)} functions"


def _legend(target: Figure, title: str, drawn: Sequence[Section], curves: Sequence[Curve]) -> int:
    """Name the lines, and what the dots mean where there are any; return the number of rows."""
    handles = []
    several = len({section.axis for section in drawn}) > 1
    for i, section in enumerate(drawn):
        color, dash = _style(i)
        label = f"{section.label}, over {section.axis}" if several else section.label
        handles.append(Line2D([], [], color=color, linestyle=dash, linewidth=1.8, label=label))
    dots = [mark for curve in curves for mark in curve.marks]
    if dots:
        handles.append(_dot("value at a kink or jump", "0.4"))
    if any(mark.jumps for mark in dots):
        handles.append(_dot("limit from one side", "white"))
    longest = max(len(str(handle.get_label())) for handle in handles)
    columns = max(1, min(len(handles), 100 // (longest + 8)))
    # the title belongs to the legend: two things above the panels would lie on each other
    target.legend(
        handles=handles,
        title=title,
        title_fontsize="large",
        loc="outside upper center",
        ncols=columns,
        frameon=False,
        fontsize="small",
    )
    return -(-len(handles) // columns)


def _dot(label: str, face: str) -> Line2D:
    return Line2D(
        [], [], marker="o", color="0.4", markerfacecolor=face, markersize=5, linestyle="none", label=label
    )
