"""Entmax loss: the family between cross-entropy and the sparsemax loss."""

from math import inf

from slopes.core import Paper, RowFacts, parameter
from slopes.losses.fenchel_young import FenchelYoung


class EntmaxLoss(FenchelYoung):
    """The Fenchel-Young loss of alpha-entmax: exactly 0 where the true class leads by 1 / (alpha - 1).

    Alpha 2 is the sparsemax loss; towards 1 it becomes cross-entropy.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.entmax_loss(np.array([[2.0, 0.0], [0.0, 0.0]]), np.array([0, 1]), reduction="none")
    array([0.        , 0.39052429])
    """

    alpha: float = parameter(1.5, "2 is sparsest", above=1, at_most=2, also=(1.25, 2.0))

    formula = (
        "sum(maximum((alpha - 1) * x - threshold((alpha - 1) * x, 1 / (alpha - 1)), 0)"
        "**(alpha / (alpha - 1))) / alpha + threshold((alpha - 1) * x, 1 / (alpha - 1)) / (alpha - 1)"
        " + sum(q**alpha) / (alpha * (alpha - 1)) - sum(q * x)"
    )
    aliases = ("entmax15_loss", "entmax_bisect_loss")
    papers = (
        Paper(
            "Peters, Niculae and Martins",
            2019,
            "Sparse sequence-to-sequence models",
            "https://arxiv.org/abs/1905.05702",
        ),
        Paper(
            "Blondel, Martins and Niculae",
            2020,
            "Learning with Fenchel-Young losses",
            "https://arxiv.org/abs/1901.02324",
        ),
    )
    kinks = "a class at the edge of the support has no part in the second derivative"
    facts = RowFacts(range=(0, inf), shift="invariant", convex=True)

    @property
    def power(self) -> float:
        return self.alpha
