"""Contrastive: near if alike, farther than a margin if not."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter


class Contrastive(ArrayLoss):
    """Half the squared distance of pairs that are alike; of others, half their squared lack of a margin.

    A target of 1 says that a pair is alike, as most libraries have it; the paper has it the other way round.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> x, y = np.array([[0.0, 0.0], [0.0, 0.0]]), np.array([[3.0, 4.0], [0.0, 0.5]])
    >>> slopes.contrastive(x, y, np.array([1.0, 0.0]), reduction="none")
    array([12.5  ,  0.125])
    """

    margin: float = parameter(1.0, "how far apart others must be", above=0, also=(4.0,))

    formula = "(t * norm(x - y)**2 + (1 - t) * max(margin - norm(x - y), 0)**2) / 2"
    arrays = {
        "x1": Array("d", "embeddings"),
        "x2": Array("d", "other embeddings"),
        "target": Array("1", "whether a pair is alike", "probability", learned=False),
    }
    aliases = ("contrastive_loss",)
    papers = (
        Paper(
            "Hadsell, Chopra and LeCun",
            2006,
            "Dimensionality reduction by learning an invariant mapping",
            "https://doi.org/10.1109/CVPR.2006.100",
        ),
    )
    kinks = "two equal vectors that are not alike have gradient 0, though the loss falls in every direction"
    facts = ArrayFacts(range=(0, inf), symmetric=("x1", "x2"), shift=True)

    def value(self, m: ArrayMath, x: T, y: T, t: T) -> T:
        distance = m.row_norm(x - y)
        lack = m.maximum(self.margin - distance, 0.0)
        return 0.5 * (t * (distance * distance) + (1 - t) * (lack * lack))
