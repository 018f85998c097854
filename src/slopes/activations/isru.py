"""ISRU: the input over the square root of one more than its square."""

from math import sqrt

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class ISRU(Activation):
    """The inverse square root unit x / sqrt(1 + alpha x^2), a sigmoid without exponentials.

    Examples
    --------
    >>> import slopes
    >>> slopes.isru(1.0, alpha=3.0)
    0.5
    """

    alpha: float = parameter(1.0, "the limits are 1 / sqrt(alpha)", above=0, also=(0.25, 3.0))

    formula = "x / sqrt(1 + alpha * x**2)"
    aliases = ("inverse_square_root_unit",)
    papers = (
        Paper(
            "Carlile, Delamarter, Kinney, Marti and Whitney",
            2017,
            "Improving deep learning by inverse square root linear units (ISRLUs)",
            "https://arxiv.org/abs/1710.09967",
        ),
    )

    @property
    def facts(self) -> Facts:
        end = 1 / sqrt(self.alpha)
        return Facts(range=(-end, end), limits=(-end, end), monotone=True, parity="odd", lipschitz=1)

    def value(self, m: Math, x: T) -> T:
        root = m.sqrt(m.fill(x, self.alpha))
        far = m.sign(x) / m.hypot(1 / m.maximum(m.abs(x), 1.0), root)  # no inf / inf
        return m.where(m.less(m.abs(x), 1.0), x / m.hypot(root * x, 1.0), far)

    def derivative(self, m: Math, x: T) -> T:
        s = self._cosine(m, x)
        return s * s * s

    def second_derivative(self, m: Math, x: T) -> T:
        s = self._cosine(m, x)
        return -3 * self.alpha * self.value(m, x) * s * s * s * s

    def _cosine(self, m: Math, x: T) -> T:
        """1 / sqrt(1 + alpha x^2)."""
        return 1 / m.hypot(m.sqrt(m.fill(x, self.alpha)) * x, 1.0)
