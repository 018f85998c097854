"""The inputs of a sweep: every float of a format, or every so-manyeth, in blocks."""

from math import inf, isinf
from typing import Any

import numpy as np

from slopes.accuracy.formats import FORMATS

Array = Any
REALS = (-inf, inf)
BLOCK = 1 << 16  #: inputs that are looked at together: a dozen float64 arrays of them stay in the cache
DOUBLES = 1_000_000
EDGES = (1e-8, 17.0, 36.7, 38.5, 88.7, 103.97, 708.4, 745.1)  #: where exponentials round, overflow, underflow


def blocks(dtype: str, every: int) -> range:
    """Return the numbers of the blocks."""
    return range(-(-_count(dtype, every) // BLOCK))


def inputs(dtype: str, every: int, block: int, domain: tuple[float, float] = REALS) -> Array:
    """Return the floats of a block between the ends of a domain, and not at them.

    They are every so-manyeth bit pattern or, of 64 bits, a dense sample.
    """
    start, stop = block * BLOCK, min((block + 1) * BLOCK, _count(dtype, every))
    if dtype == "float64":
        count = max(1, DOUBLES // every)
        return (doubles(count) if domain == REALS else doubles_within(count, *domain))[start:stop]
    form = FORMATS[dtype]
    last = (stop - 1) * every
    x = np.arange(start * every, last + 1, every, dtype=f"u{form.bits // 8}").view(form.dtype)
    with np.errstate(invalid="ignore"):  # ml_dtypes' functions signal a NaN
        return x[(x > domain[0]) & (x < domain[1])]


def _count(dtype: str, every: int) -> int:
    if dtype == "float64":
        return max(1, DOUBLES // every)
    return int(-(-(1 << FORMATS[dtype].bits) // every))


def doubles(count: int) -> Array:
    """Return doubles of every size: dense around 0 and the edges of exponentials, thin far away."""
    generator = np.random.default_rng(0)
    quarter = max(1, count // 4)
    sign = generator.choice([-1.0, 1.0], quarter)
    edge = np.array(EDGES)[generator.integers(0, len(EDGES), quarter)]
    parts = (
        generator.uniform(-12, 12, quarter),
        sign * edge * (1 + generator.normal(size=quarter) * 1e-2),
        sign * 10.0 ** generator.uniform(-320, 3.5, quarter),
        generator.uniform(-760, 760, max(0, count - 3 * quarter)),
    )
    return np.concatenate(parts)


def doubles_within(count: int, low: float, high: float) -> Array:
    """Return doubles between two numbers, dense around both; between a number and infinity, of every size."""
    if isinf(high):
        x = np.abs(doubles(count))
        return np.where(low + x > low, low + x, low + 1)
    generator = np.random.default_rng(0)
    quarter, span = max(1, count // 4), high - low
    parts = (
        low + span * generator.uniform(0, 1, max(0, count - 2 * quarter)),
        low + span * 10.0 ** generator.uniform(-320, 0, quarter),
        high - span * 10.0 ** generator.uniform(-17, 0, quarter),
    )
    x = np.concatenate(parts)
    return np.where((x > low) & (x < high), x, (low + high) / 2)
