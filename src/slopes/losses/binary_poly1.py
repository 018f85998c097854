"""Poly-1 loss of a logit: cross-entropy with its first polynomial term reweighted."""

from math import inf

from slopes.core import Facts, LogitLoss, Math, Paper, T, parameter


class BinaryPoly1(LogitLoss):
    """Binary cross-entropy of a logit plus epsilon (1 - q), q the probability given to the true class.

    A target between 0 and 1 mixes the losses of both classes.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.binary_poly1(np.array([0.0]), np.array([1.0]), epsilon=2.0)
    np.float64(1.6931471805599454)
    """

    epsilon: float = parameter(1.0, "weight of the added term", above=-1, also=(-0.5, 0.0, 3.0))

    formula = (
        "t * (log(1 + exp(-z)) + epsilon / (1 + exp(z))) + "
        "(1 - t) * (log(1 + exp(z)) + epsilon / (1 + exp(-z)))"
    )
    aliases = ("binary_poly_loss",)
    papers = (
        Paper(
            "Leng, Tan, Liu, Cubuk, Shi, Cheng and Anguelov",
            2022,
            "PolyLoss: a polynomial expansion perspective of classification loss functions",
            "https://arxiv.org/abs/2204.12511",
        ),
    )

    @property
    def facts(self) -> Facts:
        e = self.epsilon
        steepest = (1 + e) * (1 + e) / (4 * e) if e > 1 else 1
        return Facts(range=(0, inf), convex=e <= 1, lipschitz=steepest)

    def value(self, m: Math, z: T, t: T) -> T:
        line = m.where(m.less(z, 0.0), m.times(t, -z), m.times(1 - t, z))
        added = t * m.sigmoid(-z) + (1 - t) * m.sigmoid(z)
        return line + m.log1p(m.exp(-m.abs(z))) + self.epsilon * added

    def gradient(self, m: Math, z: T, t: T) -> T:
        # sigmoid(z) - t, from the side where the sigmoid is small
        small = m.sigmoid(-m.abs(z))
        first = m.where(m.less(z, 0.0), small - t, (1 - t) - small)
        return first + self.epsilon * ((1 - t) - t) * (m.sigmoid(m.abs(z)) * small)

    def hessian(self, m: Math, z: T, t: T) -> T:
        s, q = m.sigmoid(-z), m.sigmoid(z)
        return s * q * ((1 - self.epsilon) + 2 * self.epsilon * (t * q + (1 - t) * s))

    def target_gradient(self, m: Math, z: T, t: T) -> T:
        return m.fill(t, -1.0) * z - self.epsilon * m.tanh(0.5 * z)
