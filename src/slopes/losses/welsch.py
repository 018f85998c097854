"""Welsch: a robust loss whose pull fades like a normal density."""

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter


class Welsch(ResidualLoss):
    """The loss scale^2 / 2 (1 - e^-(r / scale)^2), also called Leclerc: bounded, near 0 half the square.

    A scale of 2.985 standard deviations keeps 95 % of the efficiency of least squares on normal errors.

    Examples
    --------
    >>> import slopes
    >>> slopes.welsch(1.0, 0.0)
    0.31606027941427883
    """

    scale: float = parameter(1.0, "how far the pull reaches", above=0, also=(0.25, 3.0))

    formula = "scale**2 / 2 * (1 - exp(-(r / scale)**2))"
    aliases = ("leclerc", "correntropy")
    papers = (
        Paper(
            "Dennis and Welsch",
            1978,
            "Techniques for nonlinear least squares and robust regression",
            "https://doi.org/10.1080/03610917808812083",
        ),
    )

    @property
    def facts(self) -> Facts:
        top = self.scale * self.scale / 2
        return Facts(
            range=(0, top), limits=(top, top), parity="even", lipschitz=0.4288819424803534 * self.scale
        )

    def value(self, m: Math, r: T) -> T:
        u = r / self.scale
        return -0.5 * self.scale * self.scale * m.expm1(-u * u)

    def derivative(self, m: Math, r: T) -> T:
        u = r / self.scale
        return bell_times(m, self.scale * u, u)

    def second_derivative(self, m: Math, r: T) -> T:
        u = r / self.scale
        return bell_times(m, 1 - 2 * u * u, u)


def bell_times(m: Math, y: T, u: T) -> T:
    """The product y e^-(u^2): the normal density is exact where exp would magnify the rounding of u^2."""
    root = m.root_two_over_pi()
    return m.normal_times(m.normal_times(4 / (root * root) * y, u), u)
