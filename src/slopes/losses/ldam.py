"""LDAM: softmax with a margin for each class, larger for rarer ones."""

from math import inf

from slopes.core import ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter
from slopes.losses.info_nce import cross_entropy
from slopes.losses.logit_adjusted import LogitAdjusted


class LDAM(ArrayLoss):
    """Cross-entropy of scaled logits, that of the right class less a margin.

    The margin of a class is proportional to its frequency to the power -1/4, and `max_margin` for the
    rarest class. The logits are meant to be cosines, as a last layer of unit vectors gives them.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> counts = np.array([81.0, 1.0])
    >>> slopes.ldam(np.zeros((2, 2)), np.array([0, 1]), counts, scale=1.0, reduction="none").round(6)
    array([0.779949, 0.974077])
    """

    max_margin: float = parameter(0.5, "the margin of the rarest class", at_least=0, also=(0.0,))
    scale: float = parameter(30.0, "what the logits are multiplied by", above=0, also=(4.0,))

    formula = (
        "log(1 + sum(exp(scale * (others(x[i], t[i]) - x[i][t[i]]"
        " + max_margin * (min(frequency) / frequency[t[i]])**0.25))))"
    )
    arrays = LogitAdjusted.arrays
    result = "n 1"
    axes = "last"
    takes = "logits"
    aliases = ("ldam_loss", "label_distribution_aware_margin")
    papers = (
        Paper(
            "Cao, Wei, Gaidon, Arechiga and Ma",
            2019,
            "Learning imbalanced datasets with label-distribution-aware margin loss",
            "https://arxiv.org/abs/1906.07413",
        ),
    )
    facts = ArrayFacts(range=(0, inf), shift=True)

    def value(self, m: ArrayMath, x: T, t: T, frequency: T) -> T:
        rarest = -m.row_max(-frequency)
        margin = self.max_margin * m.power(rarest / frequency, 0.25)
        right = m.one_hot(t, x)
        return cross_entropy(m, self.scale * (x - right * margin), right)
