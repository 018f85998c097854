"""Exponential: e to the input, the positive output of a log-linear model."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class Exponential(Activation):
    """The exponential e^x, which makes an output positive: a rate, a count, a scale.

    Examples
    --------
    >>> import slopes
    >>> slopes.exponential(1.0)
    2.718281828459045
    """

    formula = "exp(x)"
    aliases = ("exp",)
    papers = (
        Paper("Nelder and Wedderburn", 1972, "Generalized linear models", "https://doi.org/10.2307/2344614"),
    )
    elsewhere = {
        "torch": "torch.exp",
        "jax": "jax.numpy.exp",
        "numpy": "numpy.exp",
        "keras": "keras.activations.exponential",
    }
    facts = Facts(range=(0, inf), limits=(0, inf), monotone=True, convex=True)

    def value(self, m: Math, x: T) -> T:
        return m.exp(x)

    def derivative(self, m: Math, x: T) -> T:
        return m.exp(x)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.exp(x)
