"""What is drawn of a function: curves of one number, with their first two derivatives.

A curve is drawn as it is. Of a function of more numbers a section is drawn: all but one are held fixed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slopes.api.activation import ActivationFunction
from slopes.api.array_loss import ArrayLossFunction
from slopes.api.function import Function
from slopes.api.loss import PointwiseLossFunction
from slopes.api.row import RowFunction
from slopes.api.row_loss import RowLossFunction
from slopes.core import Facts
from slopes.plot.jumps import jumps

Array = NDArray[np.float64]
Orders = Callable[[Array], tuple[Array, Array, Array]]

CLASSES = 3  #: the width of a row in a section
REALS = (-inf, inf)
DOMAINS = {"log_probabilities": (-inf, 0.0)}
END = 1e-9  #: of a line that stops short of the end of its domain: too little to be seen
# The heights of a curve with a pole at the end of its domain are fitted to its middle.
VIEWS = {"probabilities": (0.06, 0.94)}
MARGIN = 0.06
AXES = {
    "real": "prediction",
    "logits": "logit",
    "probabilities": "probability",
    "log_probabilities": "log-probability",
    "means": "predicted mean",
    "log_means": "logarithm of the predicted mean",
}


@dataclass(frozen=True, kw_only=True)
class Section:
    """A curve to draw."""

    label: str
    axis: str  #: what its argument is
    orders: Orders  #: value, first and second derivative
    smooth: float = inf  #: number of continuous derivatives
    breaks: tuple[float, ...] = ()  #: where derivative `smooth + 1` jumps
    domain: tuple[float, float] = REALS
    view: tuple[float, float] = REALS  #: the part whose heights the picture must hold


def sections(function: Function, start: float, stop: float) -> tuple[Section, ...]:
    """Return the sections that show a function between start and stop.

    Examples
    --------
    >>> import slopes
    >>> [section.label for section in sections(slopes.softmax, -6, 6)]
    ['softmax of (x, 0, 0), first entry']
    """
    if isinstance(function, ArrayLossFunction):
        raise ValueError(
            f"{function.name} is a loss of several arrays, and no curve: there is nothing to draw"
        )
    label = _label(function)
    if isinstance(function, ActivationFunction):
        return (_activation(function, label),)
    if isinstance(function, PointwiseLossFunction):
        return _pointwise_loss(function, label, start, stop)
    if isinstance(function, RowFunction):
        return (_row(function, label, start, stop),)
    if isinstance(function, RowLossFunction):
        return (_row_loss(function, label, start, stop),)
    raise TypeError(f"{function.name}: nothing is known about drawing a {function.kind}")


def _label(function: Function) -> str:
    """Return the name, with those parameters that are not at their defaults."""
    defaults = type(function)().parameters
    settings = []
    for name, value in function.parameters.items():
        if not isinstance(value, Real):
            raise TypeError(f"{function.name}: {name} must be a number to be drawn, got an array")
        if value != defaults[name]:
            settings.append(f"{name}={float(value):g}")
    return f"{function.name} ({', '.join(settings)})" if settings else function.name


def _activation(function: ActivationFunction, label: str) -> Section:
    def orders(x: Array) -> tuple[Array, Array, Array]:
        return function(x), function.derivative(x), function.derivative(x, order=2)

    low, high = domain = function.definition.facts.domain
    view = (low + MARGIN, high - MARGIN)
    return _of_facts(function.facts, label=label, axis="x", orders=orders, domain=domain, view=view)


def _pointwise_loss(
    function: PointwiseLossFunction, label: str, start: float, stop: float
) -> tuple[Section, ...]:
    def at(target: float) -> Orders:
        def orders(x: Array) -> tuple[Array, Array, Array]:
            t = np.full_like(x, target)
            return function(x, t, reduction="none"), *function.gradient_and_hessian(x, t)

        return orders

    facts, takes, definition = function.facts, function.takes, function.definition
    if function.kind == "residual_loss":
        axis = "residual (prediction - target)"
        return (_of_facts(facts, label=label, axis=axis, orders=at(0.0)),)
    if function.kind == "margin_loss":
        axis = "margin (target * prediction)"
        return (_of_facts(facts, label=label, axis=axis, orders=at(1.0)),)
    low, high = definition.predictions
    domain = (low + 1e-6, high) if getattr(definition, "strict", False) else (low, high)
    bounded = isfinite(definition.targets[1])
    targets = definition.targets if bounded else (definition.safe[1],)
    if getattr(facts, "smooth", inf) < inf:  # its breaks move with the target
        return tuple(
            _measured(f"{label}, target {t:g}", AXES[takes], at(t), domain, start, stop) for t in targets
        )
    return tuple(
        _of_facts(
            facts,
            label=f"{label}, target {target:g}",
            axis=AXES[takes],
            orders=at(target),
            domain=domain,
            view=VIEWS.get(takes, (low + MARGIN, high)),
        )
        for target in targets
    )


def _of_facts(facts: Any, **given: Any) -> Section:
    """Return a section whose breaks the definition's facts state."""
    if not isinstance(facts, Facts):
        raise TypeError(f"{given['label']}: a curve needs Facts, got {type(facts).__name__}")
    return Section(smooth=facts.smooth, breaks=facts.breaks, **given)


