"""Logit-adjusted cross-entropy: rare classes are given what their rarity costs them."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T, parameter
from slopes.losses.info_nce import cross_entropy


class LogitAdjusted(ArrayLoss):
    """Cross-entropy of logits to which `tau` times the logarithm of each class's frequency is added.

    The network then learns logits whose largest minimises the balanced error. Frequencies may be counts:
    only their ratios matter. With tau = 1 it is also called balanced softmax.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.logit_adjusted(np.zeros((1, 2)), np.array([1]), np.array([90.0, 10.0])).round(6)  # log(10)
    np.float64(2.302585)
    """

    tau: float = parameter(1.0, "how far the logits are adjusted", at_least=0, also=(0.0, 0.5))

    formula = "log(sum(exp(x[i] - x[i][t[i]]) * (frequency / frequency[t[i]])**tau))"
    arrays = {
        "logits": Array("n c", "logits"),
        "target": Array("n 1", "the right classes", "class", learned=False),
        "frequency": Array("1 c", "how often each class occurs", "positive", learned=False),
    }
    result = "n 1"
    axes = "last"
    takes = "logits"
    aliases = ("logit_adjustment", "balanced_softmax")
    papers = (
        Paper(
            "Menon, Jayasumana, Rawat, Jain, Veit and Kumar",
            2021,
            "Long-tail learning via logit adjustment",
            "https://arxiv.org/abs/2007.07314",
        ),
        Paper(
            "Ren, Yu, Sheng, Ma, Zhao, Yi and Li",
            2020,
            "Balanced meta-softmax for long-tailed visual recognition",
            "https://arxiv.org/abs/2007.10740",
        ),
    )
    facts = ArrayFacts(range=(0, inf), shift=True)

    def value(self, m: ArrayMath, x: T, t: T, frequency: T) -> T:
        logits = x + self.tau * m.log(frequency)
        return cross_entropy(m, logits, m.one_hot(t, logits))
