"""GEGLU: one half of a row, gated by the GELU of the other."""

from typing import ClassVar

from slopes.activations.gelu import GELU
from slopes.activations.glu import Gated
from slopes.core import Activation, Paper


class GEGLU(Gated):
    """The gated unit a gelu(b), a and b the first and second half of the axis, GELU the exact one.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.geglu(np.array([2.0, 1.0]))
    array([1.68268949])
    """

    formula = "half(x, 0) * half(x, 1) * ndtr(half(x, 1))"
    papers = (Paper("Shazeer", 2020, "GLU variants improve transformer", "https://arxiv.org/abs/2002.05202"),)
    elsewhere = {"diffusers": "diffusers.models.activations.GEGLU"}
    gate: ClassVar[Activation] = GELU()