def _row(function: RowFunction, label: str, start: float, stop: float) -> Section:
    definition = function.definition
    width = definition.width() or CLASSES + CLASSES % definition.multiple
    result_width = definition.result_width(width)

    def orders(x: Array) -> tuple[Array, Array, Array]:
        rows, along = _rows(x, width), _rows(np.ones_like(x), width)
        second = function.hvp(rows, _rows(np.ones_like(x), result_width), along)
        return function(rows)[:, 0], function.jvp(rows, along)[:, 0], second[:, 0]

    entry = "" if result_width == 1 else ", first entry"
    return _measured(f"{label} of {_row_text(width)}{entry}", "x", orders, REALS, start, stop)


def _row_loss(function: RowLossFunction, label: str, start: float, stop: float) -> Section:
    def orders(x: Array) -> tuple[Array, Array, Array]:
        rows, target = _rows(x, CLASSES), np.zeros(len(x), dtype=np.int64)
        gradient, hessian = function.gradient_and_hessian(rows, target)
        return function(rows, target, reduction="none"), gradient[:, 0], hessian[:, 0]

    takes = function.takes
    words = takes.replace("_", "-")
    return _measured(
        f"{label} of {words} {_row_text(CLASSES)}, target the first class",
        f"{AXES[takes]} x",
        orders,
        DOMAINS.get(takes, REALS),
        start,
        stop,
    )


def _measured(
    label: str, axis: str, orders: Orders, domain: tuple[float, float], start: float, stop: float
) -> Section:
    """Return a section whose breaks are looked for: facts of a row state none."""
    low, high = max(start, domain[0]), min(stop, domain[1])
    smooth: float = inf
    breaks: tuple[float, ...] = ()
    for order in (0, 1) if low < high else ():
        found = jumps(lambda x, order=order: orders(x)[order], low, high)  # type: ignore[misc]
        breaks = tuple(place for place in found if domain[0] < place < domain[1])
        if domain[1] in found:  # a jump where the domain ends: the line stops just before it
            domain = (domain[0], domain[1] - END)
        if breaks:
            smooth = order - 1
            break
    return Section(label=label, axis=axis, orders=orders, smooth=smooth, breaks=breaks, domain=domain)


def _rows(x: Array, width: int) -> Array:
    """Rows (x, 0, ..., 0)."""
    rows = np.zeros((len(x), width))
    rows[:, 0] = x
    return rows


def _row_text(width: int) -> str:
    return f"({', '.join(('x', *'0' * (width - 1)))})"
