"""Cloglog: the inverse of the complementary log-log link, a sigmoid that rises faster than it falls."""

from slopes.core import Activation, Facts, Math, Paper, T


class Cloglog(Activation):
    """The probability 1 - e^(-e^x): that of at least one event where e^x are expected.

    Examples
    --------
    >>> import slopes
    >>> slopes.cloglog(0.0)
    0.6321205588285577
    >>> slopes.cloglog(-40.0)  # 1 - e^(-e^x) would be 0
    4.248354255291589e-18
    """

    formula = "1 - exp(-exp(x))"
    aliases = ("complementary_log_log",)
    papers = (
        Paper(
            "Fisher",
            1922,
            "On the mathematical foundations of theoretical statistics",
            "https://doi.org/10.1098/rsta.1922.0009",
        ),
    )
    facts = Facts(range=(0, 1), limits=(0, 1), monotone=True, lipschitz=0.36787944117144233)

    def value(self, m: Math, x: T) -> T:
        return -m.expm1(-m.exp(x))

    def derivative(self, m: Math, x: T) -> T:
        e = m.exp(x)
        return m.sigmoid_times(
            e * (1 + m.exp(-e)), -e
        )  # y sigmoid(-e) (1 + 1 / e^e) = y / e^e, also at infinity

    def second_derivative(self, m: Math, x: T) -> T:
        e = m.exp(x)
        return m.sigmoid_times(-m.expm1(x) * e * (1 + m.exp(-e)), -e)
