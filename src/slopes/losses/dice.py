"""Dice: how little two sets overlap, against their sizes."""

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter


class Dice(ArrayLoss):
    """One minus the Dice coefficient of a predicted and a true set; two empty sets have loss 0.

    V-Net squares the entries of the denominator; for a target of zeros and ones only its predictions differ.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.dice(np.array([1.0, 0.5, 0.0, 0.0]), np.array([1.0, 1.0, 0.0, 0.0])).round(6)
    np.float64(0.142857)
    """

    smooth: float = parameter(
        0.0, "added to both sides of the coefficient's fraction", at_least=0, also=(1.0,)
    )

    formula = "1 - (2 * sum(p * t) + smooth) / (sum(p) + sum(t) + smooth)"
    arrays = {
        "prediction": Array("n", "how far each element is in the set", "probability", neutral=0.0),
        "target": Array("n", "whether it truly is", "probability", learned=False, neutral=0.0),
    }
    axes = "set"
    takes = "probabilities"
    aliases = ("dice_loss", "soft_dice")
    papers = (
        Paper(
            "Milletari, Navab and Ahmadi",
            2016,
            "V-Net: fully convolutional neural networks for volumetric medical image segmentation",
            "https://arxiv.org/abs/1606.04797",
        ),
    )
    kinks = "two empty sets have loss 0 and gradient 0"
    facts = ArrayFacts(range=(0, 1), symmetric=("prediction", "target"))

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        # no term is negative, so that no digit is lost where the sets agree
        apart = m.row_sum(p * (1 - t) + t * (1 - p))
        return share(m, apart, m.row_sum(p + t) + self.smooth)


def share(m: ArrayMath, part: T, whole: T) -> T:
    """Return part / whole; 0 where both are 0."""
    empty = m.equal(whole, 0.0)
    return m.where(empty, m.fill(part, 0.0), part) / m.where(empty, 1.0, whole)
