"""MSE: the squared error."""

from math import inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T


class MSE(ResidualLoss):
    """The squared error (prediction - target)^2. Its pull grows with the error: it is not robust to outliers.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.mse(np.array([1.0, 2.0]), np.array([1.0, 4.0]))
    np.float64(2.0)
    """

    formula = "r**2"
    aliases = ("mean_squared_error", "squared_error", "l2", "mse_loss")
    papers = (
        Paper(
            "Stigler",
            1981,
            "Gauss and the invention of least squares",
            "https://doi.org/10.1214/aos/1176345451",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.mse_loss",
        "sklearn": "sklearn.metrics.mean_squared_error",
        "keras": "keras.losses.mean_squared_error",
        "optax": "optax.losses.squared_error",
        "tensorflow": "tensorflow.keras.losses.mean_squared_error",
        "mlx": "mlx.nn.losses.mse_loss",
    }
    facts = Facts(range=(0, inf), limits=(inf, inf), convex=True, parity="even")

    def value(self, m: Math, r: T) -> T:
        return r * r

    def derivative(self, m: Math, r: T) -> T:
        return 2 * r

    def second_derivative(self, m: Math, r: T) -> T:
        return m.fill(r, 2.0)
