"""ISRLU: the input, and its inverse square root unit for negative inputs."""

from math import inf, sqrt

from slopes.activations.isru import ISRU
from slopes.core import Facts, Math, T


class ISRLU(ISRU):
    """The input where it is positive, x / sqrt(1 + alpha x^2) elsewhere: an ELU without exponentials.

    Examples
    --------
    >>> import slopes
    >>> slopes.isrlu(-1.0, alpha=3.0), slopes.isrlu(2.0)
    (-0.5, 2.0)
    """

    formula = "x if x > 0 else x / sqrt(1 + alpha * x**2)"
    aliases = ("inverse_square_root_linear_unit",)

    @property
    def facts(self) -> Facts:
        low = -1 / sqrt(self.alpha)
        return Facts(
            range=(low, inf),
            limits=(low, inf),
            smooth=2,
            breaks=(0.0,),
            monotone=True,
            convex=True,
            lipschitz=1,
        )

    def value(self, m: Math, x: T) -> T:
        return m.where(m.less(0.0, x), x, super().value(m, x))

    def derivative(self, m: Math, x: T) -> T:
        return super().derivative(m, m.minimum(x, 0.0))

    def second_derivative(self, m: Math, x: T) -> T:
        return super().second_derivative(m, m.minimum(x, 0.0))
