"""What enters a loss beside what it takes: logits, probabilities or their logarithms."""

from math import exp

import numpy as np

from slopes.core import definitions
from slopes.doctor.checks.base import Check
from slopes.doctor.languages import Text
from slopes.doctor.scene import Evidence, LossCall

CLOSE = 1e-3  #: a sum of float16 probabilities is 1 to this
#: losses that apply softmax to their scores, and fall as the true class' score rises
OF_SCORES = (
    "cross_entropy",
    "categorical_focal",
    "generalized_cross_entropy",
    "poly1",
    "symmetric_cross_entropy",
    "taylor_cross_entropy",
)
#: losses that apply the sigmoid to their logits
OF_LOGITS = tuple(name for name, definition in definitions.items() if definition.kind == "logit_loss")


def is_distribution(rows: np.ndarray) -> bool:
    """Whether all rows are probabilities that add up to 1."""
    return bool(rows.size and (rows >= -CLOSE).all() and (abs(rows.sum(-1) - 1) < 10 * CLOSE).all())


class SecondSoftmax(Check):
    """The scores are squeezed into [0, 1] and then enter a loss that applies softmax itself.

    A softmax of numbers between 0 and 1 is nearly even, so that even a model that is right about everything
    looks unsure: the loss stays far from 0, and the gradient that arrives is small.

    Number
    ------
    The least loss is that of a 1 at the right class and a 0 at the C - 1 others: of cross-entropy
    ln(1 + (C - 1) / e).

    Cure
    ----
    Leave the first softmax or sigmoid out; the loss takes logits. Apply it where probabilities are shown.

    Silent
    ------
    A softmax beside the loss, which does not lead to it. log_softmax before the loss is an information:
    applied again it changes nothing.

    Examples
    --------
    >>> import math
    >>> import torch
    >>> from slopes import doctor
    >>> scores = 50 * torch.eye(10)  # sure of everything, and right
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.cross_entropy(scores.softmax(1), torch.arange(10))
    >>> round(float(loss), 4), round(math.log1p(9 / math.e), 4)
    (1.4612, 1.4612)
    >>> print(case.findings()[0])
    R2 second-softmax: 10 classes through softmax and softmax: the loss cannot fall below 1.4612. Cure: leave
    out the softmax; the loss takes logits.
    """

    code, name = "R2", "second-softmax"
    losses = OF_SCORES

    def examine(self, call: LossCall) -> Evidence | None:
        step, c = call.last, call.classes
        if step is None or c < 2:
            return None
        if step.op == "log_softmax":
            return Evidence(
                says=Text("the loss applies log-softmax again, which changes nothing but costs time"),
                numbers={"classes": c},
                cure=Text("leave out the {op}; the loss takes logits", op=step.op),
                place=step.place,
                severity="information",
            )
        if step.op not in ("softmax", "sigmoid"):
            return None
        floor = float(call.function()(np.eye(c)[0], 0))
        return Evidence(
            says=Text(
                "{classes} classes through {op} and softmax: the loss cannot fall below {floor:.4f}",
                classes=c,
                op=step.op,
                floor=floor,
            ),
            numbers={"classes": c, "floor": floor},
            cure=Text("leave out the {op}; the loss takes logits", op=step.op),
            place=step.place,
        )


class SecondSigmoid(Check):
    """Probabilities enter a loss that applies the sigmoid itself.

    The second sigmoid turns probabilities from 0 to 1 into numbers from 0.5 to 0.73: a negative never costs
    less than ln 2, as much as a guess.

    Number
    ------
    With the share s of positives the least binary cross-entropy is s ln(1 + 1 / e) + (1 - s) ln 2.

    Cure
    ----
    Leave the first sigmoid out; the loss takes logits. Apply it where probabilities are shown.

    Silent
    ------
    A sigmoid beside the loss, and a sigmoid before a loss of probabilities.

    Examples
    --------
    >>> import math
    >>> import torch
    >>> from slopes import doctor
    >>> scores, target = torch.tensor([50.0, -50.0, -50.0, -50.0]), torch.tensor([1.0, 0.0, 0.0, 0.0])
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.binary_cross_entropy_with_logits(scores.sigmoid(), target)
    >>> round(float(loss), 4), round(0.25 * math.log1p(1 / math.e) + 0.75 * math.log(2), 4)
    (0.5982, 0.5982)
    >>> print(case.findings()[0])
    R2 second-sigmoid: with 25% positive targets the loss cannot fall below 0.5982. Cure: leave out the
    sigmoid; the loss takes logits.
    """

    code, name = "R2", "second-sigmoid"
    losses = OF_LOGITS

    def examine(self, call: LossCall) -> Evidence | None:
        step = call.last
        if step is None or step.op not in ("sigmoid", "softmax"):
            return None
        positive = float(np.mean(call.target)) if call.target.size else 0.0
        each = call.function()(np.array([0.0, 1.0]), np.array([0.0, 1.0]), reduction="none")
        floor = float((1 - positive) * each[0] + positive * each[1])
        return Evidence(
            says=Text(
                "with {positive:.0%} positive targets the loss cannot fall below {floor:.4f}",
                positive=positive,
                floor=floor,
            ),
            numbers={"positive": positive, "floor": floor},
            cure=Text("leave out the {op}; the loss takes logits", op=step.op),
            place=step.place,
        )


