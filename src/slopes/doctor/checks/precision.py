"""Probabilities in 16 bits."""

from collections.abc import Iterator
from math import log

import numpy as np

from slopes.doctor.checks.base import Check, NetworkCheck
from slopes.doctor.languages import Text
from slopes.doctor.network import Network
from slopes.doctor.scene import Evidence, LossCall

#: the largest number below 1
BELOW_ONE = {"float16": 1 - 2.0**-11, "bfloat16": 1 - 2.0**-8}


class NarrowProbabilities(Check):
    """Probabilities were rounded to 16 bits before a loss that takes their logarithms.

    Near 1 a probability of 16 bits has few values: sure mistakes cost all the same, or as much as PyTorch's
    clipped logarithm, and their gradient is lost.

    Number
    ------
    The largest number below 1 of the type, 1 - 2^-8 for bfloat16 and 1 - 2^-11 for float16, what a sure
    mistake costs there, and the share of predictions that are exactly 0 or 1.

    Cure
    ----
    Use binary cross-entropy with logits and no sigmoid; it keeps what 16 bits can.

    Silent
    ------
    Probabilities in 32 bits or more, and losses of logits in 16 bits.

    Examples
    --------
    >>> import math
    >>> import torch
    >>> from slopes import doctor
    >>> p = torch.sigmoid(torch.tensor([-9.0, 2.0, 9.0], dtype=torch.bfloat16))
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.binary_cross_entropy(p, torch.ones(3, dtype=torch.bfloat16))
    >>> print(case.findings()[0])
    R21 narrow-probabilities: in bfloat16 the probability below 1 is 0.996094: a sure mistake costs 5.545 or,
    where it rounds to 1, 100; 33% of 3 predictions are exactly 0 or 1. Cure: use binary cross-entropy with
    logits and no sigmoid; that loss keeps what 16 bits can.
    >>> round(-math.log(2**-8), 3)
    5.545
    """

    code, name, severity = "R21", "narrow-probabilities", "warning"
    losses = ("binary_cross_entropy",)

    def examine(self, call: LossCall) -> Evidence | None:
        p = call.prediction
        if call.narrow not in BELOW_ONE or not p.size:
            return None
        edge = BELOW_ONE[call.narrow]
        share, most = float(np.mean((p <= 0) | (p >= 1))), -log(1 - edge)
        return Evidence(
            says=Text(
                "in {dtype} the probability below 1 is {edge:.6g}: a sure mistake costs {most:.4g} or, where "
                "it rounds to 1, 100; {share:.0%} of {n} predictions are exactly 0 or 1",
                dtype=call.narrow,
                edge=edge,
                most=most,
                share=share,
                n=p.size,
            ),
            numbers={"below_one": edge, "most": most, "share": share},
            cure=Text(
                "use binary cross-entropy with logits and no sigmoid; that loss keeps what 16 bits can"
            ),
            place=call.last.place if call.last else None,
        )


class NarrowLogarithm(NetworkCheck):
    """The logarithm of a probability is taken after it was rounded to 16 bits.

    Between the logarithm of the last number below 1 and 0 nothing is left: examples that are nearly right get
    no gradient or too much, and a probability that became 0 makes the loss infinite.

    Number
    ------
    The largest number below 1 of the type and its logarithm, and the share of probabilities that became
    exactly 0 or 1.

    Cure
    ----
    Write log_softmax or logsigmoid, which never round the probability.

    Silent
    ------
    Logarithms of 32 bits or more, and of what is no probability.

    Examples
    --------
    >>> import math
    >>> import torch
    >>> from slopes import doctor
    >>> scores = torch.tensor([[9.0, 0.0], [1.0, 0.0]], dtype=torch.bfloat16)
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.nll_loss(scores.softmax(1).log(), torch.tensor([0, 1]))
    >>> print(case.findings()[0])
    R21 narrow-logarithm: in bfloat16 the probability below 1 is 0.996094, so that no logarithm lies between
    -0.003914 and 0; 25% of the probabilities became exactly 0 or 1. Cure: write log_softmax in place of
    softmax and log.
    >>> round(math.log(1 - 2**-8), 6)
    -0.003914
    """

    code, name, severity = "R21", "narrow-logarithm", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        for place in {seen.place: None for seen in network.rounded}:
            seen = [r for r in network.rounded if r.place == place]
            edge, share = BELOW_ONE[seen[0].dtype], max(r.share for r in seen)
            op = seen[0].op
            yield Evidence(
                says=Text(
                    "in {dtype} the probability below 1 is {edge:.6g}, so that no logarithm lies between "
                    "{log:.4g} and 0; {share:.0%} of the probabilities became exactly 0 or 1",
                    dtype=seen[0].dtype,
                    edge=edge,
                    log=log(edge),
                    share=share,
                ),
                numbers={"below_one": edge, "share": share},
                cure=Text(
                    "write {fused} in place of {op} and log",
                    fused="log_softmax" if op == "softmax" else "logsigmoid",
                    op=op,
                ),
                place=place,
                times=len(seen),
                calls=len(seen),
            )
