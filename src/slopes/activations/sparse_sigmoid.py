"""Sparse sigmoid: a straight line from 0 at -1 to 1 at 1, the derivative of sparse plus."""

from slopes.core import Activation, Facts, Math, Paper, T


class SparseSigmoid(Activation):
    """The sparse probability min(max((x + 1) / 2, 0), 1), which is sparsemax of (x, -x) / 2.

    Examples
    --------
    >>> import slopes
    >>> slopes.sparse_sigmoid(-2.0), slopes.sparse_sigmoid(0.5)
    (0.0, 0.75)
    """

    formula = "min(max((x + 1) / 2, 0), 1)"
    papers = (
        Paper(
            "Martins and Astudillo",
            2016,
            "From softmax to sparsemax: a sparse model of attention and multi-label classification",
            "https://arxiv.org/abs/1602.02068",
        ),
    )
    elsewhere = {"jax": "jax.nn.sparse_sigmoid", "keras": "keras.activations.sparse_sigmoid"}
    kinks = "the derivative at -1 and at 1 is 0"
    facts = Facts(range=(0, 1), limits=(0, 1), smooth=0, breaks=(-1.0, 1.0), monotone=True, lipschitz=0.5)

    def value(self, m: Math, x: T) -> T:
        return 0.5 * (m.minimum(m.maximum(x, -1.0), 1.0) + 1)

    def derivative(self, m: Math, x: T) -> T:
        return 0.5 * m.step(x + 1) * m.step(1 - x)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)
