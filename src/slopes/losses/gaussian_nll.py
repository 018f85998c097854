"""Gaussian negative log-likelihood, with a predicted variance."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T


class GaussianNLL(ArrayLoss):
    """The negative log-likelihood of a normal distribution, without the constant log(2 pi) / 2.

    PyTorch raises a variance below 1e-6 to it; here a variance may be as small as it is, but above 0.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.gaussian_nll(np.array([0.0, 2.0]), np.array([1.0, 2.0]), np.ones(2))
    np.float64(0.25)
    """

    formula = "(log(v) + (p - t)**2 / v) / 2"
    arrays = {
        "prediction": Array("", "predicted means"),
        "target": Array("", "what was observed", learned=False),
        "variance": Array("", "predicted variances", "positive"),
    }
    result = ""
    axes = "last"
    aliases = ("gaussian_nll_loss", "normal_nll")
    papers = (
        Paper(
            "Nix and Weigend",
            1994,
            "Estimating the mean and variance of the target probability distribution",
            "https://doi.org/10.1109/ICNN.1994.374138",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.gaussian_nll_loss"}
    facts = ArrayFacts(range=(-inf, inf), symmetric=("prediction", "target"), shift=True)

    def value(self, m: ArrayMath, p: T, t: T, v: T) -> T:
        r = p - t
        return 0.5 * (m.log(v) + r * (r / v))
