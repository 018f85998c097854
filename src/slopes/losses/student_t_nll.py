"""Student's t: the negative log-likelihood of errors with heavy tails."""

from math import inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter

FAR = 1e15  #: scales away the square might overflow in float32
TINY = 1e-20  #: of such a number log1p is the number, and its rounding must be the last


class StudentTNLL(ResidualLoss):
    """Minus the logarithm of Student's t density of the residual, but for the density's constant factor.

    The constant depends on `df` and `scale` only, which are not learned; without it a perfect
    prediction costs 0.

    Examples
    --------
    >>> import slopes
    >>> slopes.student_t_nll(2.0, 0.0, df=4.0)
    1.7328679513998633
    """

    df: float = parameter(4.0, "degrees of freedom: fewer, heavier tails", above=0, also=(1.0, 30.0))
    scale: float = parameter(1.0, "the scale of the errors", above=0, also=(0.25, 3.0))

    formula = "(df + 1) / 2 * log(1 + (r / scale)**2 / df)"
    aliases = ("student_t",)
    papers = (
        Paper(
            "Lange, Little and Taylor",
            1989,
            "Robust statistical modeling using the t distribution",
            "https://doi.org/10.1080/01621459.1989.10478852",
        ),
    )

    @property
    def facts(self) -> Facts:
        steepest = (self.df + 1) / (2 * self.df**0.5 * self.scale)
        return Facts(range=(0, inf), limits=(inf, inf), parity="even", lipschitz=steepest)

    def value(self, m: Math, r: T) -> T:
        a, u = m.abs(r), r / self.scale
        square = u * u / self.df
        k = self.scale / m.maximum(a, FAR * self.scale)
        tail = m.log1p(self.df * k * k) - m.log(k) - m.log(self.df * k)
        power = 0.5 * (self.df + 1)
        inner = m.where(m.less(square, TINY), power / self.df * u * u, power * m.log1p(square))
        return m.where(m.less(a, FAR * self.scale), inner, power * tail)

    def derivative(self, m: Math, r: T) -> T:
        a, u = m.abs(r), r / self.scale
        inner = (self.df + 1) / self.scale * (u / (self.df + u * u))
        tail = m.sign(r) * ((self.df + 1) / m.maximum(a, FAR * self.scale))
        return m.where(m.less(a, FAR * self.scale), inner, tail)

    def second_derivative(self, m: Math, r: T) -> T:
        a, u = m.abs(r), r / self.scale
        below = self.df + u * u
        far = m.maximum(a, FAR * self.scale)
        inner = (self.df + 1) / (self.scale * self.scale) * ((self.df - u * u) / below) / below
        return m.where(m.less(a, FAR * self.scale), inner, -(self.df + 1) / far / far)
