"""CELU: an ELU whose derivative is continuous for every alpha."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class CELU(Activation):
    """The continuously differentiable exponential linear unit, alpha (e^(x / alpha) - 1) below 0.

    Examples
    --------
    >>> import slopes
    >>> slopes.celu(-1.0, alpha=2.0)
    -0.7869386805747332
    """

    alpha: float = parameter(1.0, "the limit at minus infinity is -alpha", above=0, also=(0.5, 3.0))

    formula = "max(x, 0) + min(0, alpha * (exp(x / alpha) - 1))"
    papers = (
        Paper(
            "Barron",
            2017,
            "Continuously differentiable exponential linear units",
            "https://arxiv.org/abs/1704.07483",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.celu", "jax": "jax.nn.celu", "keras": "keras.activations.celu"}
    kinks = "the second derivative at 0 is 1 / alpha"

    @property
    def facts(self) -> Facts:
        return Facts(
            range=(-self.alpha, inf),
            limits=(-self.alpha, inf),
            smooth=1,
            breaks=(0.0,),
            monotone=True,
            convex=True,
            lipschitz=1,
        )

    def value(self, m: Math, x: T) -> T:
        return m.where(m.less(0.0, x), x, self.alpha * m.expm1(m.minimum(x, 0.0) / self.alpha))

    def derivative(self, m: Math, x: T) -> T:
        return m.exp(m.minimum(x, 0.0) / self.alpha)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.where(m.less(0.0, x), 0.0, m.exp(m.minimum(x, 0.0) / self.alpha) / self.alpha)
