"""APTx: the input times a tanh that is shifted by alpha."""

from slopes.activations.acon_c import AconC
from slopes.core import Activation, Facts, Math, Paper, T, parameter


class APTx(Activation):
    """The alpha plus tanh times: (alpha + tanh(beta x)) gamma x, by default x sigmoid(2 x).

    Examples
    --------
    >>> import slopes
    >>> slopes.aptx(1.0)
    0.8807970779778...
    >>> slopes.aptx(-30.0)  # 1 + tanh(x) would be 0
    -2.62695322880...e-25
    """

    alpha: float = parameter(1.0, "what is added to the tanh", also=(0.5, -0.875, 3.0), learnable=True)
    beta: float = parameter(1.0, "how sharp the tanh is", above=0, also=(0.5,), learnable=True)
    gamma: float = parameter(0.5, "a factor of the whole", above=0, also=(1.0, 0.3), learnable=True)

    formula = "(alpha + tanh(beta * x)) * gamma * x"
    aliases = ("alpha_plus_tanh_times",)
    papers = (
        Paper(
            "Kumar",
            2022,
            "APTx: better activation function than MISH, SWISH, and ReLU's variants used in deep learning",
            "https://arxiv.org/abs/2209.06119",
        ),
    )
    elsewhere = {"aptx_activation": "aptx_activation.APTx"}

    # alpha + tanh(u / 2) = (alpha + 1) sigmoid(u) + (alpha - 1) sigmoid(-u), of which alpha = 1 leaves one

    @property
    def facts(self) -> Facts:
        p1, p2 = self.gamma * (self.alpha + 1), self.gamma * (self.alpha - 1)
        return AconC(p1=p1, p2=p2, beta=self.beta / self.gamma).facts

    def value(self, m: Math, x: T) -> T:
        return self._gated(m, m.times(self.gamma, x), 2 * m.times(self.beta, x))

    def derivative(self, m: Math, x: T) -> T:
        up, down, u = self.gamma * (self.alpha + 1), self.gamma * (self.alpha - 1), 2 * m.times(self.beta, x)
        one = m.sigmoid_times(m.times(up, 1 + m.sigmoid_times(u, -u)), u)
        return one + m.sigmoid_times(m.times(down, 1 - m.sigmoid_times(u, u)), -u)

    def second_derivative(self, m: Math, x: T) -> T:
        u = 2 * m.times(self.beta, x)
        bend = 4 * self.gamma * self.beta * (2 - u * m.tanh(0.5 * u))
        return m.sigmoid_times(m.sigmoid_times(bend, u), -u)

    def parameter_derivative(self, m: Math, x: T, name: str) -> T:
        u = 2 * m.times(self.beta, x)
        if name == "alpha":
            return self.gamma * x
        if name == "beta":
            return m.sigmoid_times(m.sigmoid_times(4 * self.gamma * x * x, u), -u)
        return self._gated(m, x, u)

    def _gated(self, m: Math, y: T, u: T) -> T:
        """The product y (alpha + tanh(u / 2))."""
        return m.sigmoid_times(m.times(self.alpha + 1, y), u) + m.sigmoid_times(
            m.times(self.alpha - 1, y), -u
        )
