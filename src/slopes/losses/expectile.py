"""Expectile loss: a tilted square, whose best constant prediction is an expectile."""

from math import inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter


class Expectile(ResidualLoss):
    """Asymmetric least squares: `level` times a squared shortfall, `1 - level` times a squared excess.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.expectile(np.array([0.0, 2.0]), np.array([2.0, 0.0]), level=0.75, reduction="none")
    array([3., 1.])
    """

    level: float = parameter(0.5, "the expectile to predict", above=0, below=1, also=(0.1, 0.75))

    formula = "(1 - level) * r**2 if r > 0 else level * r**2"
    aliases = ("expectile_loss", "asymmetric_least_squares")
    papers = (
        Paper(
            "Newey and Powell",
            1987,
            "Asymmetric least squares estimation and testing",
            "https://doi.org/10.2307/1911031",
        ),
    )
    kinks = "the second derivative at 0 is 1, the mean of both sides"

    @property
    def facts(self) -> Facts:
        if self.level == 0.5:
            return Facts(range=(0, inf), limits=(inf, inf), convex=True, parity="even")
        return Facts(range=(0, inf), limits=(inf, inf), smooth=1, breaks=(0.0,), convex=True)

    def value(self, m: Math, r: T) -> T:
        over, under = m.maximum(r, 0.0), m.minimum(r, 0.0)
        return (1 - self.level) * over * over + self.level * under * under

    def derivative(self, m: Math, r: T) -> T:
        return 2 * ((1 - self.level) * m.maximum(r, 0.0) + self.level * m.minimum(r, 0.0))

    def second_derivative(self, m: Math, r: T) -> T:
        sides = (1 - self.level) * m.step(r) + self.level * m.step(-r)
        return 2 * sides + (1 - m.abs(m.sign(r)))
