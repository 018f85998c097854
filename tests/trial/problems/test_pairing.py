"""Each loss gets the output and the target it is defined on, checked against torch."""

import math
from typing import Any

import pytest
import torch
from torch.nn import functional

import slopes
from slopes.trial import library
from slopes.trial.problems import pairing

SCORES = torch.tensor([[2.0, -1.0, 0.5], [0.1, 0.2, -3.0], [-1.0, 4.0, 1.0]])
LABELS = torch.tensor([0, 2, 1])
ONE_HOT = torch.eye(3)[LABELS]
EXPECTED: dict[str, Any] = {
    "cross_entropy": lambda: functional.cross_entropy(SCORES, LABELS),
    "nll": lambda: functional.cross_entropy(SCORES, LABELS),
    "mse": lambda: functional.mse_loss(SCORES.softmax(1), ONE_HOT),
    "mae": lambda: functional.l1_loss(SCORES.softmax(1), ONE_HOT),
    "huber": lambda: functional.huber_loss(SCORES.softmax(1), ONE_HOT),
    "binary_cross_entropy": lambda: functional.binary_cross_entropy(SCORES.softmax(1), ONE_HOT),
    "binary_cross_entropy_with_logits": lambda: functional.binary_cross_entropy_with_logits(SCORES, ONE_HOT),
    "hinge": lambda: (1 - SCORES * (2 * ONE_HOT - 1)).clamp(min=0).mean(),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_against_torch(name: str) -> None:
    found = pairing.classification_loss(library.loss(name), SCORES, LABELS)
    assert found.item() == pytest.approx(EXPECTED[name]().item(), rel=1e-5)


@pytest.mark.parametrize("name", list(slopes.losses))
def test_every_loss_of_the_register_can_be_paired(name: str) -> None:
    loss = library.loss(name)
    refused = {
        "ordered ranks": getattr(slopes.get(name).definition, "targets", "") == "ranks",
        "other arrays": loss.kind == "array_loss",
        "not finite at a target of 0": name == "mape",
        "does not give": "mean" in getattr(loss, "takes", ""),
    }
    for reason in (words for words, holds in refused.items() if holds):
        with pytest.raises(ValueError, match=reason):
            pairing.check(loss)
        return
    pairing.check(loss)
    scores = SCORES.clone().requires_grad_()
    value = pairing.classification_loss(loss, scores, LABELS)
    value.backward()  # type: ignore[no-untyped-call]
    assert math.isfinite(value.item())
    assert scores.grad is not None
    assert scores.grad.abs().sum() > 0


def test_an_unknown_kind_of_input_is_refused() -> None:
    class Odd:
        name, kind, takes = "odd", "row_loss", "counts"

    with pytest.raises(ValueError, match="'odd' takes 'counts'"):
        pairing.check(Odd())  # type: ignore[arg-type]
