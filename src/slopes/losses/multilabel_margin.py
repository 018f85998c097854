"""Multi-label margin: hinges of every label that is absent against every one that is present."""

from math import inf

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T


class MultilabelMargin(ArrayLoss):
    """The sum of max(0, 1 - present score + absent score) over all such pairs, divided by all classes.

    The target has a 1 for every label that is present. PyTorch takes their indices instead, padded by -1.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.multilabel_margin(np.array([[0.1, 0.2, 0.4, 0.8]]), np.array([[1.0, 0.0, 0.0, 1.0]])).round(6)
    np.float64(0.85)
    """

    formula = (
        "sum([max(1 - p + a, 0) for p, s in zip(x, t) if s > 0 for a, u in zip(x, t) if u == 0]) / len(x)"
    )
    arrays = {
        "prediction": Array("c 1", "scores"),
        "target": Array("c 1", "whether each label is present", "binary", learned=False),
    }
    result = "1 1"
    axes = "last"
    takes = "logits"
    aliases = ("multilabel_margin_loss", "multi_label_margin")
    papers = (
        Paper(
            "Elisseeff and Weston",
            2001,
            "A kernel method for multi-labelled classification",
            "https://proceedings.neurips.cc/paper/2001/hash/39dcaf7a053dc372fbc391d4e6b5d693-Abstract.html",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.multilabel_margin_loss"}
    kinks = "where a margin is just met its derivatives are 0"
    facts = ArrayFacts(range=(0, inf), shift=True)

    def value(self, m: ArrayMath, x: T, t: T) -> T:
        lack = m.maximum(1 - (x - m.transpose(x)), 0.0)  # present down, absent across
        pairs = t * (1 - m.transpose(t)) * lack
        return m.row_sum(m.transpose(m.row_sum(pairs))) / m.row_sum(m.fill(m.transpose(x), 1.0))
