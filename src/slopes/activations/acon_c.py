"""ACON-C: a smooth maximum of two lines through 0."""

from math import exp, inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter

STEEP = 1.0998393201288669  #: the largest derivative of x sigmoid(x); the smallest is 1 - STEEP
LOW = 1.2784645427610738  #: minus where it is smallest


def lowest(flat: float, steep: float) -> float:
    """The minimum of flat u + (steep - flat) u sigmoid(u), for flat <= 0 <= steep."""
    below, above = -LOW, LOW
    for _ in range(100):
        u = (below + above) / 2
        s = 1 / (1 + exp(-u))
        slope = flat + (steep - flat) * s * (1 + u * (1 - s))
        below, above = (u, above) if slope < 0 else (below, u)
    return u * (flat + (steep - flat) * s)


class AconC(Activation):
    """The line p2 x, turning into the line p1 x by the gate sigmoid(beta (p1 - p2) x).

    It is a smooth maximum of the two lines: a smooth leaky ReLU, and with p2 = 0 the SiLU. All three are
    meant to be learned, by channel.

    Examples
    --------
    >>> import slopes
    >>> slopes.acon_c(2.0), slopes.acon_c(-2.0)
    (1.72636171..., -0.77363828...)
    """

    p1: float = parameter(1.0, "one slope", also=(-0.5,), learnable=True)
    p2: float = parameter(0.25, "the other slope", also=(0.0, 1.0, -0.25), learnable=True)
    beta: float = parameter(1.0, "how sharp the gate is", above=0, also=(2.0,), learnable=True)

    formula = "p2 * x + (p1 - p2) * x / (1 + exp(-beta * (p1 - p2) * x))"
    aliases = ("acon",)
    papers = (
        Paper(
            "Ma, Zhang, Liu and Sun",
            2021,
            "Activate or not: learning customized activation",
            "https://arxiv.org/abs/2009.04759",
        ),
    )
    trains = True

    @property
    def facts(self) -> Facts:
        flat, steep = sorted((self.p1, self.p2))
        span = steep - flat
        low = lowest(flat, steep) / (self.beta * span) if flat <= 0 <= steep and span else -inf
        return Facts(
            range=(low, inf),
            limits=(-inf * flat if flat else 0, inf * steep if steep else 0),
            monotone=flat + (1 - STEEP) * span >= 0,
            convex=span == 0,
            parity="odd" if span == 0 else "even" if flat == -steep else "",
            lipschitz=max(abs(flat + STEEP * span), abs(flat + (1 - STEEP) * span)),
        )

    def value(self, m: Math, x: T) -> T:
        _, u = self._gate(m, x)
        return m.sigmoid_times(m.times(self.p1, x), u) + m.sigmoid_times(m.times(self.p2, x), -u)

    def derivative(self, m: Math, x: T) -> T:
        _, u = self._gate(m, x)
        one = m.sigmoid_times(m.times(self.p1, 1 + m.sigmoid_times(u, -u)), u)
        return one + m.sigmoid_times(m.times(self.p2, 1 - m.sigmoid_times(u, u)), -u)

    def second_derivative(self, m: Math, x: T) -> T:
        d, u = self._gate(m, x)
        bend = 2 - u * m.tanh(0.5 * u)
        return m.sigmoid_times(m.sigmoid_times(self.beta * d * d * bend, u), -u)

    def parameter_derivative(self, m: Math, x: T, name: str) -> T:
        d, u = self._gate(m, x)
        if name == "beta":
            return m.sigmoid_times(m.sigmoid_times((d * x) * (d * x), u), -u)
        # x (sigmoid(u) + u sigmoid'(u)) for p1; for p2 the rest of x
        gate = m.sigmoid_times(x * (1 + m.sigmoid_times(u, -u)), u)
        return gate if name == "p1" else m.sigmoid_times(x * (1 - m.sigmoid_times(u, u)), -u)

    def _gate(self, m: Math, x: T) -> tuple[T, T]:
        """The difference of the slopes, and what the gate is the sigmoid of."""
        d = m.fill(x, 1.0) * (self.p1 - self.p2)
        return d, m.times(self.beta * d, x)
