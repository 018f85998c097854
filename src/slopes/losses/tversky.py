"""Tversky: overlap in which false and missed elements weigh differently."""

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter
from slopes.losses.dice import share


class Tversky(ArrayLoss):
    """One minus the Tversky index, of which Dice (both weights 1/2) and Jaccard (both 1) are cases.

    As in the paper `alpha` weighs false elements and `beta` missed ones; some libraries exchange the two.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.tversky(np.array([1.0, 0.5, 0.0, 0.0]), np.array([1.0, 1.0, 0.0, 0.0]), beta=1.5).round(6)
    np.float64(0.333333)
    """

    alpha: float = parameter(0.5, "weight of false elements", above=0, also=(0.3, 1.0))
    beta: float = parameter(0.5, "weight of missed elements", above=0, also=(0.7,))

    formula = "1 - sum(p * t) / (sum(p * t) + alpha * sum(p * (1 - t)) + beta * sum((1 - p) * t))"
    arrays = {
        "prediction": Array("n", "how far each element is in the set", "probability", neutral=0.0),
        "target": Array("n", "whether it truly is", "probability", learned=False, neutral=0.0),
    }
    axes = "set"
    takes = "probabilities"
    aliases = ("tversky_loss",)
    papers = (
        Paper(
            "Salehi, Erdogmus and Gholipour",
            2017,
            "Tversky loss function for image segmentation using 3D fully convolutional deep networks",
            "https://arxiv.org/abs/1706.05721",
        ),
    )
    kinks = "two empty sets have loss 0 and gradient 0"

    @property
    def facts(self) -> ArrayFacts:
        return ArrayFacts(range=(0, 1), symmetric=("prediction", "target") if self.alpha == self.beta else ())

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        return lack(m, p, t, self.alpha, self.beta)


def lack(m: ArrayMath, p: T, t: T, alpha: float, beta: float) -> T:
    """Return one minus the Tversky index."""
    wrong = m.row_sum(alpha * (p * (1 - t)) + beta * ((1 - p) * t))
    return share(m, wrong, m.row_sum(p * t) + wrong)
