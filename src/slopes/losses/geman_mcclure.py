"""Geman-McClure: a robust loss with a ceiling."""

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter
from slopes.losses.cauchy import fold


class GemanMcClure(ResidualLoss):
    """The loss r^2 / 2 / (1 + (r / scale)^2): bounded, so that an outlier has next to no pull.

    Examples
    --------
    >>> import slopes
    >>> slopes.geman_mcclure(1.0, 0.0)
    0.25
    """

    scale: float = parameter(1.0, "the residual that costs half of the most", above=0, also=(0.25, 3.0))

    formula = "r**2 / 2 / (1 + (r / scale)**2)"
    papers = (
        Paper(
            "Black and Rangarajan",
            1996,
            "On the unification of line processes, outlier rejection, and robust statistics with "
            "applications in early vision",
            "https://doi.org/10.1007/BF00131148",
        ),
    )

    @property
    def facts(self) -> Facts:
        top = self.scale * self.scale / 2
        steepest = 3 * 3**0.5 / 16 * self.scale
        return Facts(range=(0, top), limits=(top, top), parity="even", lipschitz=steepest)

    def value(self, m: Math, r: T) -> T:
        u = fold(m, r, self.scale)
        square = u.small * u.small
        return 0.5 * self.scale * self.scale * (m.where(u.inside, square, 1.0) / (1 + square))

    def derivative(self, m: Math, r: T) -> T:
        u = fold(m, r, self.scale)
        square = u.small * u.small
        pull = u.small / ((1 + square) * (1 + square))
        return self.scale * m.sign(r) * m.where(u.inside, pull, square * pull)

    def second_derivative(self, m: Math, r: T) -> T:
        u = fold(m, r, self.scale)
        square = u.small * u.small
        cube = (1 + square) * (1 + square) * (1 + square)
        return m.where(u.inside, (1 - 3 * square) / cube, square * square * ((square - 3) / cube))
