"""Bilinear: the two halves of a row, multiplied."""

from typing import ClassVar

from slopes.activations.glu import Gated
from slopes.activations.identity import Identity
from slopes.core import Activation, Paper


class Bilinear(Gated):
    """The bilinear unit a b, a and b the first and second half of the axis: a GLU without a curve.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.bilinear(np.array([2.0, 3.0, 5.0, -1.0]))
    array([10., -3.])
    """

    formula = "half(x, 0) * half(x, 1)"
    aliases = ("bilinear_glu",)
    papers = (Paper("Shazeer", 2020, "GLU variants improve transformer", "https://arxiv.org/abs/2002.05202"),)
    gate: ClassVar[Activation] = Identity()
