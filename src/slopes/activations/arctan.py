"""Arctan: a sigmoid with slow tails."""

from slopes.core import Activation, Facts, Math, Paper, T


class Arctan(Activation):
    """The inverse tangent, from -pi / 2 to pi / 2.

    Examples
    --------
    >>> import slopes
    >>> slopes.arctan(1.0)
    0.7853981633974483
    """

    formula = "arctan(x)"
    aliases = ("atan",)
    papers = (
        Paper(
            "Kamruzzaman and Aziz",
            2002,
            "A note on activation function in multilayer feedforward learning",
            "https://doi.org/10.1109/IJCNN.2002.1005526",
        ),
    )
    elsewhere = {"torch": "torch.arctan", "jax": "jax.numpy.arctan", "numpy": "numpy.arctan"}
    facts = Facts(
        range=(-1.5707963267948966, 1.5707963267948966),
        limits=(-1.5707963267948966, 1.5707963267948966),
        monotone=True,
        parity="odd",
        lipschitz=1,
    )

    def value(self, m: Math, x: T) -> T:
        return m.arctan(x)

    def derivative(self, m: Math, x: T) -> T:
        near, square = self._scaled(m, x)
        return square / (square + near * near)

    def second_derivative(self, m: Math, x: T) -> T:
        near, square = self._scaled(m, x)
        ratio = m.sign(x) * near / m.maximum(m.abs(x), 1.0) / (square + near * near)  # x / (1 + x^2)
        return -2 * ratio * self.derivative(m, x)

    def _scaled(self, m: Math, x: T) -> tuple[T, T]:
        """Return |x| / t and 1 / t^2 for t = max(|x|, 1): x^2 would overflow."""
        a = m.abs(x)
        t = m.maximum(a, 1.0)
        return m.minimum(a, 1.0), 1 / t / t
