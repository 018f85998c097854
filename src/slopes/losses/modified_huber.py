"""Modified Huber: a squared hinge that grows in a straight line."""

from math import inf

from slopes.core import Facts, MarginLoss, Math, Paper, T


class ModifiedHuber(MarginLoss):
    """The squared hinge max(0, 1 - z)^2 for margins z from -1, and the line -4 z below.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.modified_huber(np.array([0.5, -3.0]), np.array([1.0, 1.0]), reduction="none")
    array([ 0.25, 12.  ])
    """

    formula = "max(1 - z, 0)**2 if z >= -1 else -4 * z"
    papers = (
        Paper(
            "Zhang",
            2004,
            "Solving large scale linear prediction problems using stochastic gradient descent algorithms",
            "https://doi.org/10.1145/1015330.1015332",
        ),
    )
    kinks = "the second derivative at margins -1 and 1 is 0"
    facts = Facts(range=(0, inf), limits=(inf, 0), smooth=1, breaks=(-1.0, 1.0), convex=True, lipschitz=4)

    def value(self, m: Math, z: T) -> T:
        short = m.minimum(m.maximum(1 - z, 0.0), 2.0)
        return m.maximum(short * short, -4 * z)

    def derivative(self, m: Math, z: T) -> T:
        return -2 * m.minimum(m.maximum(1 - z, 0.0), 2.0)

    def second_derivative(self, m: Math, z: T) -> T:
        return 2 * m.step(1 - z) * m.step(1 + z)
