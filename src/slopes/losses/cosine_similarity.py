"""Cosine similarity of two vectors."""

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T


class CosineSimilarity(ArrayLoss):
    """The cosine of the angle between two vectors, 1 where they point alike.

    It is the similarity itself, as in PyTorch; one minimises its negative, which Keras gives this name.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.cosine_similarity(np.array([[1.0, 0.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [4.0, -3.0]]))
    np.float64(0.5)
    """

    formula = "dot(x, y) / (norm(x) * norm(y))"
    arrays = {"x1": Array("d", "vectors"), "x2": Array("d", "other vectors")}
    papers = (
        Paper(
            "Salton, Wong and Yang",
            1975,
            "A vector space model for automatic indexing",
            "https://doi.org/10.1145/361219.361220",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.cosine_similarity(dim=-1)"}
    kinks = "a vector of zeros has similarity 0 and gradient 0"
    facts = ArrayFacts(range=(-1, 1), symmetric=("x1", "x2"), scale=("x1", "x2"))

    def value(self, m: ArrayMath, x: T, y: T) -> T:
        return m.row_sum(m.row_unit(x) * m.row_unit(y))
