"""Words that follow from the logarithm and the exponential."""

from math import factorial
from typing import Any

from slopes.backends.normal import polynomial

LOW, HIGH = -0.5, 1.0
ARTANH = tuple(1 / k for k in range(3, 37, 2))  #: (artanh(s) / s - 1) / s^2 in s^2, to 1e-17 for |s| <= 1/3
BELOW, ABOVE = -1.0, 1.5
EXP = tuple(1 / factorial(k) for k in range(2, 24))  #: (e^x - 1 - x) / x^2, to 1e-17 between them
MOST = 1000.0  #: more than any finite number's logarithm


class LogarithmWords:
    """Words of a vocabulary in its other words."""

    @classmethod
    def log1p_excess(cls: Any, x: Any) -> Any:
        # log(1 + x) = 2 artanh(s) with s = x / (2 + x), and x - 2 s = x s
        near = cls.maximum(cls.minimum(x, HIGH), LOW)
        s = near / (2 + near)
        inside = s * (near - 2 * (s * s) * polynomial(ARTANH, s * s))
        return cls.where(cls.equal(near, x), inside, x - cls.minimum(cls.log1p(x), MOST))

    @classmethod
    def expm1_excess(cls: Any, x: Any) -> Any:
        near = cls.maximum(cls.minimum(x, ABOVE), BELOW)
        inside = near * near * polynomial(EXP, near)
        # beyond them the difference loses less than two bits; at infinity it is e^x
        return cls.where(cls.equal(near, x), inside, cls.expm1(x) - cls.minimum(x, MOST))
