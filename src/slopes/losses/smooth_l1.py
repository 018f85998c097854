"""Smooth L1: absolute far from zero, squared near it."""

from math import inf

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter


class SmoothL1(ResidualLoss):
    """The absolute residual with its kink rounded off up to `beta`; `huber` with delta = beta, over beta.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.smooth_l1(np.array([0.5, 3.0]), np.zeros(2), beta=0.5, reduction="none")
    array([0.25, 2.75])
    """

    beta: float = parameter(1.0, "up to where the residual is squared", above=0, also=(0.25, 3.0))

    formula = "r**2 / (2 * beta) if abs(r) < beta else abs(r) - beta / 2"
    aliases = ("smooth_l1_loss",)
    papers = (Paper("Girshick", 2015, "Fast R-CNN", "https://arxiv.org/abs/1504.08083"),)
    elsewhere = {"torch": "torch.nn.functional.smooth_l1_loss"}
    kinks = "the second derivative at |r| = beta is 0"

    @property
    def facts(self) -> Facts:
        return Facts(
            range=(0, inf),
            limits=(inf, inf),
            smooth=1,
            breaks=(-self.beta, self.beta),
            convex=True,
            parity="even",
            lipschitz=1,
        )

    def value(self, m: Math, r: T) -> T:
        a = m.abs(r)
        q = m.minimum(a, self.beta)
        return (q / self.beta) * (a - 0.5 * q)

    def derivative(self, m: Math, r: T) -> T:
        return m.maximum(m.minimum(r / self.beta, 1.0), -1.0)

    def second_derivative(self, m: Math, r: T) -> T:
        return m.step(self.beta - m.abs(r)) / self.beta
