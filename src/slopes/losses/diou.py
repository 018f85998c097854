"""DIoU: intersection over union, and the distance between the centres."""

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T
from slopes.losses.dice import share
from slopes.losses.iou import Pair, pair


class DIoU(ArrayLoss):
    """The IoU loss, plus the squared distance of the centres against the diagonal of the box around both.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.diou(np.array([0.0, 0.0, 1.0, 1.0]), np.array([3.0, 0.0, 4.0, 1.0])).round(6)
    np.float64(1.529412)
    """

    formula = "1 - area(overlap(p, t)) / union(p, t) + (distance(p, t) / diagonal(hull(p, t)))**2"
    arrays = {
        "prediction": Array("4", "boxes x1, y1, x2, y2 with x1 < x2 and y1 < y2", "box"),
        "target": Array("4", "true boxes", "box", learned=False),
    }
    aliases = ("distance_box_iou", "distance_box_iou_loss")
    papers = (
        Paper(
            "Zheng, Wang, Liu, Li, Ye and Ren",
            2020,
            "Distance-IoU loss: faster and better learning for bounding box regression",
            "https://arxiv.org/abs/1911.08287",
        ),
    )
    kinks = "where sides meet, the target's side counts; two boxes of area 0 have loss 1 and gradient 0"
    facts = ArrayFacts(range=(0, 2), symmetric=("prediction", "target"), shift=True)

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        both = pair(m, p, t)
        return 1 - both.iou + distance(m, both)


def distance(m: ArrayMath, both: Pair[T]) -> T:
    """Return the squared distance of the centres over the squared diagonal of the box around both."""
    (width, height), (x, y) = both.hull, both.offset
    return share(m, 0.25 * (x * x + y * y), width * width + height * height)
