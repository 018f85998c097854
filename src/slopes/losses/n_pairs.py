"""N-pairs: each anchor finds its own positive among those of the whole batch."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T
from slopes.losses.info_nce import cross_entropy


class NPairs(ArrayLoss):
    """Cross-entropy of each anchor's products with all positives of the batch, its own being the class.

    The paper adds a penalty on the embeddings' norms, which is left to the optimiser.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.n_pairs(np.eye(2), 3 * np.eye(2)).round(6)
    np.float64(0.048587)
    """

    formula = "log(sum(exp(p @ a[i] - dot(a[i], p[i]))))"
    arrays = {
        "anchor": Array("n d", "embeddings"),
        "positive": Array("n d", "embeddings of what belongs to each"),
    }
    result = "n 1"
    axes = "last"
    aliases = ("n_pair", "multi_class_n_pair")
    papers = (
        Paper(
            "Sohn",
            2016,
            "Improved deep metric learning with multi-class N-pair loss objective",
            "https://dl.acm.org/doi/10.5555/3157096.3157304",
        ),
    )
    facts = ArrayFacts(range=(0, inf))

    def value(self, m: ArrayMath, a: T, p: T) -> T:
        products = m.matmul(a, m.transpose(p))
        return cross_entropy(m, products, m.eye(products))
