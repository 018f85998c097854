"""CIoU: intersection over union, distance of the centres, and aspect ratio."""

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T
from slopes.losses.dice import share
from slopes.losses.diou import distance
from slopes.losses.iou import pair


class CIoU(ArrayLoss):
    """The DIoU loss, plus v^2 / (1 - IoU + v), where v compares the aspect ratios.

    The gradient is that of this value; implementations that follow the paper's code hold the factor
    v / (1 - IoU + v) constant when they differentiate.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.ciou(np.array([0.0, 0.0, 2.0, 1.0]), np.array([0.0, 0.0, 1.0, 2.0])).round(6)
    np.float64(0.762918)
    """

    formula = (
        "1 - area(overlap(p, t)) / union(p, t) + (distance(p, t) / diagonal(hull(p, t)))**2"
        " + aspect(p, t)**2 / (1 - area(overlap(p, t)) / union(p, t) + aspect(p, t))"
    )
    arrays = {
        "prediction": Array("4", "boxes x1, y1, x2, y2 with x1 < x2 and y1 < y2", "box"),
        "target": Array("4", "true boxes", "box", learned=False),
    }
    aliases = ("complete_box_iou", "complete_box_iou_loss")
    papers = (
        Paper(
            "Zheng, Wang, Liu, Li, Ye and Ren",
            2020,
            "Distance-IoU loss: faster and better learning for bounding box regression",
            "https://arxiv.org/abs/1911.08287",
        ),
    )
    kinks = "where sides meet, the target's side counts; equal aspect ratios add nothing"
    facts = ArrayFacts(range=(0, 3), symmetric=("prediction", "target"), shift=True)

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        both = pair(m, p, t)
        turn = (_angle(m, t) - _angle(m, p)) / (2 * m.arctan(m.fill(both.union, 1.0)))  # over pi / 2
        v = turn * turn
        return 1 - both.iou + distance(m, both) + share(m, v * v, 1 - both.iou + v)


def _angle(m: ArrayMath, box: T) -> T:
    """The angle of a box's diagonal to its upright side."""
    return m.arctan((m.column(box, 2) - m.column(box, 0)) / (m.column(box, 3) - m.column(box, 1)))
