"""Hampel's three-part loss: squared, then straight, then level."""

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter


class Hampel(ResidualLoss):
    """Half the squared residual up to `a`, a line up to `b`, and from there bent down to level at `c`.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.hampel.gradient(np.array([1.0, 3.0, 7.0, 9.0]), np.zeros(4), reduction="none")
    array([1. , 2. , 0.5, 0. ])
    """

    a: float = parameter(2.0, "up to where the residual is squared", above=0, also=(1.0,))
    b: float = parameter(4.0, "where the pull begins to fade; above a", above=0, also=(2.5,))
    c: float = parameter(8.0, "where the pull ends; above b", above=0, also=(5.0,))

    formula = (
        "r**2 / 2 if abs(r) <= a else a * (abs(r) - a / 2) if abs(r) <= b else "
        "a * (b + c - a) / 2 - (a * (c - abs(r))**2 / (2 * (c - b)) if abs(r) <= c else 0)"
    )
    papers = (
        Paper(
            "Hampel",
            1974,
            "The influence curve and its role in robust estimation",
            "https://doi.org/10.1080/01621459.1974.10482962",
        ),
    )
    elsewhere = {"statsmodels": "statsmodels.robust.norms.Hampel"}
    kinks = "the second derivative at |r| = a, b and c is 0"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.a < self.b < self.c:
            raise ValueError(f"hampel: a < b < c must hold, got a={self.a}, b={self.b}, c={self.c}")

    @property
    def facts(self) -> Facts:
        top = self.a * (self.b + self.c - self.a) / 2
        return Facts(
            range=(0, top),
            limits=(top, top),
            smooth=1,
            breaks=(-self.c, -self.b, -self.a, self.a, self.b, self.c),
            parity="even",
            lipschitz=self.a,
        )

    def value(self, m: Math, r: T) -> T:
        # the area below the derivative, of which every part is positive
        x = m.abs(r)
        q, straight = m.minimum(x, self.a), m.minimum(x, self.b)
        fading = m.maximum(m.minimum(x, self.c), self.b) - self.b
        length = self.c - self.b
        return q * (straight - 0.5 * q) + self.a * fading * (1 - 0.5 * fading / length)

    def derivative(self, m: Math, r: T) -> T:
        x = m.abs(r)
        ramp = self.a * (self.c - m.minimum(x, self.c)) / (self.c - self.b)
        return m.sign(r) * m.minimum(m.minimum(x, self.a), ramp)

    def second_derivative(self, m: Math, r: T) -> T:
        x = m.abs(r)
        falling = m.step(x - self.b) * m.step(self.c - x)
        return m.step(self.a - x) - self.a / (self.c - self.b) * falling
