"""IoU: intersection over union of two boxes."""

from typing import Generic, NamedTuple

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T
from slopes.losses.dice import share


class IoU(ArrayLoss):
    """One minus intersection over union of a predicted and a true box; it is 1 for all boxes that are apart.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.iou(np.array([0.0, 0.0, 2.0, 2.0]), np.array([1.0, 0.0, 3.0, 2.0])).round(6)
    np.float64(0.666667)
    """

    formula = "1 - area(overlap(p, t)) / union(p, t)"
    arrays = {
        "prediction": Array("4", "boxes x1, y1, x2, y2 with x1 < x2 and y1 < y2", "box"),
        "target": Array("4", "true boxes", "box", learned=False),
    }
    aliases = ("iou_loss", "box_iou")
    papers = (
        Paper(
            "Yu, Jiang, Wang, Cao and Huang",
            2016,
            "UnitBox: an advanced object detection network",
            "https://arxiv.org/abs/1608.01471",
        ),
    )
    kinks = "where sides meet, the target's side counts; two boxes of area 0 have loss 1 and gradient 0"
    facts = ArrayFacts(range=(0, 1), symmetric=("prediction", "target"), shift=True)

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        return 1 - pair(m, p, t).iou


class Pair(NamedTuple, Generic[T]):
    """What the losses of two boxes are made of."""

    iou: T
    union: T
    hull: tuple[T, T]  #: width and height of the smallest box around both
    offset: tuple[T, T]  #: twice the distance between the centres, along each side


def pair(m: ArrayMath, p: T, t: T) -> Pair[T]:
    """Return what two boxes have in common."""
    left, right = ([m.column(box, i) for i in range(4)] for box in (p, t))
    inner = [
        m.maximum(m.minimum(left[i + 2], right[i + 2]) - m.maximum(left[i], right[i]), 0.0) for i in (0, 1)
    ]
    hull = [m.maximum(left[i + 2], right[i + 2]) - m.minimum(left[i], right[i]) for i in (0, 1)]
    areas = [(b[2] - b[0]) * (b[3] - b[1]) for b in (left, right)]
    overlap = inner[0] * inner[1]
    union = areas[0] + areas[1] - overlap
    offset = [(left[i] + left[i + 2]) - (right[i] + right[i + 2]) for i in (0, 1)]
    return Pair(share(m, overlap, union), union, (hull[0], hull[1]), (offset[0], offset[1]))
