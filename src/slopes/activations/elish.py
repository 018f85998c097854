"""ELiSH: a SiLU for positive inputs and an ELU times a sigmoid for negative ones."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class ELiSH(Activation):
    """The exponential linear sigmoid squashing: x sigmoid(x), and (e^x - 1) sigmoid(x) for negative x.

    Examples
    --------
    >>> import slopes
    >>> slopes.elish(1.0), slopes.elish(-1.0)
    (0.731058578630..., -0.1700034015...)
    """

    formula = "(x if x > 0 else exp(x) - 1) / (1 + exp(-x))"
    papers = (
        Paper(
            "Basirat and Roth",
            2018,
            "The quest for the golden activation function",
            "https://arxiv.org/abs/1808.00783",
        ),
    )
    kinks = "the second derivative at 0 is that from the left, 1"
    facts = Facts(
        range=(-0.17157287525380990, inf),
        limits=(0, inf),
        smooth=1,
        breaks=(0.0,),
        lipschitz=1.0998393201288669,
    )

    def value(self, m: Math, x: T) -> T:
        return m.sigmoid_times(m.where(m.less(0.0, x), x, m.expm1(m.minimum(x, 0.0))), x)

    def derivative(self, m: Math, x: T) -> T:
        n = m.minimum(x, 0.0)
        left = m.exp(n) + m.expm1(n) * m.sigmoid(-n)
        return m.sigmoid_times(m.where(m.less(0.0, x), 1 + m.sigmoid_times(x, -x), left), x)

    def second_derivative(self, m: Math, x: T) -> T:
        e, s = m.exp(m.minimum(x, 0.0)), m.sigmoid(-m.minimum(x, 0.0))
        left = (e * (e * (e + 3) + 5) - 1) * s * s
        return m.sigmoid_times(m.where(m.less(0.0, x), m.sigmoid_times(2 - x * m.tanh(0.5 * x), -x), left), x)
