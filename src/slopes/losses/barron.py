"""Barron's general loss: from least squares to redescending losses, by one shape."""

from math import inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter
from slopes.losses.cauchy import Fold, fold


class Barron(ResidualLoss):
    """A robust loss whose shape alpha says how fast it grows: like |r|^alpha, or a logarithm, or not at all.

    Beside 0 it is (r / scale)^2 / 2. Alpha 1 is the Charbonnier loss, 0 a Cauchy loss, -2 the one of Geman
    and McClure; towards 2 it becomes half the square, towards minus infinity the Welsch loss.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.barron(np.array([0.0, 1.0, 100.0]), np.zeros(3), alpha=-2.0, reduction="none").round(6)
    array([0.    , 0.4   , 1.9992])
    """

    alpha: float = parameter(1.0, "the shape", below=2, also=(0.0, -2.0, 0.5, 1.5))
    scale: float = parameter(1.0, "the residual at which the loss begins to bend", above=0, also=(0.5,))

    formula = (
        "(2 - alpha) * (((r / scale)**2 / (2 - alpha) + 1)**(alpha / 2) - 1) / alpha if alpha != 0"
        " else log((r / scale)**2 / 2 + 1)"
    )
    aliases = ("general_robust", "general_adaptive_robust")
    papers = (
        Paper(
            "Barron", 2019, "A general and adaptive robust loss function", "https://arxiv.org/abs/1701.03077"
        ),
    )

    @property
    def facts(self) -> Facts:
        a, c = self.alpha, self.scale
        top = inf if a >= 0 else (2 - a) / -a
        steep = inf if a > 1 else 1 / c
        if a < 1:  # where r^2 = scale^2 (2 - alpha) / (1 - alpha)
            ratio = (2 - a) / (1 - a)
            steep = ratio**0.5 * ratio ** (a / 2 - 1) / c
        return Facts(range=(0, top), limits=(top, top), parity="even", convex=a >= 1, lipschitz=steep)

    def value(self, m: Math, r: T) -> T:
        # with w = r / (scale sqrt(2 - alpha)): (2 - alpha) / alpha ((1 + w^2)^(alpha / 2) - 1)
        w = self._fold(m, r)
        b, half, square = 2 - self.alpha, 0.5 * self.alpha, w.small * w.small
        log = m.log1p(square) - 2 * m.log(m.where(w.inside, m.fill(r, 1.0), w.small))
        shape = m.fill(r, self.alpha)
        zero = m.equal(shape, 0.0)
        grown = m.power(1 + square, half) * m.where(w.inside, 1.0, m.power(w.small, -self.alpha)) - 1
        beside = m.expm1(m.minimum(half * log, 1.0))
        power = m.where(m.less(1.0, half * log), grown, beside) / m.where(zero, 1.0, shape)
        return b * m.where(zero, 0.5 * log, power)

    def derivative(self, m: Math, r: T) -> T:
        w, root = self._fold(m, r), m.sqrt(m.fill(r, 2 - self.alpha))
        size = root * m.where(w.inside, w.small, m.power(w.small, 1 - self.alpha))
        return m.sign(r) * size * m.power(1 + w.small * w.small, 0.5 * self.alpha - 1) / self.scale

    def second_derivative(self, m: Math, r: T) -> T:
        w, q = self._fold(m, r), 0.5 * self.alpha - 1
        square = w.small * w.small
        inside = 1 + (self.alpha - 1) * square
        bend = m.where(w.inside, inside, m.power(w.small, -2 * q) * (square + (self.alpha - 1)))
        return bend * m.power(1 + square, q - 1) / self.scale / self.scale

    def _fold(self, m: Math, r: T) -> Fold[T]:
        return fold(m, r, self.scale * m.sqrt(m.fill(r, 2 - self.alpha)))
