"""Logit: the logarithm of the odds, the inverse of the sigmoid."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class Logit(Activation):
    """The log-odds log(x / (1 - x)) of a probability x; -inf at 0, inf at 1, NaN outside.

    A float just below 1 has lost most digits of 1 - x: where the logit is known, keep it, and not its
    sigmoid.

    Examples
    --------
    >>> import slopes
    >>> round(slopes.logit(0.75), 12)
    1.098612288668
    >>> slopes.logit(0.5 + 1e-9)  # log(x / (1 - x)) is 3.99999987887e-09
    3.999999886872274e-09
    """

    formula = "log(x / (1 - x))"
    aliases = ("log_odds",)
    papers = (
        Paper(
            "Berkson",
            1944,
            "Application of the logistic function to bio-assay",
            "https://doi.org/10.1080/01621459.1944.10500699",
        ),
    )
    elsewhere = {"torch": "torch.logit", "jax": "jax.scipy.special.logit", "scipy": "scipy.special.logit"}
    facts = Facts(domain=(0, 1), range=(-inf, inf), limits=(-inf, inf), monotone=True)

    def value(self, m: Math, x: T) -> T:
        # The smaller of x and 1 - x is exact from 1/4 to 3/4, and so is 2 x - 1; further out the odds are far
        # from 1, and the other quotient would overflow for a subnormal x.
        low, off = m.minimum(x, 1 - x), 2 * x - 1
        middle = m.log1p(m.abs(off) / low)
        outer = -m.log(low / m.maximum(x, 1 - x))
        return m.sign(off) * m.where(m.less(low, 0.25), outer, middle)

    def derivative(self, m: Math, x: T) -> T:
        product = x * (1 - x)
        return m.where(m.less(product, 0.0), m.sqrt(product), 1 / m.abs(product))  # NaN outside

    def second_derivative(self, m: Math, x: T) -> T:
        first = self.derivative(m, x)
        return (2 * x - 1) * first * first
