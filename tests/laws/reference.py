"""The reference: definitions at 50 digits, the points where laws look, and errors in last places."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import mpmath as mp
import numpy as np
from ml_dtypes import finfo

from slopes.backends.mpmath import MpMath, exactly
from slopes.core import Curve, Definition

mp.mp.dps = 50
M: Any = MpMath()
ORDERS = ("value", "derivative", "second_derivative")
#: off the lattice of eighths, where kinks lie
GRID = [(mp.mpf(i) + mp.mpf("0.37")) / 8 for i in range(-480, 480)]
NEAR = GRID[240:720:3]
FAR = [mp.mpf(s) * 10**k for k in (2, 3, 4, 5, 100) for s in (-1, 1)]
TARGETS = [mp.mpf(t) for t in ("0", "0.3", "1")]
AMOUNTS = [mp.mpf(t) for t in ("0.01", "0.3", "1", "2.5", "40")]
PROBABILITIES = [(mp.mpf(i) + mp.mpf("0.37")) / 64 for i in range(63)]


def points(definition: Curve, of_reals: list[Any] = GRID) -> list[Any]:
    """Points where a curve is defined: given ones or, where its domain is bounded, some all over that."""
    low, high = definition.facts.domain
    return within(definition, of_reals) if mp.isinf(high) else [low + (high - low) * p for p in PROBABILITIES]


def within(definition: Any, x: Any) -> Any:
    """What of a lattice or an array lies where a curve is defined, its ends left out."""
    low, high = definition.facts.domain
    return x[(x > low) & (x < high)] if isinstance(x, np.ndarray) else [v for v in x if low < v < high]


def curves(definition: Curve) -> tuple[Callable[[Any], Any], ...]:
    """Value, first and second derivative as functions of an mpmath number."""
    return tuple(partial(getattr(definition, order), M) for order in ORDERS)


def sections(definition: Any) -> list[tuple[tuple[Callable[[Any], Any], ...], list[Any]]]:
    """A function as curves with their points: a loss of two arguments is one curve for each target."""
    if isinstance(definition, Curve):
        return [(curves(definition), points(definition))]
    methods = (definition.value, definition.gradient, definition.hessian)
    return [
        (tuple((lambda x, f=f, t=t: f(M, x, t)) for f in methods), predictions(definition))
        for t in targets(definition)
    ]


def predictions(definition: Any) -> list[Any]:
    """Points of a loss of two arguments that its prediction may be."""
    low, high = definition.predictions
    if mp.isfinite(high):
        return PROBABILITIES
    return [low + x for x in GRID if x > 0] if mp.isfinite(low) else GRID


def targets(definition: Any) -> list[Any]:
    """Targets of a loss of two arguments, the ends of what they may be among them."""
    low, high = definition.targets
    if mp.isfinite(high):
        return TARGETS
    lowest = [mp.mpf(low)] if mp.isfinite(low) else [mp.mpf("-1.5")]
    return AMOUNTS if definition.strict else lowest + AMOUNTS


def row(values: Sequence[Any]) -> Any:
    """A row of mpmath numbers."""
    return np.array([mp.mpf(v) for v in values], dtype=object)


def random_rows(count: int, width: int, seed: int = 7) -> list[Any]:
    """Rows of mpmath numbers of very different sizes, without ties."""
    generator = np.random.default_rng(seed)
    scales = generator.choice([0.1, 1.0, 10.0], size=count)
    return [row(generator.normal(size=width) * scale) for scale in scales]


def rows_of(definition: Any, count: int, width: int, seed: int = 7) -> list[Any]:
    """Random rows that a function takes."""
    rows = random_rows(count, width, seed)
    return [np.sort(x)[::-1] for x in rows] if getattr(definition, "ordered", False) else rows


def masses(count: int, width: int, seed: int = 3) -> list[Any]:
    """Rows of class masses, a one-hot among them."""
    generator = np.random.default_rng(seed)
    rows = [row(generator.dirichlet(np.ones(width)) * generator.uniform(0.5, 2)) for _ in range(count)]
    rows[0] = row([1.0] + [0.0] * (width - 1))
    return rows


def target_rows(definition: Any, count: int, width: int, seed: int = 3) -> list[Any]:
    """Rows q that the targets of a row loss may become, each different from its neighbours."""
    kind, generator = definition.targets, np.random.default_rng(seed)
    if kind == "masses":
        return masses(count, width, seed)
    if kind == "classes":
        return [row(np.eye(width)[i % width]) for i in range(count)]
    if kind == "ranks":
        return [row((np.arange(width) < i % (width + 1)).astype(float)) for i in range(1, count + 1)]
    if kind == "labels":
        sets = [row((np.arange(width) + i) % 2.0) for i in range(count)]
        return [row(generator.uniform(size=width)) if i % 3 else q for i, q in enumerate(sets)]
    rows = [row(generator.dirichlet(np.ones(width))) for _ in range(count)]
    return [q / np.sum(q) for q in rows]


def whole(loss: Any) -> Any:
    """A row loss with its options, as the public functions compute it."""
    return loss.with_options() if loss.kind == "row_loss" else loss


def target_row(definition: Any, index: int, width: int) -> Any:
    """The row q that a class index becomes, at the smoothing of a row loss."""
    x, share = row([0.0] * width), mp.mpf(definition.smoothing)
    q = (M.below if definition.targets == "ranks" else M.one_hot)(np.array([index]), x)
    return row([float(v) for v in q]) * (1 - share) + share / width


def width_of(definition: Any) -> int:
    """A row length that a function of rows accepts."""
    width = definition.width() if definition.kind == "row_activation" else None
    return width or 4


def difference(function: Callable[[Any], Any], x: Any, direction: Any) -> Any:
    """The derivative of a function of a row along a direction, by central differences."""
    h = mp.mpf("1e-17")
    return (function(x + h * direction) - function(x - h * direction)) / (2 * h)


def close(a: Any, b: Any, tolerance: str) -> bool:
    """Whether numbers, or all entries of rows, agree to a relative and absolute tolerance."""
    pairs = zip(np.ravel(np.asarray(a, object)), np.ravel(np.asarray(b, object)), strict=True)
    return all(mp.almosteq(mp.mpf(p), mp.mpf(q), mp.mpf(tolerance), mp.mpf(tolerance)) for p, q in pairs)


def spacing(want: Any, dtype: Any) -> Any:
    """One unit in the last place of a dtype at an exact value."""
    largest = finfo(dtype).max
    if abs(want) >= mp.mpf(float(largest)):
        return mp.mpf(float(largest)) - mp.mpf(float(np.nextafter(largest, dtype(0))))
    return mp.mpf(float(np.spacing(dtype(float(abs(want))))))


def ulps(got: Any, want: Any, dtype: Any) -> float:
    """The error of a computed number in units in the last place."""
    if not np.isfinite(got):
        overflow = abs(want) >= mp.mpf(float(finfo(dtype).max)) + spacing(want, dtype) / 2
        return 0.0 if overflow and mp.sign(want) == np.sign(float(got)) else float("inf")
    return float(abs(mp.mpf(float(got)) - want) / spacing(want, dtype))


def exact(definition: Definition, method: str, x: Any) -> Any:
    """One method at the exact value of a float."""
    return getattr(exactly(definition), method)(M, mp.mpf(float(x)))
