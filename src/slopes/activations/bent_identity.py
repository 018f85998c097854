"""Bent identity: a line that bends from one half to three halves."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T

FAR = 1e17  #: where the curve is two lines to all digits, and no square overflows


class BentIdentity(Activation):
    """The bent line (sqrt(x^2 + 1) - 1) / 2 + x, whose slope rises from 1/2 to 3/2.

    Lists of activations have it without a source; the paper below is that of a library which offers it.

    Examples
    --------
    >>> import slopes
    >>> slopes.bent_identity(0.75), slopes.bent_identity(-0.75)
    (0.875, -0.625)
    """

    formula = "(sqrt(x**2 + 1) - 1) / 2 + x"
    papers = (
        Paper(
            "Unke and Maennel",
            2024,
            "E3x: E(3)-equivariant deep learning made easy",
            "https://arxiv.org/abs/2401.07595",
        ),
    )
    elsewhere = {"e3x": "e3x.nn.bent_identity"}
    facts = Facts(range=(-inf, inf), limits=(-inf, inf), monotone=True, convex=True, lipschitz=1.5)

    def value(self, m: Math, x: T) -> T:
        # sqrt(x^2 + 1) - 1 = x^2 / (sqrt(x^2 + 1) + 1), where nothing cancels. On the left its half takes
        # half of x away, and rounding counts twice: there the root's small excess over |x| is added.
        u = m.maximum(m.minimum(x, FAR), -FAR)
        root = m.sqrt(u * u + 1)
        left = 0.5 * (x + (1 / (root - u) - 1))
        return m.where(m.less(x, -1.0), left, x * (1 + 0.5 * u / (root + 1)))

    def derivative(self, m: Math, x: T) -> T:
        u = m.maximum(m.minimum(x, FAR), -FAR)
        return 1 + 0.5 * u / m.sqrt(u * u + 1)

    def second_derivative(self, m: Math, x: T) -> T:
        root = m.sqrt(x * x + 1)
        return 0.5 / root / root / root  # its cube would overflow first
