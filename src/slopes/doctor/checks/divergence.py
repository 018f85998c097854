"""Kullback-Leibler divergence: what goes in, and what it is divided by."""

import numpy as np

from slopes.doctor.checks.base import Check
from slopes.doctor.checks.logits import is_distribution
from slopes.doctor.languages import Text
from slopes.doctor.scene import OVER_ENTRIES, Evidence, LossCall


class DivergenceArguments(Check):
    """The divergence takes logarithms of probabilities first, then probabilities.

    Given probabilities in place of their logarithms it is no divergence: it is smallest where the prediction
    is largest, not where it equals the target, and it can be negative.

    Number
    ------
    The sum of the exponentials of each row of the prediction, which is 1 for logarithms of probabilities.

    Cure
    ----
    Give log_softmax of the logits as the prediction.

    Silent
    ------
    Rows whose exponentials add up to 1 within 0.05, at any temperature.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> p = torch.tensor([[0.2, 0.3, 0.5], [0.1, 0.8, 0.1]])
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.kl_div(p, p, reduction="batchmean")
    >>> round(float(loss), 3)  # of a prediction that equals its target, where 0 is right
    -1.354
    >>> print(case.findings()[0])
    R17 kl-arguments: all 2 rows of the prediction are probabilities, not logarithms. Cure: give log_softmax
    of the logits.
    """

    code, name = "R17", "kl-arguments"
    losses = ("kl_divergence", "js_divergence", "total_variation")

    def examine(self, call: LossCall) -> Evidence | None:
        rows = call.rows()
        if not rows.size:
            return None
        if is_distribution(rows):
            return Evidence(
                says=Text(
                    "all {rows} rows of the prediction are probabilities, not logarithms", rows=len(rows)
                ),
                numbers={"rows": len(rows)},
                cure=Text("give log_softmax of the logits"),
                place=call.last.place if call.last else None,
            )
        with np.errstate(over="ignore"):
            sums = np.exp(rows).sum(-1)
        if abs(sums - 1).max() > 0.05:
            return Evidence(
                says=Text(
                    "the exponentials of a row should add up to 1; here they add up to {largest:.3g}",
                    largest=sums.max(),
                ),
                numbers={"largest": float(sums.max())},
                cure=Text("give log_softmax of the logits"),
            )
        return None


class DivergenceMean(Check):
    """The mean of the divergence divides by classes too, which is no divergence of anything.

    Beside another loss it then counts too little, and the less the more classes there are.

    Number
    ------
    The entries that it divides by and the rows that it should divide by; the ratio is the number of classes.

    Cure
    ----
    Write reduction="batchmean", which divides by the rows.

    Silent
    ------
    Every other reduction, and a prediction of one axis.

    Examples
    --------
    >>> import warnings
    >>> import torch
    >>> from slopes import doctor
    >>> p, q = torch.tensor([[0.2, 0.8], [0.5, 0.5]]), torch.tensor([[0.5, 0.5], [0.9, 0.1]])
    >>> with warnings.catch_warnings(action="ignore"), doctor.watch() as case:  # PyTorch warns too
    ...     loss = torch.nn.functional.kl_div(p.log(), q, reduction="mean")
    >>> right = torch.nn.functional.kl_div(p.log(), q, reduction="batchmean")
    >>> round(float(right / loss), 6)
    2.0
    >>> print(case.findings()[0])
    R17 kl-mean: it divides by 4 entries; by its 2 rows it is 2 times as large. Cure: write
    reduction="batchmean".
    """

    code, name, severity = "R17", "kl-mean", "warning"
    losses = ("kl_divergence",)

    def examine(self, call: LossCall) -> Evidence | None:
        if call.options.get("reduction") != OVER_ENTRIES or call.prediction.ndim < 2:
            return None
        rows, classes = call.rows().shape
        return Evidence(
            says=Text(
                "it divides by {entries} entries; by its {rows} rows it is {classes} times as large",
                entries=rows * classes,
                rows=rows,
                classes=classes,
            ),
            numbers={"entries": rows * classes, "rows": rows},
            cure=Text('write reduction="batchmean"'),
        )
