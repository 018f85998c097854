"""Logarithm of the normal distribution function: the log-probability of a probit model."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class LogNdtr(Activation):
    """The logarithm of the standard normal distribution function, log(Phi(x)).

    Examples
    --------
    >>> import slopes
    >>> slopes.log_ndtr(-40.0)  # Phi(-40) is 0 in float64
    -804.608442013753...
    >>> slopes.log_ndtr.derivative(-40.0)  # phi(x) / Phi(x), near -x
    40.02496884720...
    """

    formula = "log(ndtr(x))"
    aliases = ("normal_logcdf", "norm_logcdf")
    papers = (Paper("Bliss", 1934, "The method of probits", "https://doi.org/10.1126/science.79.2037.38"),)
    elsewhere = {
        "torch": "torch.special.log_ndtr",
        "jax": "jax.scipy.special.log_ndtr",
        "scipy": "scipy.special.log_ndtr",
    }
    facts = Facts(range=(-inf, 0), limits=(-inf, 0), monotone=True)

    def value(self, m: Math, x: T) -> T:
        return m.log_ndtr(x)

    def derivative(self, m: Math, x: T) -> T:
        return m.inverse_mills(x)

    def second_derivative(self, m: Math, x: T) -> T:
        excess = m.mills_excess(x)
        # above 0 one rounding where the density is subnormal; far below 0 the limit, not infinity times 0
        below = m.where(m.less(-1e9, x), m.inverse_mills(x) * excess, 1.0)
        above = m.normal_times(excess / m.ndtr_times(1.0, m.abs(x)), x)
        return -m.where(m.less(x, 0.0), below, above)
