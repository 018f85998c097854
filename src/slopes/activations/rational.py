"""Rational: a quotient of two polynomials, whose coefficients are learned."""

from slopes.activations.quotient_of_polynomials import QuotientOfPolynomials
from slopes.core import Paper, parameter

B2, B4 = 831 / 2**13, 3117 / 2**23  #: of 12 bits: a3 b4 and a5 b2 are exact, and cancel where x is large


class Rational(QuotientOfPolynomials):
    """The safe Padé unit (a0 + ... + a5 x^5) / (1 + |b1 x + ... + b4 x^4|), all ten coefficients learned.

    At first it is SiLU on [-8, 8] to 0.00058, a fit by `python -m bench.rational`; beyond, it tends to lines
    of slope a5 / b4 on both sides. The denominator is 1 or more whatever is learned; where the polynomial in
    it changes sign there is a kink. A learned b4 may have any sign, a number is above 0.

    Examples
    --------
    >>> import slopes
    >>> slopes.rational(2.0), slopes.silu(2.0)
    (1.7614..., 1.7615...)
    >>> slopes.rational(2.0, a5=0.0, b4=1.0)
    0.1425...
    """

    a0: float = parameter(0.0, "learned coefficient of the numerator", also=(0.5,), learnable=True)
    a1: float = parameter(0.5, "learned coefficient of the numerator", learnable=True)
    a2: float = parameter(0.249117, "learned coefficient of the numerator", learnable=True)
    a3: float = parameter(B2 / 2, "learned coefficient of the numerator", learnable=True)
    a4: float = parameter(0.00490327, "learned coefficient of the numerator", learnable=True)
    a5: float = parameter(B4 / 2, "learned coefficient of the numerator", learnable=True)
    # the other makes it change sign at -2 and 0
    b1: float = parameter(
        0.0, "learned coefficient of the denominator", also=(2 * B2 + 8 * B4,), learnable=True
    )
    b2: float = parameter(B2, "learned coefficient of the denominator", learnable=True)
    b3: float = parameter(0.0, "learned coefficient of the denominator", also=(-0.002,), learnable=True)
    # only the size of the polynomial below counts: of it and its negative, one has this above 0
    b4: float = parameter(B4, "learned coefficient of the denominator", above=0, learnable=True)

    formula = (
        "(a0 + a1 * x + a2 * x**2 + a3 * x**3 + a4 * x**4 + a5 * x**5)"
        " / (1 + abs(b1 * x + b2 * x**2 + b3 * x**3 + b4 * x**4))"
    )
    aliases = ("pau", "pade", "pade_activation_unit")
    papers = (
        Paper(
            "Molina, Schramowski and Kersting",
            2019,
            "Padé activation units: end-to-end learning of flexible activation functions in deep networks",
            "https://arxiv.org/abs/1907.06732",
        ),
        Paper(
            "Boullé, Nakatsukasa and Townsend",
            2020,
            "Rational neural networks",
            "https://arxiv.org/abs/2004.01902",
        ),
    )
    kinks = (
        "the derivatives are those of the side where the polynomial below is above 0; at 0, of the right side"
    )
    trains = True
