"""Mish: the input, gated by the tanh of its softplus."""

from math import inf
from typing import Any

from slopes.core import Activation, Facts, Math, Paper, T


class Mish(Activation):
    """The self-gated x tanh(log(1 + e^x)).

    Examples
    --------
    >>> import slopes
    >>> slopes.mish(1.0)
    0.86509838826731...
    >>> slopes.mish.derivative(-1.0)
    0.0592...
    """

    formula = "x * tanh(log(1 + exp(x)))"
    papers = (
        Paper(
            "Misra",
            2019,
            "Mish: a self regularized non-monotonic activation function",
            "https://arxiv.org/abs/1908.08681",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.mish", "jax": "jax.nn.mish", "keras": "keras.activations.mish"}
    facts = Facts(range=(-0.3088434130172504, inf), limits=(0, inf), lipschitz=1.0884981612517279)

    # With e = e^x and D = e^2 + 2 e + 2 the gate is e (e + 2) / D, its slope 4 e (1 + e) / D^2. For x > 0
    # all is divided by powers of e, so that only z = e^-|x| occurs; e / (1 + e) is the sigmoid.

    def value(self, m: Math, x: T) -> T:
        z, _, above, d = self._terms(m, x)
        return m.sigmoid_times(x * ((1 + z) * above / d), x)

    def derivative(self, m: Math, x: T) -> T:
        z, below, above, d = self._terms(m, x)
        steep = 4 * (1 + z) * m.times(m.where(below, 1.0, z * z), x)
        return m.sigmoid_times((1 + z) * (above * d + steep) / (d * d), x)

    def second_derivative(self, m: Math, x: T) -> T:
        z, below, above, d = self._terms(m, x)
        s = m.sigmoid(x)
        bend = 2 + x * (m.sigmoid(-x) - 2 * s * m.sigmoid(x) * (1 + z) * above / d)
        q = 4 * (1 + z) * (1 + z) * m.where(below, 1.0, 1 + z) / (d * d)
        once = m.sigmoid_times(q * bend, -m.abs(x))
        return m.where(below, once, m.sigmoid_times(once, -x))

    def _terms(self, m: Math, x: T) -> tuple[T, Any, T, T]:
        """Return e^-|x|, whether x < 0, and e + 2 and D, divided by e and e^2 where x > 0."""
        z, below = m.exp(-m.abs(x)), m.less(x, 0.0)
        d = m.where(below, 2 + 2 * z + z * z, 1 + 2 * z + 2 * z * z)
        return z, below, m.where(below, 2 + z, 1 + 2 * z), d
