"""ReGLU: one half of a row, gated by the ReLU of the other."""

from typing import ClassVar

from slopes.activations.glu import Gated
from slopes.activations.relu import ReLU
from slopes.core import Activation, Paper


class ReGLU(Gated):
    """The gated unit a max(b, 0), a and b the first and second half of the axis.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.reglu(np.array([2.0, 3.0, 5.0, -1.0]))
    array([10., 0.])
    """

    formula = "half(x, 0) * relu(half(x, 1))"
    papers = (Paper("Shazeer", 2020, "GLU variants improve transformer", "https://arxiv.org/abs/2002.05202"),)
    kinks = "the derivative of the gate at 0 is 0"
    gate: ClassVar[Activation] = ReLU()
