"""Lovász-softmax: an extension of the mean Jaccard loss of all classes, from probabilities."""

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, T
from slopes.losses.dice import share
from slopes.losses.lovasz_hinge import LovaszHinge, lovasz


class LovaszSoftmax(ArrayLoss):
    """The Lovász extension of the Jaccard loss, averaged over the classes that occur in the target.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> p = np.array([[0.75, 0.25], [0.5, 0.5], [0.25, 0.75]])
    >>> slopes.lovasz_softmax(p, np.array([0, 0, 1])).round(6)
    np.float64(0.375)
    """

    formula = "mean([lovasz(abs((t == j) - p[:, j]), t == j) for j in set(t)])"
    arrays = {
        "prediction": Array("n c", "the probability of each class", "probability"),
        "target": Array("n 1", "the true classes", "class", learned=False),
    }
    axes = "classes"
    result = "1 1"
    takes = "probabilities"
    papers = LovaszHinge.papers
    kinks = "of equal errors the first one counts as the larger"
    facts = ArrayFacts(range=(0, 1))

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        right = m.transpose(m.one_hot(t, p))
        each = lovasz(m, m.abs(right - m.transpose(p)), right)
        occurs = m.step(m.row_sum(right))
        total = m.row_sum(m.transpose(occurs * each))
        return share(m, total, m.row_sum(m.transpose(occurs)))
