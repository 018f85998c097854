"""Sparsemax loss: what cross-entropy is to softmax, for the Euclidean projection onto probabilities."""

from math import inf

from slopes.core import Paper, RowFacts
from slopes.losses.fenchel_young import FenchelYoung


class SparsemaxLoss(FenchelYoung):
    """The Fenchel-Young loss of sparsemax: convex, and exactly 0 where the true class leads by 1 or more.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.sparsemax_loss(np.array([[3.0, 2.0], [0.0, 0.0]]), np.array([0, 1]), reduction="none")
    array([0.  , 0.25])
    """

    formula = "(sum(maximum(x, threshold(x, 1))**2 - threshold(x, 1)**2) + sum(q**2)) / 2 - sum(q * x)"
    papers = (
        Paper(
            "Martins and Astudillo",
            2016,
            "From softmax to sparsemax: a sparse model of attention and multi-label classification",
            "https://arxiv.org/abs/1602.02068",
        ),
    )
    aliases = ("multiclass_sparsemax_loss",)
    elsewhere = {"optax": "optax.losses.multiclass_sparsemax_loss"}
    kinks = "a class at the edge of the support has no part in the second derivative"
    facts = RowFacts(range=(0, inf), shift="invariant", convex=True)

    @property
    def power(self) -> float:
        return 2.0
