"""Serf: the input, gated by the error function of its softplus."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class Serf(Activation):
    """The log-softplus error activation x erf(log(1 + e^x)).

    Examples
    --------
    >>> import slopes
    >>> slopes.serf(1.0)
    0.936721915471...
    """

    formula = "x * erf(log(1 + exp(x)))"
    papers = (
        Paper(
            "Nag, Bhattacharyya, Mukherjee and Kundu",
            2021,
            "SERF: towards better training of deep neural networks using log-softplus error "
            "activation function",
            "https://arxiv.org/abs/2108.09598",
        ),
    )
    facts = Facts(range=(-0.3484374587596064, inf), limits=(0, inf), lipschitz=1.0861254441509972)

    def value(self, m: Math, x: T) -> T:
        return m.sigmoid_times(x * self._gate(m, x), x)

    def derivative(self, m: Math, x: T) -> T:
        return m.sigmoid_times(self._gate(m, x) + self._bell(m, x, x), x)

    def second_derivative(self, m: Math, x: T) -> T:
        s = self._softplus(m, x)
        bend = 2 + x * (m.sigmoid(-x) - 2 * s * m.sigmoid(x))
        return m.sigmoid_times(self._bell(m, bend, x), x)

    def _softplus(self, m: Math, x: T) -> T:
        return m.maximum(x, 0.0) + m.log1p(m.exp(-m.abs(x)))

    def _gate(self, m: Math, x: T) -> T:
        """erf(softplus(x)) / sigmoid(x), which at -80 has reached its limit to all digits."""
        c = m.maximum(x, -80.0)
        return m.erf(self._softplus(m, c)) / m.sigmoid(c)

    def _bell(self, m: Math, y: T, x: T) -> T:
        """The product y erf'(softplus(x)): 4 sqrt(pi) times the square of the normal density."""
        s = self._softplus(m, x)
        scale = m.sqrt(m.fill(x, 2.0)) * (4 / m.root_two_over_pi())
        return scale * m.normal_times(m.normal_times(y, s), s)
