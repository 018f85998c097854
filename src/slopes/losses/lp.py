"""Lp: a power of the absolute residual."""

from math import ceil, inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter


class Lp(ResidualLoss):
    """The loss |r|^power: between `mae` (1) and `mse` (2), or steeper than both.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.lp(np.array([4.0, -1.0]), np.zeros(2), reduction="none")
    array([8., 1.])
    """

    power: float = parameter(1.5, "the exponent", at_least=1, also=(1.0, 2.0, 3.0))

    formula = "abs(r)**power"
    aliases = ("lp_loss", "power_loss")
    papers = (
        Paper(
            "Money, Affleck-Graves, Hart and Barr",
            1982,
            "The linear regression model: Lp norm estimation and the choice of p",
            "https://doi.org/10.1080/03610918208812247",
        ),
    )
    kinks = "the derivative at 0 is 0; the second is infinite there for a power between 1 and 2"

    @property
    def facts(self) -> Facts:
        whole = self.power % 2 == 0
        return Facts(
            range=(0, inf),
            limits=(inf, inf),
            smooth=inf if whole else ceil(self.power) - 1,
            breaks=() if whole else (0.0,),
            convex=True,
            parity="even",
            lipschitz=1 if self.power == 1 else inf,
        )

    def value(self, m: Math, r: T) -> T:
        return m.power(m.abs(r), self.power)

    def derivative(self, m: Math, r: T) -> T:
        return self.power * m.sign(r) * m.power(m.abs(r), self.power - 1)

    def second_derivative(self, m: Math, r: T) -> T:
        factor = m.fill(r, self.power * (self.power - 1))
        return m.times(factor, m.power(m.abs(r), self.power - 2))
