"""Words that follow from others: the error function, and the normal distribution's lower tail.

EXCESS: (a + 5) times phi(a) / (1 - Phi(a)) - a is a smooth function of u = (a - 5) / (a + 5), interpolated at
the 29 Chebyshev points of -1 <= u <= 7/9, which is 0 <= a <= 40; its relative error is below 4e-18. ERF:
erf(x) / x - 1 as a polynomial in x^2 from 0 to 1, interpolated at 13 Chebyshev points; error below 2e-19.
Both were computed with mpmath at 60 digits.
"""

from collections.abc import Sequence
from typing import Any

from slopes.backends import mills

ROOT_TAU = 2.5066282746310002  #: sqrt(2 pi)
ROOT_TWO = 1.4142135623730951
SEAM = 1.0  #: below it the error function gives the tail, above it the tail gives the error function
EXCESS = (
    1.8650396712584212,
    -1.4046037904528015,
    0.7386350010143263,
    -0.1849722441525954,
    -0.08631347401731607,
    0.11308979127725675,
    -0.04060626224108479,
    -0.014677291724790447,
    0.02223241274042605,
    -0.006933594170560926,
    -0.004041612944508103,
    0.004398075188717234,
    -0.0007879979881430157,
    -0.0010814269304026557,
    0.0007600993811519413,
    -3.4142991855826934e-06,
    -0.00023640411429257392,
    0.00010810450610088903,
    2.2074313404504143e-05,
    -4.2502255749138935e-05,
    1.4185520851721425e-05,
    6.006561035480681e-06,
    -8.466549641376572e-06,
    1.915500734038717e-06,
    2.761154138580181e-06,
    -1.2954805821467108e-06,
    -7.090155876091339e-07,
    2.6494343788296145e-07,
    1.2401279454218445e-07,
)
ERF = (
    0.1283791670955126,
    -0.3761263890318375,
    0.11283791670954879,
    -0.026866170645076792,
    0.0052239776248180145,
    -0.000854832698083379,
    0.0001205533111164271,
    -1.4925595266831182e-05,
    1.6461000484121368e-06,
    -1.6350312701054695e-07,
    1.4659775274047436e-08,
    -1.1372848856791674e-09,
    5.957176147748911e-11,
)


def polynomial(coefficients: Sequence[float], x: Any) -> Any:
    """The polynomial with these coefficients, the constant first."""
    p = coefficients[-1] * x + coefficients[-2]
    for c in coefficients[-3::-1]:
        p = p * x + c
    return p


class NormalWords:
    """Words of a vocabulary in its other words."""

    @classmethod
    def erf(cls: Any, x: Any) -> Any:
        a = cls._magnitude(x)
        near = cls.minimum(a, 1.0)
        small = near + near * polynomial(ERF, near * near)  # the larger part is added last, unrounded
        tail = 2 * cls.ndtr_times(1.0, -ROOT_TWO * a)  # below 0.16: its error is small beside 1
        return cls.sign(x) * cls.where(cls.less(a, 1.0), small, 1 - tail)

    @classmethod
    def tanh_remainder(cls: Any, x: Any) -> Any:
        near = cls.minimum(cls.maximum(x, -2.0), 2.0)
        square = near * near
        fraction = square / 29
        for k in range(27, 1, -2):  # tanh(x) = x / (1 + x^2 / (3 + x^2 / (5 + ...)))
            fraction = square / (k + fraction)
        return cls.where(
            cls.less(cls._magnitude(x), 2.0), near * (fraction / (1 + fraction)), x - cls.tanh(x)
        )

    @classmethod
    def mills_excess(cls: Any, x: Any) -> Any:
        a = cls._magnitude(x)
        return cls.where(cls.less(x, 0.0), cls._excess(a), a + cls.normal_times(1 / (1 - cls._tail(a)), a))

    @classmethod
    def inverse_mills(cls: Any, x: Any) -> Any:
        a = cls._magnitude(x)
        return cls.where(cls.less(x, 0.0), a + cls._excess(a), cls.normal_times(1 / (1 - cls._tail(a)), a))

    @classmethod
    def log_ndtr(cls: Any, x: Any) -> Any:
        a = cls._magnitude(x)
        # Phi(-a) = phi(a) / (a + excess): logarithms of both, never of their underflowing quotient
        far = -cls.log(ROOT_TAU * (a + cls._excess(a))) - 0.5 * a * a
        tail = cls._tail(a)
        below = cls.where(cls.less(a, SEAM), cls.log(cls.maximum(tail, 0.1)), far)
        return cls.where(cls.less(x, 0.0), below, cls.log1p(-tail))

    @classmethod
    def _tail(cls: Any, a: Any) -> Any:
        """1 - Phi(a) for a >= 0, beside 0 by the error function, whose polynomial is shorter."""
        return cls.where(cls.less(a, SEAM), 0.5 - 0.5 * cls.erf(a / ROOT_TWO), cls.ndtr_times(1.0, -a))

    @classmethod
    def _excess(cls: Any, a: Any) -> Any:
        """phi(a) / (1 - Phi(a)) - a for a >= 0, which decays like 1 / a."""
        near = cls.minimum(a, mills.FARTHEST)
        u = (near - mills.CENTRE) / (near + mills.CENTRE)
        far = cls.maximum(a, mills.FARTHEST)
        fraction = far
        for k in (6, 5, 4, 3, 2):  # Laplace's continued fraction, exact to 1e-17 from 40
            fraction = far + k / fraction
        inside = polynomial(EXCESS, u) / (near + mills.CENTRE)
        return cls.where(cls.less(mills.FARTHEST, a), 1 / fraction, inside)
