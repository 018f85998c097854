"""Hardmax: which entry of a row is the largest."""

from slopes.core import Math, Paper, RowActivation, RowFacts, T


class Hardmax(RowActivation):
    """One at the first maximum of a row, zero elsewhere: the limit of softmax at temperature 0.

    Its derivative is 0, so nothing before it learns by gradients.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.hardmax(np.array([1.0, 3.0, 3.0]))
    array([0., 1., 0.])
    """

    formula = "first_largest(x)"
    aliases = ("one_hot_argmax",)
    papers = (
        Paper(
            "Martins and Astudillo",
            2016,
            "From softmax to sparsemax: a sparse model of attention and multi-label classification",
            "https://arxiv.org/abs/1602.02068",
        ),
    )
    elsewhere = {"onnx": "onnx.Hardmax"}
    kinks = "of tied entries the first counts"
    facts = RowFacts(range=(0, 1), total=1, shift="invariant")

    def value(self, m: Math, x: T) -> T:
        largest = m.row_max(x)
        return m.where(m.row_argmax(x), m.fill(largest, 1.0), m.fill(largest, 0.0))

    def vjp(self, m: Math, x: T, cotangent: T) -> T:
        return m.fill(x, 0.0)

    def jvp(self, m: Math, x: T, tangent: T) -> T:
        return m.fill(x, 0.0)

    def hvp(self, m: Math, x: T, cotangent: T, tangent: T) -> T:
        return m.fill(x, 0.0)
