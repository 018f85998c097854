"""Quantile loss: a tilted absolute value, whose best constant prediction is a quantile."""

from math import inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter


class Quantile(ResidualLoss):
    """The pinball loss: `level` times a shortfall, `1 - level` times an excess of the prediction.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.quantile(np.array([0.0, 10.0]), np.array([10.0, 0.0]), level=0.9, reduction="none")
    array([9., 1.])
    """

    level: float = parameter(0.5, "the quantile to predict", above=0, below=1, also=(0.1, 0.75))

    formula = "(1 - level) * r if r > 0 else -level * r"
    aliases = ("pinball", "pinball_loss", "quantile_loss", "mean_pinball_loss", "reg:quantileerror")
    papers = (Paper("Koenker and Bassett", 1978, "Regression quantiles", "https://doi.org/10.2307/1913643"),)
    elsewhere = {
        "sklearn": "sklearn.metrics.mean_pinball_loss",
        "xgboost": "reg:quantileerror",
        "lightgbm": "quantile",
        "catboost": "Quantile",
    }
    kinks = "the derivative at 0 is 0"

    @property
    def facts(self) -> Facts:
        return Facts(
            range=(0, inf),
            limits=(inf, inf),
            smooth=0,
            breaks=(0.0,),
            convex=True,
            parity="even" if self.level == 0.5 else "",
            lipschitz=max(self.level, 1 - self.level),
        )

    def value(self, m: Math, r: T) -> T:
        return self.derivative(m, r) * r

    def derivative(self, m: Math, r: T) -> T:
        # r itself where it is 0 or NaN
        return m.where(m.less(0.0, r), 1 - self.level, m.where(m.less(r, 0.0), -self.level, r))

    def second_derivative(self, m: Math, r: T) -> T:
        return m.fill(r, 0.0)
