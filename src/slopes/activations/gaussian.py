"""Gaussian: a bell, which answers to inputs near 0."""

from slopes.core import Activation, Facts, Math, Paper, T


class Gaussian(Activation):
    """The bell e^(-x^2) of coordinate networks and radial basis functions.

    Examples
    --------
    >>> import slopes
    >>> slopes.gaussian(0.0), slopes.gaussian(2.0)
    (1.0, 0.0183156388887...)
    """

    formula = "exp(-x**2)"
    aliases = ("radial_basis",)
    papers = (
        Paper(
            "Ramasinghe and Lucey",
            2021,
            "Beyond periodicity: towards a unifying framework for activations in coordinate-MLPs",
            "https://arxiv.org/abs/2111.15135",
        ),
    )
    facts = Facts(range=(0, 1), limits=(0, 0), parity="even", lipschitz=0.8577638849607068)

    # e^(-x^2) is the square of e^(-x^2 / 2), for which the normal density keeps the digits that x^2 loses.

    def value(self, m: Math, x: T) -> T:
        a, b = m.minimum(m.abs(x), 1.0), self._root(m, 1.0, x)
        return m.where(m.less(a, 1.0), m.exp(-a * a), b * b)

    def derivative(self, m: Math, x: T) -> T:
        return -2 * self._root(m, x, x) * self._root(m, 1.0, x)

    def second_derivative(self, m: Math, x: T) -> T:
        return self._root(m, 4 * x * x - 2, x) * self._root(m, 1.0, x)

    def _root(self, m: Math, y: T | float, x: T) -> T:
        """The product y e^(-x^2 / 2)."""
        return m.normal_times(y, x) * (2 / m.root_two_over_pi())
