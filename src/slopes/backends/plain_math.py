"""Words in terms of a library's elementary functions, for arrays of float32 or float64.

What overflows, cancels or is flushed to zero is the same wherever arithmetic is, so these words are written
once. A library's own vocabulary adds the elementary words and the few that need its shapes.
"""

from typing import Any

from slopes.backends import mills
from slopes.backends.logarithm import LogarithmWords
from slopes.backends.normal import NormalWords

ROOT_TAU = 2.5066282746310002  #: sqrt(2 pi)
#: bits after a significand's first: all, the lower half of them, and the exponent of the least normal number
BITS = {"float32": (23, 12, -126), "float64": (52, 27, -1022)}


class PlainMath(LogarithmWords, NormalWords):
    """The words that follow from elementary ones and from four that are not in the vocabulary.

    These are `isnan`, `isinf`, `row_most` (the maximum of a row, 0 for an empty one), and `cleared(x, bits)`,
    which sets the last bits of the significand to 0.
    """

    @staticmethod
    def root_two_over_pi() -> float:
        return 0.7978845608028654

    @staticmethod
    def less(x: Any, y: Any) -> Any:
        return x < y

    @staticmethod
    def equal(x: Any, y: Any) -> Any:
        return x == y

    @classmethod
    def step(cls: Any, x: Any) -> Any:
        return cls.where(x > 0, 1.0, cls.fill(x, 0.0))

    @classmethod
    def fill(cls: Any, x: Any, constant: float) -> Any:
        return cls.where(cls.isnan(x), x, constant)

    @classmethod
    def times(cls: Any, x: Any, y: Any) -> Any:
        if isinstance(x, int | float):
            return x * y if x else cls.fill(y, 0.0)
        return cls.where((x == 0) & cls.isinf(y), 0.0, x * y)

    @classmethod
    def _magnitude(cls: Any, x: Any) -> Any:
        return cls.abs(x)

    @classmethod
    def _decayed(cls: Any, y: Any, z: Any) -> Any:
        """The product y z for a z that decays faster than any y grows: 0 where z underflows."""
        return y * z if isinstance(y, int | float) else cls.where(z == 0, 0.0 * cls.sign(y), y * z)

    @classmethod
    def sigmoid(cls: Any, x: Any) -> Any:
        z = cls.exp(-cls.abs(x))
        return cls.where(x < 0, z, 1.0) / (1 + z)

    @classmethod
    def sigmoid_times(cls: Any, y: Any, x: Any) -> Any:
        z = cls.exp(-cls.abs(x))
        return cls._decayed(y, cls.where(x < 0, z, 1.0)) / (1 + z)

    @classmethod
    def _bell(cls: Any, x: Any) -> Any:
        """Return e^(-x^2 / 2), with the rounding error of the square fed back."""
        a = cls.minimum(cls.abs(x), mills.FARTHEST)
        square = a * a
        high = cls.cleared(a, BITS[a.dtype.name][1])  # not by Veltkamp's sums, which compilers fuse
        low = a - high
        error = ((high * high - square) + 2 * high * low) + low * low
        return cls.exp(-0.5 * square) * (1 - 0.5 * error)

    @classmethod
    def normal_times(cls: Any, y: Any, x: Any) -> Any:
        return cls._decayed(y, cls._bell(x)) / ROOT_TAU

    @classmethod
    def ndtr_times(cls: Any, y: Any, x: Any) -> Any:
        a = cls.minimum(cls.abs(x), mills.FARTHEST)
        u = (a - mills.CENTRE) / (a + mills.CENTRE)
        p = u * mills.COEFFICIENTS[-1] + mills.COEFFICIENTS[-2]
        for c in mills.COEFFICIENTS[-3::-1]:
            p = p * u + c
        tail = p / (a + mills.CENTRE) * cls._bell(x)
        return cls._decayed(y, cls.where(x < 0, tail, 1 - tail))

    @classmethod
    def exp_difference(cls: Any, x: Any, y: Any) -> Any:
        d = x - y
        back = d + y
        error = (x - back) - (y - (back - d))  # x - y = d + error exactly (Knuth)
        e = cls.exp(d)
        return cls.where(cls.isnan(error) | cls.isinf(error), e, e + e * error)

    @classmethod
    def row_norm(cls: Any, x: Any) -> Any:
        """Rows are scaled by a power of two, so that no square overflows or vanishes."""
        most = cls.row_most(cls.abs(x))
        usual = (most > 0) & ~(cls.isnan(most) | cls.isinf(most))
        bits, _, least = BITS[most.dtype.name]
        power = cls.maximum(cls.cleared(most, bits), 2.0**least)
        scale = cls.where(usual, power, 1.0)
        rows = x / scale
        return scale * cls.sqrt(cls.row_sum(rows * rows))

    @classmethod
    def row_unit(cls: Any, x: Any) -> Any:
        norm = cls.row_norm(x)
        return x / cls.where(norm == 0, 1.0, norm)
