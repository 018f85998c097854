"""Kullback-Leibler divergence: what goes in, and what it is divided by."""

import numpy as np

from slopes.doctor.checks.base import Check
from slopes.doctor.checks.outputs import is_distribution
from slopes.doctor.scene import Evidence, LossCall


class DivergenceArguments(Check):
    """The divergence takes logarithms of probabilities first, then probabilities."""

    code, name = "R17", "kl-arguments"
    losses = ("kl_divergence",)

    def examine(self, call: LossCall) -> Evidence | None:
        rows = call.rows()
        if not rows.size:
            return None
        if is_distribution(rows):
            return Evidence(
                says=f"all {len(rows)} rows of the prediction are probabilities, not logarithms",
                numbers={"rows": len(rows)},
                cure="give log_softmax of the logits",
                place=call.last.place if call.last else None,
            )
        with np.errstate(over="ignore"):
            sums = np.exp(rows).sum(-1)
        if abs(sums - 1).max() > 0.05:
            return Evidence(
                says=f"the exponentials of a row should add up to 1; here they add up to {sums.max():.3g}",
                numbers={"largest": float(sums.max())},
                cure="give log_softmax of the logits",
            )
        return None


class DivergenceMean(Check):
    """The mean of the divergence divides by classes too, which is no divergence of anything."""

    code, name, severity = "R17", "kl-mean", "warning"
    losses = ("kl_divergence",)

    def examine(self, call: LossCall) -> Evidence | None:
        if call.options.get("reduction") != "mean" or call.prediction.ndim < 2:
            return None
        rows, classes = call.rows().shape
        return Evidence(
            says=f"it divides by {rows * classes} entries; by its {rows} rows it is {classes} times as large",
            numbers={"entries": rows * classes, "rows": rows},
            cure='write reduction="batchmean"',
        )
