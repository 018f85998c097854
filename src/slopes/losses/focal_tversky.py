"""Focal Tversky: the Tversky loss to a power, so that small or hard sets keep their weight."""

from slopes.core import ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter
from slopes.losses.tversky import Tversky, lack


class FocalTversky(ArrayLoss):
    """The Tversky loss to the power of gamma.

    `alpha` weighs false elements and `beta` missed ones, as in `tversky`; the paper exchanges the two,
    and writes 1 / gamma for the power.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.focal_tversky(np.array([1.0, 0.5, 0.0]), np.array([1.0, 1.0, 0.0]), gamma=1.0).round(6)
    np.float64(0.189189)
    """

    alpha: float = parameter(0.3, "weight of false elements", above=0, also=(0.5,))
    beta: float = parameter(0.7, "weight of missed elements", above=0)
    gamma: float = parameter(0.75, "the power", above=0, also=(1.0, 2.0))

    formula = "(1 - sum(p * t) / (sum(p * t) + alpha * sum(p * (1 - t)) + beta * sum((1 - p) * t)))**gamma"
    arrays = Tversky.arrays
    axes = "set"
    takes = "probabilities"
    aliases = ("focal_tversky_loss",)
    papers = (
        Paper(
            "Abraham and Khan",
            2019,
            "A novel focal Tversky loss function with improved attention U-Net for lesion segmentation",
            "https://arxiv.org/abs/1810.07842",
        ),
    )
    kinks = (
        "where the sets agree the gradient is 0, though for gamma below 1 it grows without bound beside it"
    )
    facts = ArrayFacts(range=(0, 1))

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        loss = lack(m, p, t, self.alpha, self.beta)
        perfect = m.equal(loss, 0.0)
        root = m.power(m.where(perfect, 1.0, loss), self.gamma)
        return m.where(perfect, m.fill(loss, 0.0), root)
