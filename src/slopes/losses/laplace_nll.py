"""Laplace negative log-likelihood, with a predicted scale."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T


class LaplaceNLL(ArrayLoss):
    """The negative log-likelihood of a Laplace distribution, whose scale is predicted too.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.laplace_nll(np.array([0.0, 2.0]), np.array([1.0, 2.0]), np.array([0.5, 0.5]))
    np.float64(1.0)
    """

    formula = "log(2 * b) + abs(p - t) / b"
    arrays = {
        "prediction": Array("", "predicted medians"),
        "target": Array("", "what was observed", learned=False),
        "scale": Array("", "predicted scales", "positive"),
    }
    result = ""
    axes = "last"
    aliases = ("laplace_nll_loss",)
    papers = (
        Paper(
            "Kendall and Gal",
            2017,
            "What uncertainties do we need in Bayesian deep learning for computer vision?",
            "https://arxiv.org/abs/1703.04977",
        ),
    )
    elsewhere = {"scipy": "scipy.stats.laplace.logpdf"}
    kinks = "the gradient in the prediction where it equals the target is 0"
    facts = ArrayFacts(range=(-inf, inf), symmetric=("prediction", "target"), shift=True)

    def value(self, m: ArrayMath, p: T, t: T, b: T) -> T:
        return m.log(2 * b) + m.abs(p - t) / b
