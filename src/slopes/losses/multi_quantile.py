"""Multi-quantile loss: several quantiles of one target, predicted together."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T


class MultiQuantile(ArrayLoss):
    """The mean over levels of the quantile loss, each level having a prediction of its own.

    With one level it is `quantile`. Nothing keeps the predictions of a row in the order of their levels.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> levels = np.array([0.1, 0.5, 0.9])
    >>> slopes.multi_quantile(np.array([[1.0, 2.0, 3.0]]), np.array([2.0]), levels).round(6)
    np.float64(0.066667)
    """

    formula = "mean([max(a * (t[i] - q), (a - 1) * (t[i] - q)) for q, a in zip(p[i], levels)])"
    arrays = {
        "prediction": Array("n c", "a quantile for each level"),
        "target": Array("n 1", "what came true", learned=False),
        "levels": Array("1 c", "the levels of the quantiles", "probability", learned=False),
    }
    result = "n 1"
    axes = "last"
    aliases = ("multi_quantile_loss", "multiquantile")
    papers = (
        Paper(
            "Wen, Torkkola, Narayanaswamy and Madeka",
            2017,
            "A multi-horizon quantile recurrent forecaster",
            "https://arxiv.org/abs/1711.11053",
        ),
    )
    kinks = "the derivative where a prediction equals the target is 0"
    facts = ArrayFacts(range=(0, inf), shift=True)

    def value(self, m: ArrayMath, p: T, t: T, levels: T) -> T:
        excess = m.maximum(p - t, 0.0)
        shortfall = m.maximum(t - p, 0.0)
        return m.row_sum((1 - levels) * excess + levels * shortfall) / m.row_sum(m.fill(p, 1.0))
