"""Top-k cross-entropy: a right class among the first k costs little."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter
from slopes.losses.info_nce import cross_entropy


class TopKCrossEntropy(ArrayLoss):
    """Cross-entropy that does not see the k - 1 wrong classes of the largest logits.

    It is the truncated top-k entropy; with k = 1 it is `cross_entropy`. It is not convex for k > 1.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> x = np.array([[5.0, 1.0, 1.0, 1.0]])
    >>> slopes.top_k_cross_entropy(x, np.array([1]), k=2).round(6)  # log(3): the logit 5 is not seen
    np.float64(1.098612)
    """

    k: int = parameter(5, "how many guesses are allowed", at_least=1, also=(1, 2), integer=True)

    formula = "log(1 + sum(exp(sort(others(x[i], t[i]))[: len(x[i]) - k] - x[i][t[i]])))"
    arrays = {
        "logits": Array("n c", "logits"),
        "target": Array("n 1", "the right classes", "class", learned=False),
    }
    result = "n 1"
    axes = "last"
    takes = "logits"
    aliases = ("truncated_top_k_entropy",)
    papers = (
        Paper(
            "Lapin, Hein and Schiele",
            2016,
            "Loss functions for top-k error: analysis and insights",
            "https://arxiv.org/abs/1512.00486",
        ),
    )
    kinks = "of equal logits the one of the first class is left out first"
    facts = ArrayFacts(range=(0, inf), shift=True)

    def value(self, m: ArrayMath, x: T, t: T) -> T:
        key = m.where(m.equal(m.one_hot(t, x), 1.0), inf, x)
        ordered = m.row_sorted(key, x)  # the right class comes first
        place = m.row_cumsum(m.fill(x, 1.0))
        right = m.where(m.equal(place, 1.0), 1.0, m.fill(x, 0.0))
        seen = m.maximum(right, m.step(place - self.k)) + m.fill(ordered, 0.0)  # a NaN is always seen
        return cross_entropy(m, m.where(m.equal(seen, 0.0), -inf, ordered), right)
