"""Soft margin: the logistic loss of a margin."""

from math import inf

from slopes.core import Facts, MarginLoss, Math, Paper, T


class SoftMargin(MarginLoss):
    """The logistic loss log(1 + e^-z) of the margin z = target prediction.

    It is `binary_cross_entropy_with_logits` for targets -1 and 1. Of a matrix of similarities, 1 on the
    diagonal and -1 elsewhere, it is the pairwise sigmoid loss of SigLIP, which divides the sum by the rows.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.soft_margin(np.array([0.0, -700.0]), np.array([1.0, 1.0]), reduction="none")
    array([6.93147181e-01, 7.00000000e+02])
    """

    formula = "log(1 + exp(-z))"
    aliases = ("soft_margin_loss", "logistic_loss", "sigmoid_contrastive", "siglip")
    papers = (
        Paper(
            "Friedman, Hastie and Tibshirani",
            2000,
            "Additive logistic regression: a statistical view of boosting",
            "https://doi.org/10.1214/aos/1016218223",
        ),
        Paper(
            "Zhai, Mustafa, Kolesnikov and Beyer",
            2023,
            "Sigmoid loss for language image pre-training",
            "https://arxiv.org/abs/2303.15343",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.soft_margin_loss"}
    facts = Facts(range=(0, inf), limits=(inf, 0), convex=True, lipschitz=1)

    def value(self, m: Math, z: T) -> T:
        return m.maximum(-z, 0.0) + m.log1p(m.exp(-m.abs(z)))

    def derivative(self, m: Math, z: T) -> T:
        return -m.sigmoid(-z)

    def second_derivative(self, m: Math, z: T) -> T:
        # the smaller sigmoid last: it may be subnormal, and its rounding must be the only one
        return m.sigmoid_times(m.sigmoid(z), -z)
