"""Where a function jumps, found by bisection."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

INTERVALS = 256
CANDIDATES = 8  #: the steepest intervals, which are searched
HALVINGS = 26  #: of an interval; a jump's place is then known to 6e-11 of the range
SMALLEST = 1e-3  #: relative to the heights: a smaller jump is not seen in a picture
ROUND = 1e-7  #: of the range's order of magnitude: places are taken to be multiples, if they can be


def jumps(f: Callable[[Array], Array], start: float, stop: float) -> tuple[float, ...]:
    """Return the places between start and stop where f jumps.

    A continuous function changes less and less over narrower brackets; over a jump the change stays.

    Examples
    --------
    >>> jumps(lambda x: np.floor(x), -0.5, 1.5)
    (0.0, 1.0)
    >>> jumps(np.tanh, -6, 6)
    ()
    """
    x = np.linspace(start, stop, INTERVALS + 1)
    change = np.abs(np.diff(f(x)))
    change[~np.isfinite(change)] = 0
    steepest = np.argsort(-change)[:CANDIDATES]
    total = float(change.sum())
    steepest = steepest[change[steepest] > SMALLEST * total]
    low, high = x[steepest], x[steepest + 1]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        left = np.abs(f(middle) - f(low)) >= np.abs(f(high) - f(middle))
        low, high = np.where(left, low, middle), np.where(left, middle, high)
    if not len(low):
        return ()
    stays = np.abs(f(high) - f(low)) > SMALLEST * total
    low, high = low[stays], high[stays]
    unit = ROUND * 10.0 ** np.floor(np.log10(stop - start))
    near = np.round(high / unit) * unit + 0.0  # + 0.0: no negative zero
    width = (stop - start) / INTERVALS * 2.0**-HALVINGS
    places = np.unique(np.where(np.abs(near - high) <= 2 * width, near, high))
    apart = np.diff(places, prepend=-np.inf) > 4 * width  # a value between two limits is met twice
    return tuple(float(place) for place in places[apart])
