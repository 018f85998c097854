"""Fair: a robust loss between squared and absolute error."""

from math import inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter
from slopes.losses.cauchy import fold

TINY = 1e-9  #: the square of such a number is beyond the last digit
MOST = 1000.0  #: more than any finite number's logarithm


class Fair(ResidualLoss):
    """The loss scale^2 (u - log(1 + u)) of u = |r| / scale: convex, half the square near 0.

    A scale of 1.3998 standard deviations keeps 95 % of the efficiency of least squares on normal errors.

    Examples
    --------
    >>> import slopes
    >>> slopes.fair(1e-10, 0.0)  # u - log(1 + u) would have no right digit
    4.999999999666667e-21
    """

    scale: float = parameter(1.0, "where the line begins", above=0, also=(0.25, 3.0))

    formula = "scale**2 * (abs(r) / scale - log(1 + abs(r) / scale))"
    aliases = ("fair_loss",)
    papers = (
        Paper(
            "Holland and Welsch",
            1977,
            "Robust regression using iteratively reweighted least-squares",
            "https://doi.org/10.1080/03610927708827533",
        ),
    )

    @property
    def facts(self) -> Facts:
        return Facts(
            range=(0, inf),
            limits=(inf, inf),
            smooth=2,
            breaks=(0.0,),
            convex=True,
            parity="even",
            lipschitz=self.scale,
        )

    def value(self, m: Math, r: T) -> T:
        a, u = m.abs(r), fold(m, r, self.scale)
        inner = self.scale * self.scale * m.log1p_excess(u.small)
        square = 0.5 * a * a * (1 - u.small / 1.5)  # its first two terms: subnormal, they are rounded once
        near = m.where(m.less(u.small, TINY), square, inner)
        far = self.scale * (a - self.scale * (m.log1p(u.small) - m.maximum(m.log(u.small), -MOST)))
        return m.where(u.inside, near, far)

    def derivative(self, m: Math, r: T) -> T:
        u = fold(m, r, self.scale)
        return self.scale * m.sign(r) * (m.where(u.inside, u.small, 1.0) / (1 + u.small))

    def second_derivative(self, m: Math, r: T) -> T:
        u = fold(m, r, self.scale)
        weight = m.where(u.inside, 1.0, u.small) / (1 + u.small)
        return weight * weight
