"""Multi-label soft margin: binary cross-entropy of every class of a row, on average."""

from math import inf

from slopes.core import Math, Paper, RowFacts, RowLoss, T
from slopes.losses.binary_cross_entropy_with_logits import BinaryCrossEntropyWithLogits

BINARY = BinaryCrossEntropyWithLogits(pos_weight=1.0, label_smoothing=0.0)


class MultilabelSoftMargin(RowLoss):
    """The mean over classes of binary cross-entropy with logits; the target is a row of labels in [0, 1].

    Class weights are not taken: PyTorch's `weight` is the argument `weight` of
    `binary_cross_entropy_with_logits`, which is this loss class by class.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.multilabel_soft_margin(np.zeros((1, 3)), np.array([[1.0, 0.0, 1.0]]))  # log(2)
    np.float64(0.6931471805599453)
    """

    formula = "mean(q * log(1 + exp(-x)) + (1 - q) * log(1 + exp(x)))"
    aliases = ("multilabel_soft_margin_loss", "multi_label_soft_margin")
    papers = (
        Paper(
            "Nam, Kim, Loza Mencía, Gurevych and Fürnkranz",
            2014,
            "Large-scale multi-label text classification - revisiting neural networks",
            "https://arxiv.org/abs/1312.5419",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.multilabel_soft_margin_loss"}
    facts = RowFacts(range=(0, inf), convex=True)
    targets = "labels"

    def value(self, m: Math, x: T, q: T) -> T:
        return m.row_sum(BINARY.value(m, x, q)) / self._classes(m, x)

    def gradient(self, m: Math, x: T, q: T) -> T:
        return BINARY.gradient(m, x, q) / self._classes(m, x)

    def hessian(self, m: Math, x: T, q: T) -> T:
        return BINARY.hessian(m, x, q) / self._classes(m, x)

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        return self.hessian(m, x, q) * tangent

    def mass_gradient(self, m: Math, x: T, q: T) -> T:
        return BINARY.target_gradient(m, x, q) / self._classes(m, x)

    def _classes(self, m: Math, x: T) -> T:
        return m.row_sum(m.fill(x, 1.0))