class LogitsAsProbabilities(Check):
    """Logits enter a loss that takes probabilities or their logarithms.

    The logarithm of a number that is no probability is no likelihood: frameworks clip it, and where they do
    no gradient comes back, or the loss has no lower bound and falls for ever without anything being learned.

    Number
    ------
    The share of predictions outside [0, 1]; for a loss of logarithms the largest sum of a row's exponentials,
    which is 1 for probabilities.

    Cure
    ----
    Use the loss of logits: BCEWithLogitsLoss, CrossEntropyLoss, from_logits=True. Or end in sigmoid or
    softmax.

    Silent
    ------
    Predictions within [0, 1], and rows of logarithms whose exponentials add up to 1 within 1 %.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> logits = torch.tensor([[2.0, 0.5, -1.0], [0.0, 3.0, -2.0]])
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.nll_loss(logits, torch.tensor([0, 1]))
    >>> round(float(logits.exp().sum(1).max()), 1)
    21.2
    >>> print(case.findings()[0])
    R3 logits-as-probabilities: the exponentials of a row should add up to 1; here they reach 21.2. Cure: use
    cross-entropy, which takes logits.
    """

    code, name = "R3", "logits-as-probabilities"
    losses = ("binary_cross_entropy", "categorical_cross_entropy", "divergence_of_probabilities", "nll")

    def examine(self, call: LossCall) -> Evidence | None:
        p = call.prediction
        if call.loss != "nll":
            binary = call.loss == "binary_cross_entropy"
            outside = float(np.mean((p < 0) | (p > 1))) if p.size else 0.0
            return (
                outside > 0
                and Evidence(
                    says=Text(
                        "{outside:.0%} of the predictions lie outside [0, 1], from {low:.3g} to {high:.3g}",
                        outside=outside,
                        low=np.nanmin(p),
                        high=np.nanmax(p),
                    ),
                    numbers={"outside": outside},
                    cure=Text("use binary cross-entropy with logits")
                    if binary
                    else Text("end in softmax, or use a loss of logits (from_logits=True)"),
                )
            ) or None
        rows = call.rows()
        if not rows.size or is_distribution(rows) or not np.isfinite(rows).all():
            return None
        if call.last is not None and call.last.op == "log_softmax":  # along another axis: R8 says it better
            return None
        top = rows.max(-1, keepdims=True)
        total = np.log(np.exp(rows - top).sum(-1)) + top[:, 0]
        off = float(abs(total).max())
        if off < 0.01:
            return None
        return Evidence(
            says=Text(
                "the exponentials of a row should add up to 1; here they reach {largest:.3g}",
                largest=exp(total.max()),
            ),
            numbers={"log_sum_exp": off},
            cure=Text("use cross-entropy, which takes logits"),
        )


class ProbabilitiesAsLogarithms(Check):
    """Probabilities enter a loss that takes their logarithms.

    The loss is then minus the probability itself: it is never below -1, and its gradient is weakest where the
    model is most wrong, as the softmax is flat there.

    Number
    ------
    The loss of a right and sure prediction is -1, that of a wrong and sure one 0; with logarithms they are 0
    and as large as the model is sure.

    Cure
    ----
    Use log_softmax, or cross-entropy on the logits, which is both in one.

    Silent
    ------
    Logarithms of probabilities.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> scores = torch.tensor([[9.0, 0.0, 0.0], [9.0, 0.0, 0.0]])  # right, and wrong
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.nll_loss(scores.softmax(1), torch.tensor([0, 1]))
    >>> right = torch.nn.functional.cross_entropy(scores, torch.tensor([0, 1]))
    >>> round(float(loss), 3), round(float(right), 3)
    (-0.5, 4.5)
    >>> print(case.findings()[0])
    R4 softmax-without-log: all 2 rows are probabilities; the loss is minus one of them: its best is -1, and a
    sure mistake costs 0. Cure: use log_softmax, or cross-entropy on the logits.
    """

    code, name = "R4", "softmax-without-log"
    losses = ("nll",)

    def examine(self, call: LossCall) -> Evidence | None:
        rows = call.rows()
        if not is_distribution(rows):
            return None
        return Evidence(
            says=Text(
                "all {rows} rows are probabilities; the loss is minus one of them: its best is -1, and a "
                "sure mistake costs 0",
                rows=len(rows),
            ),
            numbers={"rows": len(rows)},
            cure=Text("use log_softmax, or cross-entropy on the logits"),
            place=call.last.place if call.last else None,
        )
