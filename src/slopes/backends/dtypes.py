"""The floats of NumPy arrays: NumPy's own, and the bfloat16 of ml_dtypes, known by its name alone."""

from typing import Any

FLOATS = ("float16", "bfloat16", "float32", "float64")


def is_float(dtype: Any) -> bool:
    """Whether it is one of these, in any byte order."""
    return dtype.char in "efd" or is_bfloat16(dtype)


def is_bfloat16(dtype: Any) -> bool:
    """Whether it is bfloat16; arrays of it exist only where ml_dtypes was imported."""
    return bool(dtype.kind == "V" and dtype.name == "bfloat16")
