"""GIoU: intersection over union that also brings together boxes that are apart."""

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T
from slopes.losses.dice import share
from slopes.losses.iou import pair


class GIoU(ArrayLoss):
    """The IoU loss, plus the share of the smallest box around both that neither covers.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.giou(np.array([0.0, 0.0, 1.0, 1.0]), np.array([3.0, 0.0, 4.0, 1.0]))
    np.float64(1.5)
    """

    formula = "1 - area(overlap(p, t)) / union(p, t) + (area(hull(p, t)) - union(p, t)) / area(hull(p, t))"
    arrays = {
        "prediction": Array("4", "boxes x1, y1, x2, y2 with x1 < x2 and y1 < y2", "box"),
        "target": Array("4", "true boxes", "box", learned=False),
    }
    aliases = ("generalized_box_iou", "generalized_box_iou_loss")
    papers = (
        Paper(
            "Rezatofighi, Tsoi, Gwak, Sadeghian, Reid and Savarese",
            2019,
            "Generalized intersection over union: a metric and a loss for bounding box regression",
            "https://arxiv.org/abs/1902.09630",
        ),
    )
    kinks = "where sides meet, the target's side counts; two boxes of area 0 have loss 1 and gradient 0"
    facts = ArrayFacts(range=(0, 2), symmetric=("prediction", "target"), shift=True)

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        both = pair(m, p, t)
        hull = both.hull[0] * both.hull[1]
        return 1 - both.iou + share(m, hull - both.union, hull)
