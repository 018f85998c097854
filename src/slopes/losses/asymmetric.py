"""Asymmetric loss: focal losses of two strengths, easy negatives being dropped."""

from math import exp, inf, log1p

from slopes.core import Facts, LogitLoss, Math, Paper, T, parameter
from slopes.losses.focusing import bend, cost, fall, largest, steepest


class Asymmetric(LogitLoss):
    """Focal loss with an exponent of its own for each class; a negative below the probability `clip` is free.

    For the class 0 it is s^gamma_negative (-log(1 - s)), s = max(p - clip, 0), p the predicted probability.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.asymmetric(np.array([-4.0, 0.0]), np.zeros(2), reduction="none").round(6)
    array([0.      , 0.024515])
    """

    gamma_negative: float = parameter(4.0, "how much easy 0s are played down", at_least=1, also=(1.0, 2.5))
    gamma_positive: float = parameter(1.0, "how much easy 1s are", at_least=0, also=(0.0,))
    clip: float = parameter(0.05, "what is taken off the probability of a 0", above=0, below=1, also=(0.2,))

    formula = (
        "t * (1 + exp(z))**-gamma_positive * log(1 + exp(-z))"
        " - (1 - t) * max(1 / (1 + exp(-z)) - clip, 0)**gamma_negative"
        " * log(1 - max(1 / (1 + exp(-z)) - clip, 0))"
    )
    aliases = ("asl", "asymmetric_loss")
    papers = (
        Paper(
            "Ridnik, Ben-Baruch, Zamir, Noy, Friedman, Protter and Zelnik-Manor",
            2021,
            "Asymmetric loss for multi-label classification",
            "https://arxiv.org/abs/2009.14119",
        ),
    )
    kinks = "where p = clip all derivatives are 0"

    @property
    def facts(self) -> Facts:
        def slope(z: float) -> float:
            p = 1 / (1 + exp(-z))
            s = max(p - self.clip, 0.0)
            kept = s ** (self.gamma_negative - 1)
            return float(kept * (s / (1 - s) - self.gamma_negative * log1p(-s)) * p * (1 - p))

        positive = steepest(self.gamma_positive) if self.gamma_positive else 1.0
        return Facts(range=(0, inf), lipschitz=max(positive, largest(slope, -8.0, 12.0)))

    def value(self, m: Math, z: T, t: T) -> T:
        s, loss = self._kept(m, z)
        zero = m.power(s, self.gamma_negative) * loss
        return m.times(t, cost(m, z, self.gamma_positive)) + m.times(1 - t, zero)

    def gradient(self, m: Math, z: T, t: T) -> T:
        return (1 - t) * self._slope(m, z) - t * fall(m, z, self.gamma_positive)

    def hessian(self, m: Math, z: T, t: T) -> T:
        return t * bend(m, z, self.gamma_positive) + (1 - t) * self._bend(m, z)

    def target_gradient(self, m: Math, z: T, t: T) -> T:
        s, loss = self._kept(m, z)
        return cost(m, z, self.gamma_positive) - m.power(s, self.gamma_negative) * loss

    def _kept(self, m: Math, z: T) -> tuple[T, T]:
        """The probability s that is left of class 1, and -log(1 - s)."""
        p = m.where(m.less(0.0, z), 1 - m.sigmoid(-z), m.sigmoid(z))  # what is nearer to 1 keeps more digits
        s = m.maximum(p - self.clip, 0.0)
        return s, m.where(m.less(s, 0.5), -m.log1p(-s), -m.log(self._rest(m, z)))

    def _rest(self, m: Math, z: T) -> T:
        """1 - s without cancellation, where s > 0."""
        return m.sigmoid(-z) + self.clip

    def _slope(self, m: Math, z: T) -> T:
        # s^(gamma - 1) (gamma loss + s / (1 - s)) p (1 - p)
        (s, loss), g = self._kept(m, z), self.gamma_negative
        inner = g * loss + s / self._rest(m, z)
        return m.sigmoid_times(m.sigmoid_times(m.power(s, g - 1) * inner, z), -z)

    def _bend(self, m: Math, z: T) -> T:
        (s, loss), g, rest = self._kept(m, z), self.gamma_negative, self._rest(m, z)
        base = m.where(m.less(0.0, s), s, m.fill(s, 1.0))
        first = m.power(s, g - 1) * (g * loss + s / rest)
        second = m.power(s, g - 1) * (g * (g - 1) * (loss / base) + (2 * g + s / rest) / rest)
        inner = m.sigmoid_times(m.sigmoid_times(second, z), -z) - first * m.tanh(0.5 * z)
        return m.step(s) * m.sigmoid_times(m.sigmoid_times(inner, z), -z)
