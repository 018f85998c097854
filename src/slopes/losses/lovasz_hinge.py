"""Lovász hinge: a convex bound of the Jaccard loss of one set, from logits."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T


class LovaszHinge(ArrayLoss):
    """The Lovász extension of the Jaccard loss, of the hinge losses of all elements.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.lovasz_hinge(np.array([2.0, -0.5, -3.0]), np.array([1.0, 1.0, 0.0]))
    np.float64(0.75)
    """

    formula = "lovasz(max(1 - (2 * t - 1) * z, 0), t)"
    arrays = {
        "prediction": Array("n", "logits", neutral=-1.0),
        "target": Array("n", "whether each element is in the set", "binary", learned=False, neutral=0.0),
    }
    axes = "set"
    takes = "logits"
    papers = (
        Paper(
            "Berman, Triki and Blaschko",
            2018,
            "The Lovász-softmax loss: a tractable surrogate for the optimization of the "
            "intersection-over-union measure in neural networks",
            "https://arxiv.org/abs/1705.08790",
        ),
    )
    kinks = "where a hinge begins its gradient is 0; of equal errors the first one counts as the larger"
    facts = ArrayFacts(range=(0, inf))

    def value(self, m: ArrayMath, z: T, t: T) -> T:
        return lovasz(m, m.maximum(1 - (2 * t - 1) * z, 0.0), t)


def lovasz(m: ArrayMath, errors: T, t: T) -> T:
    """Return the Lovász extension of the Jaccard loss: each error times what its element adds to it."""
    errors, t = m.row_sorted(errors, errors), m.row_sorted(errors, t)
    union = m.row_sum(t) + m.row_cumsum(1 - t)
    kept = m.row_sum(t) - m.row_cumsum(t)
    # differences of successive Jaccard losses would cancel: a missed element costs 1 / union, a false one
    # kept / (union (union - 1)), and the first false one of an empty set all
    first = m.equal(union, 1.0)
    false = m.where(first, 1.0, kept / (union * m.where(first, 1.0, union - 1)))
    return m.row_sum(errors * m.where(m.less(0.0, t), 1 / union, false))
