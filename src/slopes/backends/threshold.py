"""The threshold of sparsemax and its family: less of each entry, and powers of the rest add up to 1."""

from collections.abc import Callable
from typing import Any

STEPS = 30  #: 5 to 20 change anything; where nothing can be looked at, as in a trace, all are made


def threshold(m: Any, x: Any, p: Any, same: Callable[[Any, Any], bool]) -> Any:
    """The t of each row for which the sum of max(x - t, 0)^p is 1, for p >= 1.

    The p-norm of max(x - t, 0) is a convex falling function of t, and at least 1 at max(x) - 1: the steps
    of Newton's method from there never pass the solution, so the first that does not rise is the last.
    """
    t = m.row_max(x) - 1
    for _ in range(STEPS):
        following = m.maximum(t, newton(m, x, p, t))
        if same(t, following):
            break
        t = following
    return t


def newton(m: Any, x: Any, p: Any, t: Any) -> Any:
    """One step of Newton's method on the p-norm."""
    inside = m.less(t, x)
    rest = m.where(inside, x - t, 1.0)
    total = m.row_sum(m.where(inside, m.power(rest, p), 0.0))
    below = m.row_sum(m.where(inside, m.power(rest, p - 1), 0.0))
    return t + total / below * (1 - m.power(total, -1 / p))
