"""Cosine embedding: pairs that belong together point alike, others do not."""

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter


class CosineEmbedding(ArrayLoss):
    """One minus the cosine of pairs with target 1; of pairs with target -1, its excess over a margin.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> x = np.array([[3.0, 4.0], [3.0, 4.0]])
    >>> slopes.cosine_embedding(x, np.array([[4.0, 3.0], [4.0, 3.0]]), np.array([1.0, -1.0]))
    np.float64(0.5)
    """

    margin: float = parameter(0.0, "cosine that is allowed apart", at_least=-1, at_most=1, also=(0.5,))

    formula = "1 - cosine(x, y) if t > 0 else max(cosine(x, y) - margin, 0)"
    arrays = {
        "x1": Array("d", "embeddings"),
        "x2": Array("d", "other embeddings"),
        "target": Array("1", "whether a pair belongs together", "sign", learned=False),
    }
    aliases = ("cosine_embedding_loss",)
    papers = (
        Paper(
            "Chopra, Hadsell and LeCun",
            2005,
            "Learning a similarity metric discriminatively, with application to face verification",
            "https://doi.org/10.1109/CVPR.2005.202",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.cosine_embedding_loss"}
    kinks = "where the hinge begins the gradient is 0; a vector of zeros has cosine 0 and gradient 0"
    facts = ArrayFacts(range=(0, 2), symmetric=("x1", "x2"), scale=("x1", "x2"))

    def value(self, m: ArrayMath, x: T, y: T, t: T) -> T:
        u, v = m.row_unit(x), m.row_unit(y)
        cosine = m.row_sum(u * v)
        # 1 - cosine would cancel where two vectors nearly agree
        half = 0.5 * m.row_sum((u - v) * (u - v))
        none = m.equal(m.minimum(m.row_norm(x), m.row_norm(y)), 0.0)
        together = m.where(none, 1 - cosine, half)
        return m.fill(t, 0.0) + m.where(m.less(0.0, t), together, m.maximum(cosine - self.margin, 0.0))
