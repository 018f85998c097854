"""Log-cosh: the logarithm of the hyperbolic cosine, as an activation."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class LogCoshActivation(Activation):
    """The smooth absolute value log(cosh(x)), of networks that stand for quantum states.

    The loss `log_cosh` is this curve of a residual.

    Examples
    --------
    >>> import slopes
    >>> slopes.log_cosh_activation(1.0)
    0.433780830483...
    >>> slopes.log_cosh_activation(1000.0)  # cosh(1000) is infinite
    999.306852819440...
    """

    formula = "log((exp(x) + exp(-x)) / 2)"
    aliases = ("lncosh",)
    papers = (
        Paper(
            "Carleo and Troyer",
            2017,
            "Solving the quantum many-body problem with artificial neural networks",
            "https://arxiv.org/abs/1606.02318",
        ),
    )
    elsewhere = {"netket": "netket.nn.log_cosh"}
    facts = Facts(range=(0, inf), limits=(inf, inf), convex=True, parity="even", lipschitz=1)

    def value(self, m: Math, x: T) -> T:
        # cosh^2 = 1 / (1 - tanh^2): near 0 nothing is subtracted; beyond 1 the tanh has lost its tail
        a = m.abs(x)
        t = m.tanh(x)
        near = -0.5 * m.log1p(-t * t)
        far = a + (m.log1p(m.exp(-2 * a)) - m.log(m.fill(a, 2.0)))
        return m.where(m.less(a, 1.0), near, far)

    def derivative(self, m: Math, x: T) -> T:
        return m.tanh(x)

    def second_derivative(self, m: Math, x: T) -> T:
        # 1 - tanh^2 cancels; the same number is 4 sigmoid(2 x) sigmoid(-2 x)
        return m.sigmoid_times(m.sigmoid_times(4.0, 2 * x), -2 * x)
