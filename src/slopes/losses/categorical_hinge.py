"""Categorical hinge: by how much the best wrong class comes within a margin of the true one."""

from math import inf

from slopes.core import Math, Paper, RowFacts, RowLoss, T


class CategoricalHinge(RowLoss):
    """The hinge max(0, 1 + best wrong score - true score) of Crammer and Singer.

    The target picks the true class, so it must be class indices. Keras counts a score of 0 among the wrong
    ones: its loss is larger where all wrong scores are negative.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.categorical_hinge(np.array([[2.0, 1.5, -1.0]]), np.array([0]))
    np.float64(0.5)
    """

    formula = "max(0, 1 + max(x[q == 0]) - sum(q * x))"
    aliases = ("multiclass_hinge", "crammer_singer", "multiclass_hinge_loss")
    papers = (
        Paper(
            "Crammer and Singer",
            2001,
            "On the algorithmic implementation of multiclass kernel-based vector machines",
            "https://www.jmlr.org/papers/v2/crammer01a.html",
        ),
    )
    elsewhere = {"sklearn": "sklearn.metrics.hinge_loss"}
    kinks = "where the margin is just met the derivative is 0; of tied wrong classes the first has all of it"
    facts = RowFacts(range=(0, inf), shift="invariant", convex=True)
    targets = "classes"

    def _excess(self, m: Math, x: T, q: T) -> T:
        """By how much each wrong class violates the margin; 0 at the true one."""
        return m.where(m.less(0.0, q), m.fill(x, 0.0), 1 + (x - m.row_sum(m.times(q, x))))

    def value(self, m: Math, x: T, q: T) -> T:
        return m.row_max(self._excess(m, x, q))

    def gradient(self, m: Math, x: T, q: T) -> T:
        excess = self._excess(m, x, q)
        worst = m.where(m.row_argmax(excess), m.fill(x, 1.0), m.fill(x, 0.0))
        return m.step(m.row_max(excess)) * (worst - q)

    def hessian(self, m: Math, x: T, q: T) -> T:
        return m.fill(x, 0.0)

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        return m.fill(x, 0.0)
