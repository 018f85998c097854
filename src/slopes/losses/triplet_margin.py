"""Triplet margin: nearer to the positive than to the negative, by a margin."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter


class TripletMargin(ArrayLoss):
    """The hinge on how much nearer an anchor is to its positive than to its negative, in Euclidean distance.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> anchor, positive, negative = np.array([[0.0, 0.0], [3.0, 4.0], [0.0, 1.5]])
    >>> slopes.triplet_margin(anchor, positive, negative)
    np.float64(4.5)
    """

    margin: float = parameter(1.0, "how much farther the negative must be", at_least=0, also=(0.0, 3.0))

    formula = "max(norm(a - p) - norm(a - n) + margin, 0)"
    arrays = {
        "anchor": Array("d", "embeddings"),
        "positive": Array("d", "embeddings that must come near"),
        "negative": Array("d", "embeddings that must stay away"),
    }
    aliases = ("triplet_loss", "triplet_margin_loss")
    papers = (
        Paper(
            "Schroff, Kalenichenko and Philbin",
            2015,
            "FaceNet: a unified embedding for face recognition and clustering",
            "https://arxiv.org/abs/1503.03832",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.triplet_margin_loss(eps=0.0)"}
    kinks = "where the hinge begins the gradient is 0, and so is that of a distance at 0"
    facts = ArrayFacts(range=(0, inf), shift=True)

    def value(self, m: ArrayMath, a: T, p: T, n: T) -> T:
        return m.maximum(m.row_norm(a - p) - m.row_norm(a - n) + self.margin, 0.0)
