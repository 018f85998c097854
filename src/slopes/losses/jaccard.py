"""Jaccard: intersection over union of two sets."""

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter
from slopes.losses.dice import share


class Jaccard(ArrayLoss):
    """One minus intersection over union of a predicted and a true set; two empty sets have loss 0.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.jaccard(np.array([1.0, 0.5, 0.0, 0.0]), np.array([1.0, 1.0, 0.0, 0.0]))
    np.float64(0.25)
    """

    smooth: float = parameter(0.0, "added to intersection and union", at_least=0, also=(1.0,))

    formula = "1 - (sum(p * t) + smooth) / (sum(p) + sum(t) - sum(p * t) + smooth)"
    arrays = {
        "prediction": Array("n", "how far each element is in the set", "probability", neutral=0.0),
        "target": Array("n", "whether it truly is", "probability", learned=False, neutral=0.0),
    }
    axes = "set"
    takes = "probabilities"
    aliases = ("jaccard_loss", "soft_jaccard", "soft_iou")
    papers = (
        Paper(
            "Rahman and Wang",
            2016,
            "Optimizing intersection-over-union in deep neural networks for image segmentation",
            "https://doi.org/10.1007/978-3-319-50835-1_22",
        ),
    )
    kinks = "two empty sets have loss 0 and gradient 0"
    facts = ArrayFacts(range=(0, 1), symmetric=("prediction", "target"))

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        # no term is negative, so that no digit is lost where the sets agree
        apart = m.row_sum(p * (1 - t) + t * (1 - p))
        return share(m, apart, m.row_sum(p + t * (1 - p)) + self.smooth)
