"""Probabilities in 16 bits."""

from collections.abc import Iterator
from math import log

import numpy as np

from slopes.doctor.checks.base import Check, NetworkCheck
from slopes.doctor.network import Network
from slopes.doctor.scene import Evidence, LossCall

#: the largest number below 1
BELOW_ONE = {"float16": 1 - 2.0**-11, "bfloat16": 1 - 2.0**-8}


class NarrowProbabilities(Check):
    """Probabilities were rounded to 16 bits before a loss that takes their logarithms."""

    code, name, severity = "R21", "narrow-probabilities", "warning"
    losses = ("binary_cross_entropy",)

    def examine(self, call: LossCall) -> Evidence | None:
        p = call.prediction
        if call.narrow not in BELOW_ONE or not p.size:
            return None
        edge = BELOW_ONE[call.narrow]
        share, most = float(np.mean((p <= 0) | (p >= 1))), -log(1 - edge)
        return Evidence(
            says=f"in {call.narrow} the probability below 1 is {edge:.6g}: a sure mistake costs {most:.4g} "
            f"or, where it rounds to 1, 100; {share:.0%} of {p.size} predictions are exactly 0 or 1",
            numbers={"below_one": edge, "most": most, "share": share},
            cure="use binary cross-entropy with logits and no sigmoid; that loss keeps what 16 bits can",
            place=call.last.place if call.last else None,
        )


class NarrowLogarithm(NetworkCheck):
    """The logarithm of a probability is taken after it was rounded to 16 bits."""

    code, name, severity = "R21", "narrow-logarithm", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        for place in {seen.place: None for seen in network.rounded}:
            seen = [r for r in network.rounded if r.place == place]
            edge, share = BELOW_ONE[seen[0].dtype], max(r.share for r in seen)
            op = seen[0].op
            yield Evidence(
                says=f"in {seen[0].dtype} the probability below 1 is {edge:.6g}, so that no logarithm lies "
                f"between {log(edge):.4g} and 0; {share:.0%} of the probabilities became exactly 0 or 1",
                numbers={"below_one": edge, "share": share},
                cure=f"write {'log_softmax' if op == 'softmax' else 'logsigmoid'} in place of {op} and log",
                place=place,
                times=len(seen),
                calls=len(seen),
            )
