"""Focal loss of a logit: cross-entropy that looks away from what is easy."""

from math import inf

from slopes.core import Facts, LogitLoss, Math, Paper, T, parameter
from slopes.losses.focusing import bend, cost, fall, steepest


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
