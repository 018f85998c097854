"""Cauchy: a robust loss that grows like a logarithm."""

from math import inf
from typing import Any, Generic, NamedTuple

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter


class Fold(NamedTuple, Generic[T]):
    """The size a of a residual against a scale c, folded at c so that nothing overflows."""

    inside: Any  #: where a < c
    small: T  #: a / c inside, c / a outside


def fold(m: Math, r: T, scale: float | T) -> Fold[T]:
    """Split |r|: a square s of a / c enters as s / (1 + s), which is 1 / (1 + 1 / s)."""
    a = m.abs(r)
    return Fold(m.less(a, scale), m.minimum(a, scale) / m.maximum(a, scale))


class Cauchy(ResidualLoss):
    """The loss scale^2 / 2 log(1 + (r / scale)^2), also called Lorentzian: outliers hardly count.

    Near zero it is r^2 / 2, as in SciPy's `least_squares(loss="cauchy", f_scale=scale)`. A scale of 2.385
    standard deviations keeps 95 % of the efficiency of least squares on normal errors.

    Examples
    --------
    >>> import slopes
    >>> slopes.cauchy(1e200, 0.0)  # the square would overflow
    460.51701859880916
    """

    scale: float = parameter(1.0, "the residual of the strongest pull", above=0, also=(0.5, 3.0))

    formula = "scale**2 / 2 * log(1 + (r / scale)**2)"
    aliases = ("cauchy_loss", "lorentzian")
    papers = (
        Paper(
            "Black and Anandan",
            1996,
            "The robust estimation of multiple motions: parametric and piecewise-smooth flow fields",
            "https://doi.org/10.1006/cviu.1996.0006",
        ),
    )

    @property
    def facts(self) -> Facts:
        return Facts(range=(0, inf), limits=(inf, inf), parity="even", lipschitz=self.scale / 2)

    def value(self, m: Math, r: T) -> T:
        # log(1 + s) = log(s) + log(1 + 1 / s): both terms are positive
        u = fold(m, r, self.scale)
        large = m.log(m.where(u.inside, m.fill(r, 1.0), u.small))
        return 0.5 * self.scale * self.scale * (m.log1p(u.small * u.small) - 2 * large)

    def derivative(self, m: Math, r: T) -> T:
        u = fold(m, r, self.scale)
        return self.scale * m.sign(r) * (u.small / (1 + u.small * u.small))

    def second_derivative(self, m: Math, r: T) -> T:
        u = fold(m, r, self.scale)
        square = u.small * u.small
        bend = (1 - u.small) * (1 + u.small) / ((1 + square) * (1 + square))
        return m.where(u.inside, bend, -square * bend)
