"""Normal distribution function: the inverse of the probit link."""

from slopes.core import Activation, Facts, Math, Paper, T


class Ndtr(Activation):
    """The standard normal distribution function Phi(x), the probability of a probit model.

    Examples
    --------
    >>> import slopes
    >>> slopes.ndtr(1.0)
    0.8413447460685429
    >>> slopes.ndtr(-10.0)
    7.61985302416052...e-24
    """

    formula = "(1 + erf(x / sqrt(2))) / 2"
    aliases = ("normal_cdf", "norm_cdf", "inverse_probit")
    papers = (Paper("Bliss", 1934, "The method of probits", "https://doi.org/10.1126/science.79.2037.38"),)
    elsewhere = {
        "torch": "torch.special.ndtr",
        "jax": "jax.scipy.special.ndtr",
        "scipy": "scipy.special.ndtr",
    }
    facts = Facts(range=(0, 1), limits=(0, 1), monotone=True, lipschitz=0.3989422804014327)

    def value(self, m: Math, x: T) -> T:
        return m.ndtr_times(1.0, x)

    def derivative(self, m: Math, x: T) -> T:
        return m.normal_times(1.0, x)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.normal_times(-x, x)
