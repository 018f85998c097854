"""Focal loss of a logit: cross-entropy that looks away from what is easy."""

from math import exp, inf, log1p

from slopes.core import Facts, LogitLoss, Math, Paper, T, parameter


def steepest(gamma: float) -> float:
    """The largest slope of sigmoid(-z)^gamma log(1 + e^-z), where its second derivative is 0."""
    low, high = -60.0 - gamma, 60.0
    for _ in range(200):
        z = (low + high) / 2
        s, cost = 1 / (1 + exp(z)), max(-z, 0.0) + log1p(exp(-abs(z)))
        bend = gamma * gamma * (1 - s) * cost + s * (1 + 2 * gamma - gamma * cost)
        low, high = (z, high) if bend < 0 else (low, z)
    return float(s**gamma) * (gamma * (1 - s) * cost + s)


class Focal(LogitLoss):
    """Binary cross-entropy of a logit, times (1 - q)^gamma, q the probability given to the true class.

    `alpha` weights the class 1, and `1 - alpha` the class 0. A target between 0 and 1 mixes the two losses.

    Examples
    --------
    >>> import slopes
    >>> slopes.focal(0.0, 1.0)  # a quarter of log(2)
    0.17328679513998632
    """

    gamma: float = parameter(2.0, "how much easy examples are played down", at_least=0, also=(0.0, 1.0, 5.0))
    alpha: float = parameter(-1.0, "weight of class 1; below 0 none is weighted", at_most=1, also=(0.25,))

    formula = (
        "(alpha if alpha >= 0 else 1) * t * (1 + exp(z))**-gamma * log(1 + exp(-z)) + "
        "(1 - alpha if alpha >= 0 else 1) * (1 - t) * (1 + exp(-z))**-gamma * log(1 + exp(z))"
    )
    aliases = ("binary_focal", "sigmoid_focal", "sigmoid_focal_loss", "focal_loss")
    papers = (
        Paper(
            "Lin, Goyal, Girshick, He and Dollár",
            2017,
            "Focal loss for dense object detection",
            "https://arxiv.org/abs/1708.02002",
        ),
    )
    elsewhere = {"torchvision": "torchvision.ops.sigmoid_focal_loss"}

    @property
    def facts(self) -> Facts:
        heavier = max(self.alpha, 1 - self.alpha) if self.alpha >= 0 else 1
        steep = heavier * (steepest(self.gamma) if self.gamma > 0 else 1)
        return Facts(range=(0, inf), convex=self.gamma == 0, lipschitz=steep)

    def value(self, m: Math, z: T, t: T) -> T:
        one, zero = self._weights(m, z)
        return m.times(t, one * cost(m, z, self.gamma)) + m.times(1 - t, zero * cost(m, -z, self.gamma))

    def gradient(self, m: Math, z: T, t: T) -> T:
        one, zero = self._weights(m, z)
        return (1 - t) * (zero * fall(m, -z, self.gamma)) - t * (one * fall(m, z, self.gamma))

    def hessian(self, m: Math, z: T, t: T) -> T:
        one, zero = self._weights(m, z)
        return t * (one * bend(m, z, self.gamma)) + (1 - t) * (zero * bend(m, -z, self.gamma))

    def target_gradient(self, m: Math, z: T, t: T) -> T:
        one, zero = self._weights(m, z)
        return one * cost(m, z, self.gamma) - zero * cost(m, -z, self.gamma)

    def _weights(self, m: Math, z: T) -> tuple[T, T]:
        given = m.fill(z, self.alpha)
        return m.where(m.less(given, 0.0), 1.0, given), m.where(m.less(given, 0.0), 1.0, 1 - given)


def cost(m: Math, z: T, gamma: float) -> T:
    """Return sigmoid(-z)^gamma log(1 + e^-z), the focal loss of the true class."""
    return m.times(m.power(m.sigmoid(-z), gamma), log1p_exp(m, -z))


def fall(m: Math, z: T, gamma: float) -> T:
    """Return minus its derivative."""
    s = m.sigmoid(-z)
    return m.power(s, gamma) * (gamma * m.times(m.sigmoid(z), log1p_exp(m, -z)) + s)


def bend(m: Math, z: T, gamma: float) -> T:
    """Return its second derivative."""
    s, loss = m.sigmoid(-z), log1p_exp(m, -z)
    inner = gamma * gamma * m.times(m.sigmoid(z), loss) + s * (1 + 2 * gamma - gamma * loss)
    return m.sigmoid_times(m.power(s, gamma) * inner, z)  # sigmoid(z) last: it may be subnormal


def log1p_exp(m: Math, z: T) -> T:
    """Return log(1 + e^z)."""
    return m.maximum(z, 0.0) + m.log1p(m.exp(-m.abs(z)))
