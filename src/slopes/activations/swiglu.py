"""SwiGLU: one half of a row, gated by the SiLU of the other."""

from typing import ClassVar

from slopes.activations.glu import Gated
from slopes.activations.silu import SiLU
from slopes.core import Activation, Paper


class SwiGLU(Gated):
    """The gated unit a silu(b), a and b the first and second half of the axis.

    Fused kernels of language models often take the halves the other way round: silu(a) b.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.swiglu(np.array([2.0, 1.0]))
    array([1.46211716])
    """

    formula = "half(x, 0) * half(x, 1) / (1 + exp(-half(x, 1)))"
    papers = (Paper("Shazeer", 2020, "GLU variants improve transformer", "https://arxiv.org/abs/2002.05202"),)
    elsewhere = {"diffusers": "diffusers.models.activations.SwiGLU"}
    gate: ClassVar[Activation] = SiLU(beta=1.0)
