"""Margin ranking: of two scores the right one must be larger, by a margin."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter


class MarginRanking(ArrayLoss):
    """The hinge on how much the first score exceeds the second (target 1), or the second the first (-1).

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.margin_ranking(np.array([2.0, 2.0]), np.array([1.0, 1.0]), np.array([1.0, -1.0]))
    np.float64(0.5)
    """

    margin: float = parameter(0.0, "by how much it must be larger", at_least=0, also=(0.5,))

    formula = "max(margin - t * (x - y), 0)"
    arrays = {
        "x1": Array("", "scores"),
        "x2": Array("", "other scores"),
        "target": Array("", "1 where the first must be larger, else -1", "sign", learned=False),
    }
    result = ""
    axes = "last"
    aliases = ("margin_ranking_loss", "pairwise_hinge")
    papers = (
        Paper(
            "Herbrich, Graepel and Obermayer",
            2000,
            "Large margin rank boundaries for ordinal regression",
            "https://doi.org/10.7551/mitpress/1113.003.0010",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.margin_ranking_loss"}
    kinks = "where the hinge begins the gradient is 0"
    facts = ArrayFacts(range=(0, inf), shift=True)

    def value(self, m: ArrayMath, x: T, y: T, t: T) -> T:
        return m.maximum(self.margin - t * (x - y), 0.0)
