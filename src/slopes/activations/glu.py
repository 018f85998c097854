"""GLU: one half of a row, gated by the sigmoid of the other; and what all gated units share."""

from abc import abstractmethod
from math import inf
from typing import Any, ClassVar

from slopes.activations.sigmoid import Sigmoid
from slopes.core import Activation, Math, Paper, RowActivation, RowFacts, T


class Gated(RowActivation):
    """The first half of a row times a curve of its second half; the axis becomes half as long."""

    facts = RowFacts(range=(-inf, inf))
    multiple = 2
    mixes = False
    absent = 0.0

    @property
    @abstractmethod
    def gate(self) -> Activation:
        """The curve of the second half."""

    def result_width(self, width: int) -> int:
        return width // 2

    def kept(self, m: Math, keep: Any) -> Any:
        return m.row_half(keep, 0) & m.row_half(keep, 1)

    def value(self, m: Math, x: T) -> T:
        a, b = m.row_half(x, 0), m.row_half(x, 1)
        return m.times(self.gate.value(m, b), a)

    def vjp(self, m: Math, x: T, cotangent: T) -> T:
        a, b = m.row_half(x, 0), m.row_half(x, 1)
        return m.row_join(cotangent * self.gate.value(m, b), cotangent * a * self.gate.derivative(m, b))

    def jvp(self, m: Math, x: T, tangent: T) -> T:
        a, b = m.row_half(x, 0), m.row_half(x, 1)
        t, u = m.row_half(tangent, 0), m.row_half(tangent, 1)
        return self.gate.value(m, b) * t + a * self.gate.derivative(m, b) * u

    def hvp(self, m: Math, x: T, cotangent: T, tangent: T) -> T:
        a, b = m.row_half(x, 0), m.row_half(x, 1)
        t, u = m.row_half(tangent, 0), m.row_half(tangent, 1)
        slope = self.gate.derivative(m, b)
        return m.row_join(
            cotangent * slope * u, cotangent * (slope * t + a * self.gate.second_derivative(m, b) * u)
        )


class GLU(Gated):
    """The gated linear unit a sigmoid(b), a and b the first and second half of the axis.

    As in PyTorch and JAX the gate is the second half; some fused kernels take the first.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.glu(np.array([4.0, 6.0, 0.0, 1000.0]))
    array([2., 6.])
    """

    formula = "half(x, 0) / (1 + exp(-half(x, 1)))"
    aliases = ("gated_linear_unit",)
    papers = (
        Paper(
            "Dauphin, Fan, Auli and Grangier",
            2017,
            "Language modeling with gated convolutional networks",
            "https://arxiv.org/abs/1612.08083",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.glu", "jax": "jax.nn.glu", "keras": "keras.activations.glu"}
    gate: ClassVar[Activation] = Sigmoid()
