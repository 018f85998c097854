"""Maxout: the largest of several linear pieces."""

from math import inf

from slopes.core import Math, Paper, RowActivation, RowFacts, T, parameter


class Maxout(RowActivation):
    """The largest of each run of `pieces` neighbours along the axis, which becomes that much shorter.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.maxout(np.array([1.0, 5.0, -2.0, -3.0]), pieces=2)
    array([ 5., -2.])
    """

    pieces: int = parameter(2, "how many neighbours form one unit", at_least=1, also=(3,), integer=True)

    formula = "max(x)"
    papers = (
        Paper(
            "Goodfellow, Warde-Farley, Mirza, Courville and Bengio",
            2013,
            "Maxout networks",
            "https://arxiv.org/abs/1302.4389",
        ),
    )
    elsewhere = {"tensorflow_addons": "tensorflow_addons.layers.Maxout"}
    kinks = "tied pieces share the derivative equally"
    facts = RowFacts(range=(-inf, inf), shift="equivariant", convex=True)
    reduces = True
    masked = -inf

    def width(self) -> int:
        return self.pieces

    def value(self, m: Math, x: T) -> T:
        return m.row_max(x)

    def vjp(self, m: Math, x: T, cotangent: T) -> T:
        return self._share(m, x) * cotangent

    def jvp(self, m: Math, x: T, tangent: T) -> T:
        return m.row_sum(self._share(m, x) * tangent)

    def hvp(self, m: Math, x: T, cotangent: T, tangent: T) -> T:
        return m.fill(x, 0.0)

    def _share(self, m: Math, x: T) -> T:
        """Each piece's share of its unit: 1 for the largest, split between ties."""
        largest: T = m.where(m.equal(x, m.row_max(x)), m.fill(x, 1.0), m.fill(x, 0.0))
        return largest / m.row_sum(largest)
