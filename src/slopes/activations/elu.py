"""ELU: the input, and an exponential that saturates for negative inputs."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class ELU(Activation):
    """The exponential linear unit: x where it is positive, alpha (e^x - 1) elsewhere.

    Examples
    --------
    >>> import slopes
    >>> slopes.elu(-1.0)
    -0.6321205588285577
    >>> slopes.elu(-1e-9)  # e^x - 1 would keep 8 digits of it
    -9.999999995e-10
    """

    alpha: float = parameter(1.0, "the limit at minus infinity is -alpha", at_least=0, also=(0.5, 2.0, 0.0))

    formula = "x if x > 0 else alpha * (exp(x) - 1)"
    aliases = ("exponential_linear_unit",)
    papers = (
        Paper(
            "Clevert, Unterthiner and Hochreiter",
            2016,
            "Fast and accurate deep network learning by exponential linear units (ELUs)",
            "https://arxiv.org/abs/1511.07289",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.elu", "jax": "jax.nn.elu", "keras": "keras.activations.elu"}
    kinks = "the derivative and the second derivative at 0 are alpha"

    @property
    def facts(self) -> Facts:
        return Facts(
            range=(-self.alpha, inf),
            limits=(-self.alpha, inf),
            smooth=1 if self.alpha == 1 else 0,
            breaks=(0.0,),
            monotone=True,
            convex=self.alpha <= 1,
            lipschitz=max(1, self.alpha),
        )

    def value(self, m: Math, x: T) -> T:
        return m.where(m.less(0.0, x), x, self.alpha * m.expm1(m.minimum(x, 0.0)))

    def derivative(self, m: Math, x: T) -> T:
        return m.where(m.less(0.0, x), 1.0, self.alpha * m.exp(m.minimum(x, 0.0)))

    def second_derivative(self, m: Math, x: T) -> T:
        return m.where(m.less(0.0, x), 0.0, self.alpha * m.exp(m.minimum(x, 0.0)))
