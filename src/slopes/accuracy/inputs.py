"""The inputs of a sweep: every float of a dtype, or every so-manyeth, in chunks."""

from collections.abc import Iterator
from typing import Any

import numpy as np

Array = Any
BITS: dict[str, Any] = {"float16": np.uint16, "float32": np.uint32}
CHUNK = 1 << 20
DOUBLES = 1_000_000
EDGES = (1e-8, 17.0, 36.7, 38.5, 88.7, 103.97, 708.4, 745.1)  #: where exponentials round, overflow, underflow


def inputs(dtype: str, every: int) -> Iterator[Array]:
    """Yield finite floats: of 16 and 32 bits every so-manyeth bit pattern, of 64 bits a dense sample."""
    if dtype == "float64":
        x = doubles(max(1, DOUBLES // every))
        yield from (x[i : i + CHUNK] for i in range(0, len(x), CHUNK))
        return
    bits = BITS[dtype]
    last = int(np.iinfo(bits).max) + 1
    for start in range(0, last, CHUNK * every):
        patterns = np.arange(start, min(last, start + CHUNK * every), every, dtype=np.uint64)
        x = patterns.astype(bits).view(dtype)
        yield x[np.isfinite(x)]


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
