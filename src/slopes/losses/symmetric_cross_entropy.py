"""Symmetric cross-entropy: cross-entropy and its reverse, against wrong labels."""

from math import inf

from slopes.core import Math, Paper, RowFacts, T, parameter
from slopes.losses.log_probability import LogProbabilityLoss, Probabilities


class SymmetricCrossEntropy(LogProbabilityLoss):
    """`alpha` times cross-entropy plus `beta` times the cross-entropy of the target in the prediction.

    The reverse term is -sum(p log(target)), where log(0) is taken as `log_zero`: for a class it is
    -log_zero (1 - p), which bounds what a wrong label can do.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.symmetric_cross_entropy(np.array([[0.0, 0.0]]), np.array([1]), alpha=0.0)
    np.float64(2.0)
    """

    alpha: float = parameter(0.1, "weight of cross-entropy", at_least=0, also=(1.0,))
    beta: float = parameter(1.0, "weight of the reverse cross-entropy", at_least=0, also=(0.0,))
    log_zero: float = parameter(-4.0, "what stands for log(0)", below=0, also=(-2.0,))

    formula = "sum(q * (-alpha * log(exp(x) / sum(exp(x))) - beta * log_zero * (1 - exp(x) / sum(exp(x)))))"
    aliases = ("sce", "symmetric_crossentropy")
    papers = (
        Paper(
            "Wang, Ma, Chen, Luo, Yi and Bailey",
            2019,
            "Symmetric cross entropy for robust learning with noisy labels",
            "https://arxiv.org/abs/1908.06112",
        ),
    )

    @property
    def facts(self) -> RowFacts:
        return RowFacts(range=(0, inf), shift="invariant", convex=-self.beta * self.log_zero <= self.alpha)

    def curve(self, m: Math, c: Probabilities[T]) -> T:
        return m.times(self.alpha, c.surprise) - self.beta * self.log_zero * c.rest

    def slope(self, m: Math, c: Probabilities[T]) -> T:
        return self.beta * self.log_zero * c.p - self.alpha

    def bend(self, m: Math, c: Probabilities[T]) -> T:
        return self.beta * self.log_zero * c.p
