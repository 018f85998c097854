"""Sparse plus: a softplus that is exactly 0 for small inputs and exactly the input for large ones."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class SparsePlus(Activation):
    """Zero up to -1, the input from 1, and the parabola (x + 1)^2 / 4 between.

    Examples
    --------
    >>> import slopes
    >>> slopes.sparse_plus(-2.0), slopes.sparse_plus(0.0), slopes.sparse_plus(2.0)
    (0.0, 0.25, 2.0)
    """

    formula = "0 if x < -1 else x if x > 1 else (x + 1)**2 / 4"
    papers = (
        Paper(
            "Blondel, Martins and Niculae",
            2020,
            "Learning with Fenchel-Young losses",
            "https://arxiv.org/abs/1901.02324",
        ),
    )
    elsewhere = {"jax": "jax.nn.sparse_plus", "keras": "keras.activations.sparse_plus"}
    kinks = "the second derivative at -1 and at 1 is 0"
    facts = Facts(
        range=(0, inf), limits=(0, inf), smooth=1, breaks=(-1.0, 1.0), monotone=True, convex=True, lipschitz=1
    )

    def value(self, m: Math, x: T) -> T:
        c = m.minimum(m.maximum(x, -1.0), 1.0) + 1
        return m.where(m.less(1.0, x), x, 0.25 * c * c)

    def derivative(self, m: Math, x: T) -> T:
        return 0.5 * (m.minimum(m.maximum(x, -1.0), 1.0) + 1)

    def second_derivative(self, m: Math, x: T) -> T:
        return 0.5 * m.step(x + 1) * m.step(1 - x)
