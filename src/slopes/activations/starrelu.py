"""StarReLU: a squared ReLU, scaled and shifted so that normal inputs keep mean 0 and variance 1."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class StarReLU(Activation):
    """The learned scale max(x, 0)^2 + bias; the defaults make E f(z) = 0 and E f(z)^2 = 1 to 4 digits.

    Examples
    --------
    >>> import slopes
    >>> slopes.starrelu(2.0, scale=1.0, bias=-0.5)
    3.5
    """

    scale: float = parameter(0.8944, "learned factor", above=0, also=(1.0,), learnable=True)
    bias: float = parameter(-0.4472, "learned summand", also=(0.0, 1.0), learnable=True)

    formula = "scale * max(x, 0)**2 + bias"
    aliases = ("star_relu",)
    papers = (
        Paper(
            "Yu, Si, Zhou, Luo, Zhou, Feng, Yan and Wang",
            2022,
            "MetaFormer baselines for vision",
            "https://arxiv.org/abs/2210.13452",
        ),
    )
    kinks = "the second derivative at 0 is 0"
    trains = True

    @property
    def facts(self) -> Facts:
        ends = (self.bias, inf)
        return Facts(range=ends, limits=ends, smooth=1, breaks=(0.0,), monotone=True, convex=True)

    def value(self, m: Math, x: T) -> T:
        r = m.maximum(x, 0.0)
        return self.scale * r * r + self.bias

    def derivative(self, m: Math, x: T) -> T:
        return 2 * self.scale * m.maximum(x, 0.0)

    def second_derivative(self, m: Math, x: T) -> T:
        return 2 * self.scale * m.step(x)

    def parameter_derivative(self, m: Math, x: T, name: str) -> T:
        r = m.maximum(x, 0.0)
        return r * r if name == "scale" else m.fill(x, 1.0)
