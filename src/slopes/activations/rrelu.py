"""RReLU: a leaky ReLU whose slope is random while it trains."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class RReLU(Activation):
    """The randomized leaky ReLU as networks use it after training: its negative slope is the mean one.

    This is what PyTorch computes unless `training=True`. For training draw the slopes, with your own seed,
    and give them to `prelu`, whose slope may be an array:

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.rrelu(-4.0, lower=0.25, upper=0.75)
    -2.0
    >>> x = np.array([-4.0, 2.0])
    >>> slopes.prelu(x, slope=np.random.default_rng(0).uniform(1 / 8, 1 / 3, x.shape))
    array([-1.0308..., 2. ])
    """

    lower: float = parameter(0.125, "the smallest negative slope", at_least=0, below=1, also=(0.0,))
    upper: float = parameter(1 / 3, "the largest negative slope", at_least=0, below=1, also=(0.5,))

    formula = "x if x > 0 else x * (lower + upper) / 2"
    aliases = ("randomized_leaky_relu",)
    papers = (
        Paper(
            "Xu, Wang, Chen and Li",
            2015,
            "Empirical evaluation of rectified activations in convolutional network",
            "https://arxiv.org/abs/1505.00853",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.rrelu"}
    kinks = "the derivative at 0 is the negative slope"

    @property
    def facts(self) -> Facts:
        low = -inf if self.lower + self.upper else 0
        return Facts(
            range=(low, inf),
            limits=(low, inf),
            smooth=0,
            breaks=(0.0,),
            monotone=True,
            convex=True,
            lipschitz=1,
        )

    def value(self, m: Math, x: T) -> T:
        return m.where(m.less(0.0, x), x, m.times(0.5 * (self.lower + self.upper), x))

    def derivative(self, m: Math, x: T) -> T:
        return m.step(x) + 0.5 * (self.lower + self.upper) * (1.0 - m.step(x))

    def second_derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)
