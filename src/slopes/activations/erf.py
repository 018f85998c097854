"""Error function: a sigmoid with the tails of the normal distribution."""

from slopes.core import Activation, Facts, Math, Paper, T


class Erf(Activation):
    """The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x.

    Examples
    --------
    >>> import slopes
    >>> slopes.erf(0.5)
    0.5204998778130465
    """

    formula = "erf(x)"
    papers = (
        Paper(
            "Williams",
            1998,
            "Computation with infinite neural networks",
            "https://doi.org/10.1162/089976698300017412",
        ),
    )
    elsewhere = {"torch": "torch.erf", "jax": "jax.scipy.special.erf", "scipy": "scipy.special.erf"}
    facts = Facts(range=(-1, 1), limits=(-1, 1), monotone=True, parity="odd", lipschitz=1.1283791670955126)

    def value(self, m: Math, x: T) -> T:
        return m.erf(x)

    def derivative(self, m: Math, x: T) -> T:
        # 2 e^(-x^2) / sqrt(pi) by the square of the normal density, which keeps the digits that x^2 loses
        return self._scale(m, x) * m.normal_times(1.0, x) * m.normal_times(1.0, x)

    def second_derivative(self, m: Math, x: T) -> T:
        return -2 * self._scale(m, x) * m.normal_times(1.0, x) * m.normal_times(x, x)

    def _scale(self, m: Math, x: T) -> T:
        """4 sqrt(pi)."""
        return m.sqrt(m.fill(x, 2.0)) * (4 / m.root_two_over_pi())
