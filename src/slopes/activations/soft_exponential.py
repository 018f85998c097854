"""Soft exponential: from a logarithm through the identity to an exponential, by one learned number."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class SoftExponential(Activation):
    """A logarithm at alpha = -1, the identity at 0, an exponential at 1, and what lies between.

    For a negative alpha it is defined from 1 / alpha - alpha on; below it is NaN. At alpha = 0 it has a
    derivative in alpha, but no second one.

    Examples
    --------
    >>> import slopes
    >>> slopes.soft_exponential(2.0, alpha=1.0), slopes.soft_exponential(2.0, alpha=-1.0)
    (7.389056098930..., 0.693147180559...)
    """

    alpha: float = parameter(
        0.0, "-1 is a logarithm, 1 an exponential", also=(1.0, 0.5, -0.5, -1.0), learnable=True
    )

    formula = (
        "x if alpha == 0 else (exp(alpha * x) - 1) / alpha + alpha if alpha > 0 else "
        "-log(1 - alpha * (x + alpha)) / alpha"
    )
    papers = (
        Paper(
            "Godfrey and Gashler",
            2016,
            "A continuum among logarithmic, linear, and exponential functions, and its potential to improve "
            "generalization in neural networks",
            "https://arxiv.org/abs/1602.01321",
        ),
    )
    trains = True

    @property
    def facts(self) -> Facts:
        a = self.alpha
        low = 1 / a - a if a < 0 else -inf
        least = a - 1 / a if a > 0 else -inf
        return Facts(
            domain=(low, inf),
            range=(least, inf),
            limits=(least, inf),
            monotone=True,
            convex=a >= 0,
            parity="" if a else "odd",
            lipschitz=inf if a else 1,
        )

    def value(self, m: Math, x: T) -> T:
        a, u, w, rest = self._terms(m, x)
        square = (1 - a) * (1 + a)
        rise = m.where(m.less(u, -0.7), m.exp(u) - square, m.expm1(u) + a * a)
        fall = -m.where(m.less(w, -0.5), m.log(rest), m.log1p(m.maximum(w, -0.5)))
        curved = m.where(m.less(0.0, a), rise, fall) / m.where(m.equal(a, 0.0), 1.0, a)
        return m.where(m.equal(a, 0.0), x, curved)

    def derivative(self, m: Math, x: T) -> T:
        _, u, _, rest = self._terms(m, x)
        return m.exp(u) / m.where(m.less(rest, 0.0), m.sqrt(rest), rest)  # NaN outside

    def second_derivative(self, m: Math, x: T) -> T:
        a, u, _, rest = self._terms(m, x)
        return a * m.exp(u) / m.where(m.less(rest, 0.0), m.sqrt(rest), rest) / rest

    def parameter_derivative(self, m: Math, x: T, name: str) -> T:
        a, u, w, rest = self._terms(m, x)
        b = m.where(m.equal(a, 0.0), 1.0, a)
        c = m.maximum(u, -800.0)
        rise = m.where(m.less(m.abs(u), 1.0), u * m.expm1(u) - m.expm1_excess(u), (c - 1) * m.exp(c) + 1)
        fall = w * (w / rest) - m.log1p_excess(w)
        bent = m.where(m.less(0.0, a), rise, fall) / b / b
        return 1 / rest + m.where(m.equal(a, 0.0), 0.5 * x * x, bent)

    def _terms(self, m: Math, x: T) -> tuple[T, T, T, T]:
        """Return alpha, u = alpha x, w = -alpha (x + alpha) and 1 + w.

        The u of a negative alpha is 0, and so is the w of a positive one: no branch overflows in vain. The
        sum x + alpha is exact where w is about 0. Where w is about -1, the end of the domain, 1 + w is
        written so that only alpha x is rounded.
        """
        a = m.fill(x, 1.0) * self.alpha
        n = m.minimum(a, 0.0)
        u, w = m.times(m.maximum(a, 0.0), x), -m.times(n, x + n)
        return a, u, w, m.where(m.less(w, -0.5), (1 - n) * (1 + n) - m.times(n, x), 1 + w)
