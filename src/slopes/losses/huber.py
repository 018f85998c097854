"""Huber: squared near zero, absolute far away."""

from math import inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter


class Huber(ResidualLoss):
    """Half the squared residual up to `delta`, a straight line beyond it.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.huber(np.array([0.5, 3.0]), np.zeros(2), reduction="none")
    array([0.125, 2.5  ])
    """

    delta: float = parameter(1.0, "where the line begins", above=0, also=(0.25, 3.0))

    formula = "r**2 / 2 if abs(r) <= delta else delta * (abs(r) - delta / 2)"
    aliases = ("huber_loss",)
    papers = (
        Paper(
            "Huber",
            1964,
            "Robust estimation of a location parameter",
            "https://doi.org/10.1214/aoms/1177703732",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.huber_loss",
        "scipy": "scipy.special.huber",
        "keras": "keras.losses.huber",
        "optax": "optax.losses.huber_loss",
        "tensorflow": "tensorflow.keras.losses.huber",
        "mlx": "mlx.nn.losses.huber_loss",
        "lightgbm": "huber",
        "catboost": "Huber",
    }
    kinks = "the second derivative at |r| = delta is 0"

    @property
    def facts(self) -> Facts:
        d = self.delta
        return Facts(
            range=(0, inf),
            limits=(inf, inf),
            smooth=1,
            breaks=(-d, d),
            convex=True,
            parity="even",
            lipschitz=d,
        )

    def value(self, m: Math, r: T) -> T:
        q = self.derivative(m, r)
        return q * (r - 0.5 * q)

    def derivative(self, m: Math, r: T) -> T:
        return m.maximum(m.minimum(r, self.delta), -self.delta)

    def second_derivative(self, m: Math, r: T) -> T:
        return m.step(self.delta - m.abs(r))
