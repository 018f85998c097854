"""Multi-margin: hinges of every wrong class against the true one."""

from math import inf

from slopes.core import Math, Paper, RowFacts, RowLoss, T, parameter


class MultiMargin(RowLoss):
    """The sum of max(0, margin - true score + wrong score)^p over wrong classes, divided by all classes.

    The target picks the true class, so it must be class indices.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.multi_margin(np.array([[2.0, 1.5, 3.0, -1.0]]), np.array([0]))  # (1/2 + 2) / 4
    np.float64(0.625)
    """

    p: int = parameter(1, "exponent of the hinge", at_least=1, at_most=2, also=(2,), integer=True)
    margin: float = parameter(1.0, "by how much the true score must be larger", also=(0.5,))

    formula = "sum(maximum(margin + x[q == 0] - sum(q * x), 0)**p) / len(x)"
    aliases = ("multi_margin_loss", "multiclass_margin", "weston_watkins")
    papers = (
        Paper(
            "Weston and Watkins",
            1999,
            "Support vector machines for multi-class pattern recognition",
            "https://www.esann.org/proceedings/1999",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.multi_margin_loss"}
    kinks = "where a margin is just met its derivatives are 0"
    facts = RowFacts(range=(0, inf), shift="invariant", convex=True)
    targets = "classes"

    def _excess(self, m: Math, x: T, q: T) -> T:
        """By how much each wrong class violates the margin; 0 at the true one."""
        beyond = m.maximum(self.margin + (x - m.row_sum(m.times(q, x))), 0.0)
        return m.where(m.less(0.0, q), m.fill(x, 0.0), beyond)

    def value(self, m: Math, x: T, q: T) -> T:
        excess = self._excess(m, x, q)
        return m.row_sum(excess if self.p == 1 else excess * excess) / m.row_sum(m.fill(x, 1.0))

    def gradient(self, m: Math, x: T, q: T) -> T:
        excess = self._excess(m, x, q)
        pull = (m.step(excess) if self.p == 1 else 2 * excess) / m.row_sum(m.fill(x, 1.0))
        return pull - q * m.row_sum(pull)

    def hessian(self, m: Math, x: T, q: T) -> T:
        bend = self._bend(m, x, q)
        return bend + q * m.row_sum(bend)

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        along = self._bend(m, x, q) * (tangent - m.row_sum(q * tangent))
        return along - q * m.row_sum(along)

    def _bend(self, m: Math, x: T, q: T) -> T:
        if self.p == 1:
            return m.fill(x, 0.0)
        return 2 * m.step(self._excess(m, x, q)) / m.row_sum(m.fill(x, 1.0))
