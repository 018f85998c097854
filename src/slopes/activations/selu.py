"""SELU: a scaled ELU whose constants keep mean 0 and variance 1 from layer to layer."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T

SCALE = 1.0507009873554805
ALPHA = 1.6732632423543772


class SELU(Activation):
    """The scaled exponential linear unit, at the constants for which networks normalise themselves.

    Examples
    --------
    >>> import slopes
    >>> slopes.selu(1.0), slopes.selu(-1.0)
    (1.0507009873554805, -1.1113307378125625)
    """

    formula = "1.0507009873554805 * (x if x > 0 else 1.6732632423543772 * (exp(x) - 1))"
    aliases = ("scaled_exponential_linear_unit",)
    papers = (
        Paper(
            "Klambauer, Unterthiner, Mayr and Hochreiter",
            2017,
            "Self-normalizing neural networks",
            "https://arxiv.org/abs/1706.02515",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.selu", "jax": "jax.nn.selu", "keras": "keras.activations.selu"}
    kinks = "the derivative at 0 is that from the left, 1.758"
    facts = Facts(
        range=(-1.7580993408473769, inf),
        limits=(-1.7580993408473769, inf),
        smooth=0,
        breaks=(0.0,),
        monotone=True,
        lipschitz=1.7580993408473769,
    )

    def value(self, m: Math, x: T) -> T:
        return SCALE * m.where(m.less(0.0, x), x, ALPHA * m.expm1(m.minimum(x, 0.0)))

    def derivative(self, m: Math, x: T) -> T:
        return SCALE * m.where(m.less(0.0, x), 1.0, ALPHA * m.exp(m.minimum(x, 0.0)))

    def second_derivative(self, m: Math, x: T) -> T:
        return SCALE * m.where(m.less(0.0, x), 0.0, ALPHA * m.exp(m.minimum(x, 0.0)))
