"""Formats of floats, and errors in units in the last place of their results."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

Array = Any


@dataclass(frozen=True)
class Format:
    """A format by its name, and what tells it from the others."""

    name: str
    bits: int
    digits: int  #: of the mantissa behind the point
    exponents: tuple[int, int]  #: of the smallest and the largest normal number

    @property
    def dtype(self) -> Any:
        """The dtype of NumPy arrays; that of bfloat16 comes with ml_dtypes."""
        if self.name != "bfloat16":
            return np.dtype(self.name)
        return np.dtype(import_module("ml_dtypes").bfloat16)

    @property
    def largest(self) -> float:
        """The largest finite number."""
        return float(2.0 ** self.exponents[1] * (2 - 2.0**-self.digits))

    def units(self, exact: Array) -> Array:
        """Return one unit in the last place of exact results, once they are rounded."""
        power = exact.astype(self.dtype).astype(np.float64)
        bits = power.view(np.uint64)
        bits &= np.uint64(0x7FF << 52)  # the exponent alone: a power of two, or 0 for a subnormal double
        np.clip(power, *(2.0**exponent for exponent in self.exponents), out=power)
        power *= 2.0**-self.digits
        return power


FORMATS = {
    f.name: f
    for f in (
        Format("float16", 16, 10, (-14, 15)),
        Format("bfloat16", 16, 7, (-126, 127)),
        Format("float32", 32, 23, (-126, 127)),
        Format("float64", 64, 52, (-1022, 1023)),
    )
}


def ulps(got: Array, want: Array, low: Array, dtype: str) -> Array:
    """Return errors against want + low in units in the last place; a wrong infinity or NaN counts as inf."""
    form = FORMATS[dtype]
    with np.errstate(all="ignore"):
        unit = form.units(want)
        error = got.astype(np.float64)
        for step, operand in ((np.subtract, want), (np.subtract, low), (np.divide, unit)):
            step(error, operand, out=error)  # in place: memory costs more than arithmetic here
        np.abs(error, out=error)
    odd = ~np.isfinite(error)
    if odd.any():
        beyond = np.abs(want) >= form.largest + unit / 2
        right = np.isinf(got) & beyond & (np.sign(got) == np.sign(want))
        error[odd] = np.where(right[odd], 0.0, np.inf)
    return error
