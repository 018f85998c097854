"""Pseudo-Huber: a Huber loss with derivatives of every order."""

from math import inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter

FAR = 1e17  #: in units of delta: the curve is the line delta |r| to all digits, and no square overflows


class PseudoHuber(ResidualLoss):
    """The smooth loss delta^2 (sqrt(1 + (r / delta)^2) - 1): half the square near 0, delta |r| far away.

    The Charbonnier loss sqrt(r^2 + delta^2) is this, divided by delta, plus delta.

    Examples
    --------
    >>> import slopes
    >>> slopes.pseudo_huber(1e-10, 0.0)  # sqrt(1 + r^2) - 1 would be 0
    5.0000000000000005e-21
    """

    delta: float = parameter(1.0, "where the line begins", above=0, also=(0.25, 3.0))

    formula = "delta**2 * (sqrt(1 + (r / delta)**2) - 1)"
    aliases = ("pseudo_huber_loss", "charbonnier", "reg:pseudohubererror")
    papers = (
        Paper(
            "Charbonnier, Blanc-Féraud, Aubert and Barlaud",
            1994,
            "Two deterministic half-quadratic regularization algorithms for computed imaging",
            "https://doi.org/10.1109/ICIP.1994.413553",
        ),
    )
    elsewhere = {"scipy": "scipy.special.pseudo_huber"}

    @property
    def facts(self) -> Facts:
        return Facts(range=(0, inf), limits=(inf, inf), convex=True, parity="even", lipschitz=self.delta)

    def value(self, m: Math, r: T) -> T:
        # sqrt(1 + u^2) - 1 = u^2 / (sqrt(1 + u^2) + 1), where nothing cancels
        a = m.abs(r)
        u = m.minimum(a / self.delta, FAR)
        return self.delta * a * (u / (m.sqrt(1 + u * u) + 1))

    def derivative(self, m: Math, r: T) -> T:
        u = m.maximum(m.minimum(r / self.delta, FAR), -FAR)
        return self.delta * (u / m.sqrt(1 + u * u))

    def second_derivative(self, m: Math, r: T) -> T:
        u = r / self.delta
        root = m.sqrt(1 + u * u)
        return 1 / root / root / root  # its cube would overflow first
