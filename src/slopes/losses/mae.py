"""MAE: the absolute error."""

from math import inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T


class MAE(ResidualLoss):
    """The absolute error |prediction - target|; its best constant prediction is the median.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.mae(np.array([1.0, 2.0]), np.array([1.0, 4.0]))
    np.float64(1.0)
    """

    formula = "abs(r)"
    aliases = ("mean_absolute_error", "absolute_error", "l1", "l1_loss", "regression_l1", "reg:absoluteerror")
    papers = (
        Paper(
            "Stigler",
            1984,
            "Boscovich, Simpson and a 1760 manuscript note on fitting a linear relation",
            "https://doi.org/10.1093/biomet/71.3.615",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.l1_loss",
        "sklearn": "sklearn.metrics.mean_absolute_error",
        "keras": "keras.losses.mean_absolute_error",
        "tensorflow": "tensorflow.keras.losses.mean_absolute_error",
        "mlx": "mlx.nn.losses.l1_loss",
        "xgboost": "reg:absoluteerror",
        "lightgbm": "regression_l1",
        "catboost": "MAE",
    }
    kinks = "the derivative at 0 is 0"
    facts = Facts(
        range=(0, inf), limits=(inf, inf), smooth=0, breaks=(0.0,), convex=True, parity="even", lipschitz=1
    )

    def value(self, m: Math, r: T) -> T:
        return m.abs(r)

    def derivative(self, m: Math, r: T) -> T:
        return m.sign(r)

    def second_derivative(self, m: Math, r: T) -> T:
        return m.fill(r, 0.0)
