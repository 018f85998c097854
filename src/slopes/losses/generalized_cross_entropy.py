"""Generalised cross-entropy: between cross-entropy and the mean absolute error, against wrong labels."""

from slopes.core import Math, Paper, RowFacts, T, parameter
from slopes.losses.log_probability import LogProbabilityLoss, Probabilities

SMALL = 2.3e-308  #: below it a probability is subnormal: it lost digits, which its power would have kept


class GeneralizedCrossEntropy(LogProbabilityLoss):
    """The Box-Cox transform (1 - p^exponent) / exponent of the true class's probability.

    Exponent 1 is 1 - p, half the mean absolute error; towards 0 it becomes cross-entropy. The paper calls
    the exponent q.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.generalized_cross_entropy(np.array([[0.0, 0.0]]), np.array([1]), exponent=1.0)
    np.float64(0.5)
    """

    exponent: float = parameter(0.7, "1 resists wrong labels most", above=0, at_most=1, also=(0.1, 1.0))

    formula = "sum(q * (1 - (exp(x) / sum(exp(x)))**exponent)) / exponent"
    aliases = ("gce", "generalized_crossentropy", "lq_loss", "categorical_generalized_cross_entropy")
    papers = (
        Paper(
            "Zhang and Sabuncu",
            2018,
            "Generalized cross entropy loss for training deep neural networks with noisy labels",
            "https://arxiv.org/abs/1805.07836",
        ),
    )

    @property
    def facts(self) -> RowFacts:
        return RowFacts(range=(0, 1 / self.exponent), shift="invariant")

    def curve(self, m: Math, c: Probabilities[T]) -> T:
        return -m.expm1(-self.exponent * c.surprise) / self.exponent

    def slope(self, m: Math, c: Probabilities[T]) -> T:
        return -self._power(m, c)

    def bend(self, m: Math, c: Probabilities[T]) -> T:
        return -self.exponent * self._power(m, c)

    def _power(self, m: Math, c: Probabilities[T]) -> T:
        """p^exponent; by way of -log(p), which magnifies its rounding, only where p itself is subnormal."""
        far = m.exp(-self.exponent * c.surprise)
        near = m.where(m.less(c.p, SMALL), far, m.power(c.p, self.exponent))
        return m.where(m.equal(c.p, 0.0), far, near)
