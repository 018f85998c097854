"""Snake: the input and a periodic part, for signals that repeat."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class Snake(Activation):
    """The monotone x + sin(alpha x)^2 / alpha, its frequency learned.

    Examples
    --------
    >>> import slopes
    >>> slopes.snake(1.0)
    1.70807341827357...
    """

    alpha: float = parameter(1.0, "learned frequency", above=0, also=(0.5,), learnable=True)

    formula = "x + sin(alpha * x)**2 / alpha"
    papers = (
        Paper(
            "Ziyin, Hartwig and Ueda",
            2020,
            "Neural networks fail to learn periodic functions and how to fix it",
            "https://arxiv.org/abs/2006.08195",
        ),
    )
    facts = Facts(range=(-inf, inf), limits=(-inf, inf), monotone=True, lipschitz=2)
    trains = True

    def value(self, m: Math, x: T) -> T:
        s = m.sin(self.alpha * x)
        return x + m.where(m.equal(x - x, 0.0), s * s / self.alpha, 0.0)  # at infinity the limit

    def derivative(self, m: Math, x: T) -> T:
        u = self.alpha * x
        c = m.sin(u) + m.cos(u)
        return c * c  # 1 + sin(2 u), which would cancel where it touches 0

    def second_derivative(self, m: Math, x: T) -> T:
        return 2 * self.alpha * m.cos(2 * self.alpha * x)

    def parameter_derivative(self, m: Math, x: T, name: str) -> T:
        u = self.alpha * x
        return (x * m.sin(2 * u) - m.sin(u) * m.sin(u) / self.alpha) / self.alpha
