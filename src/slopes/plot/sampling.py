"""The points through which a section is drawn, with a gap where it jumps."""

from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from slopes.plot.sections import Section

Array = NDArray[np.float64]

POINTS = 800
ASIDE = 1e-9  #: relative to the range: how far beside a break its one-sided limits are taken


@dataclass(frozen=True)
class Mark:
    """A break: the chosen value there, and the limits from both sides."""

    x: float
    value: float
    limits: tuple[float, float]

    @property
    def jumps(self) -> bool:
        """Whether the limits differ by more than the distance between them explains."""
        left, right = self.limits
        return abs(right - left) > 1e-6 * max(1.0, abs(left), abs(right))


@dataclass(frozen=True)
class Curve:
    """One order of derivative of a section; NaN leaves a gap."""

    x: Array
    y: Array
    marks: tuple[Mark, ...]

    def heights(self, view: tuple[float, float]) -> Array:
        """Return the finite heights within the view, or all where none is within."""
        finite = np.isfinite(self.y)
        inside = finite & (self.x >= view[0]) & (self.x <= view[1])
        heights = self.y[inside if inside.any() else finite]
        return np.append(heights, [m.value for m in self.marks if isfinite(m.value)])


def sample(section: Section, start: float, stop: float) -> tuple[Curve, Curve, Curve]:
    """Return value, first and second derivative of a section between start and stop.

    Raises
    ------
    ValueError
        If the section is defined nowhere between start and stop.
    """
    low, high = max(start, section.domain[0]), min(stop, section.domain[1])
    if not low < high:
        raise ValueError(
            f"{section.label} is defined from {section.domain[0]:g} to {section.domain[1]:g}, "
            f"and nothing of that lies between {start:g} and {stop:g}"
        )
    aside = ASIDE * (high - low)
    low, high = low + aside * (low in section.breaks), high - aside * (high in section.breaks)
    breaks = [b for b in section.breaks if low < b < high]
    x, at = _grid(low, high, breaks)
    return tuple(  # type: ignore[return-value]
        _curve(x, y, at, gap=order > section.smooth) for order, y in enumerate(section.orders(x))
    )


def _grid(low: float, high: float, breaks: list[float]) -> tuple[Array, list[int]]:
    """Even points, each break with a neighbour close on both sides; and where the breaks stand."""
    aside = ASIDE * (high - low)
    ends = [low, *breaks, high]
    parts: list[Array] = []
    at: list[int] = []
    for i, (a, b) in enumerate(pairwise(ends)):
        count = max(2, round(POINTS * (b - a) / (high - low)))
        if i:
            at.append(sum(map(len, parts)))
            parts.append(np.array([a]))
        left = a + aside if i else a
        right = b - aside if i < len(breaks) else b
        parts.append(np.linspace(left, right, count))
    return np.concatenate(parts), at


def _curve(x: Array, y: Array, at: list[int], *, gap: bool) -> Curve:
    marks = tuple(Mark(float(x[i]), float(y[i]), (float(y[i - 1]), float(y[i + 1]))) for i in at)
    drawn = np.array(y, dtype=np.float64)
    if gap:
        drawn[at] = np.nan
    return Curve(x, drawn, marks)
