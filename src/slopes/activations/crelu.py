"""CReLU: the positive part and the negative part, side by side."""

from math import inf
from typing import Any

from slopes.core import Math, Paper, RowActivation, RowFacts, T


class CReLU(RowActivation):
    """The concatenated rectifier: max(x, 0) and then max(-x, 0) along the axis, which becomes twice as long.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.crelu(np.array([1.0, -2.0]))
    array([1., 0., 0., 2.])
    """

    formula = "join(relu(x), relu(-x))"
    aliases = ("concatenated_relu",)
    papers = (
        Paper(
            "Shang, Sohn, Almeida and Lee",
            2016,
            "Understanding and improving convolutional neural networks via concatenated "
            "rectified linear units",
            "https://arxiv.org/abs/1603.05201",
        ),
    )
    elsewhere = {"tensorflow": "tf.nn.crelu"}
    kinks = "the derivatives at 0 are 0"
    facts = RowFacts(range=(0, inf), convex=True)
    mixes = False
    absent = 0.0

    def result_width(self, width: int) -> int:
        return 2 * width

    def kept(self, m: Math, keep: Any) -> Any:
        return m.row_join(keep, keep)

    def value(self, m: Math, x: T) -> T:
        return m.row_join(m.maximum(x, 0.0), m.maximum(-x, 0.0))

    def vjp(self, m: Math, x: T, cotangent: T) -> T:
        return m.step(x) * m.row_half(cotangent, 0) - m.step(-x) * m.row_half(cotangent, 1)

    def jvp(self, m: Math, x: T, tangent: T) -> T:
        return m.row_join(m.step(x) * tangent, -m.step(-x) * tangent)

    def hvp(self, m: Math, x: T, cotangent: T, tangent: T) -> T:
        return m.fill(x, 0.0)
