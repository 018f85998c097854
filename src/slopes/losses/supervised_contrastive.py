"""Supervised contrastive: each sample is near all others of its class."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter
from slopes.losses.dice import share
from slopes.losses.info_nce import cosines, cross_entropy


class SupervisedContrastive(ArrayLoss):
    """Cross-entropy of each sample's cosines with all others, those of its class sharing the target.

    A sample that is alone in its class has loss 0.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> x = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    >>> slopes.supervised_contrastive(x, np.array([0, 0, 1, 1]), temperature=0.5).round(6)
    np.float64(0.239545)
    """

    temperature: float = parameter(0.1, "what the cosines are divided by", above=0, also=(1.0,))

    formula = (
        "log(sum(exp(cosine(x[i], others(x, i)) / temperature)))"
        " - mean(cosine(x[i], mates(x, t, i))) / temperature"
    )
    arrays = {
        "embedding": Array("n d", "embeddings"),
        "label": Array("n 1", "their classes", "label", learned=False),
    }
    result = "n 1"
    axes = "last"
    aliases = ("supcon", "sup_con")
    papers = (
        Paper(
            "Khosla, Teterwak, Wang, Sarna, Tian, Isola, Maschinot, Liu and Krishnan",
            2020,
            "Supervised contrastive learning",
            "https://arxiv.org/abs/2004.11362",
        ),
    )
    kinks = "a vector of zeros has cosine 0 and gradient 0"
    facts = ArrayFacts(range=(0, inf), scale=("embedding",))

    def value(self, m: ArrayMath, x: T, t: T) -> T:
        products = cosines(m, x, x) / self.temperature
        own = m.eye(products)
        logits = m.where(m.equal(own, 1.0), -inf, products)
        alike = m.where(m.equal(t, m.transpose(t)), 1 - own, 0.0)
        return cross_entropy(m, logits, share(m, alike, m.row_sum(alike)))
