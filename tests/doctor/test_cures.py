"""What the doctor says that a cure does is what PyTorch computes with it and without."""

import numpy as np
import pytest
import torch

from slopes import doctor
from slopes.doctor.cures import CURES
from slopes.doctor.report import as_markdown, as_sarif
from tests.doctor.chinese import same_in_chinese
from tests.doctor.pairs import HEAD

#: the rule, the faulty program, its cure; both end in a loss
TRIED = (
    ("second-softmax", "F.cross_entropy(net(x).softmax(1), y)", "F.cross_entropy(net(x), y)"),
    (
        "second-softmax",
        "F.cross_entropy(net(x).sigmoid().view(8, 3), torch.where(y == 0, -100, y), reduction='sum')",
        "F.cross_entropy(net(x), torch.where(y == 0, -100, y), reduction='sum')",
    ),
    (
        "second-softmax",
        "F.cross_entropy(net(x).softmax(-1), y, label_smoothing=0.1)",
        "F.cross_entropy(net(x), y, label_smoothing=0.1)",
    ),
    (
        "second-sigmoid",
        "F.binary_cross_entropy_with_logits(net(x).sigmoid(), labels)",
        "F.binary_cross_entropy_with_logits(net(x), labels)",
    ),
    (
        "logits-as-probabilities",
        "F.binary_cross_entropy(3 * net(x), labels)",
        "F.binary_cross_entropy_with_logits(3 * net(x), labels)",
    ),
    ("logits-as-probabilities", "F.nll_loss(net(x), y)", "F.cross_entropy(net(x), y)"),
    ("softmax-without-log", "F.nll_loss(net(x).softmax(1), y)", "F.nll_loss(net(x).log_softmax(1), y)"),
    (
        "softmax-over-wrong-axis",
        "F.mse_loss(net(x).softmax(0), F.one_hot(y, 3).float())",
        "F.mse_loss(net(x).softmax(1), F.one_hot(y, 3).float())",
    ),
    (
        "softmax-over-wrong-axis",
        "F.nll_loss(net(x).log_softmax(0), y)",
        "F.nll_loss(net(x).log_softmax(1), y)",
    ),
    (
        "broadcast-targets",
        "F.huber_loss(one(x), real, delta=0.5)",
        "F.huber_loss(one(x)[:, 0], real, delta=0.5)",
    ),
    ("broadcast-targets", "F.mse_loss(one(x)[:, 0], real[:, None])", "F.mse_loss(one(x)[:, 0], real)"),
    ("activated-logits", "F.cross_entropy(F.relu(net(x)), y)", "F.cross_entropy(net(x), y)"),
    (
        "activated-logits",
        "F.binary_cross_entropy_with_logits(torch.tanh(one(x)).view(-1), labels[:, 0])",
        "F.binary_cross_entropy_with_logits(one(x).view(-1), labels[:, 0])",
    ),
    (
        "kl-arguments",
        "F.kl_div(net(x).softmax(1), x[:, :3].softmax(1), reduction='batchmean')",
        "F.kl_div(net(x).log_softmax(1), x[:, :3].softmax(1), reduction='batchmean')",
    ),
    (
        "kl-mean",
        "F.kl_div(net(x).log_softmax(1), x[:, :3].softmax(1), reduction='mean')",
        "F.kl_div(net(x).log_softmax(1), x[:, :3].softmax(1), reduction='batchmean')",
    ),
)


def run(program):
    """The loss of a program, and the norm of its gradient in what the layer gives."""
    names, outputs = {}, []
    exec(HEAD, names)
    for layer in (names["net"], names["one"]):
        layer.register_forward_hook(lambda *given: outputs.append(given[-1]) or given[-1].retain_grad())
    loss = eval(program, names)
    loss.backward()
    return float(loss.detach()), float(outputs[-1].grad.norm())


@pytest.mark.filterwarnings("ignore:Using a target size", "ignore:reduction. .mean.")
@pytest.mark.parametrize(("rule", "faulty", "cured"), TRIED)
def test_the_numbers_are_those_of_pytorch(rule, faulty, cured):
    with doctor.watch() as case:
        try:
            now = run(faulty)
        except RuntimeError:  # binary cross-entropy of numbers that are no probabilities
            now = None
    (found,) = (f for f in case.findings() if f.name == rule)
    loss, gradient = run(cured)
    if "3 *" in cured:  # the gradient is taken in what the loss is given
        gradient /= 3
    assert found.numbers["cured_loss"] == pytest.approx(loss, rel=1e-5)
    if rule != "kl-mean":  # which has no scores, and is taken in the logarithms
        assert found.numbers["cured_gradient"] == pytest.approx(gradient, rel=1e-4)
    assert f"cured, the same batch gives {loss:.4g}" in found.tried
    if now is None:
        assert "in place of" not in found.tried
    else:
        assert found.numbers["loss_now"] == pytest.approx(now[0], rel=1e-5)
        if rule != "kl-mean":
            assert found.numbers["gradient_now"] == pytest.approx(now[1], rel=1e-4)
    assert found.tried in as_markdown([found])
    assert found.tried in as_sarif([found], "1")
    same_in_chinese([found])


def test_every_cure_is_tried():
    assert {rule for rule, _, _ in TRIED} == set(CURES)


@pytest.mark.parametrize(
    "program",
    [
        "F.cross_entropy(net(x).softmax(1), y, weight=torch.ones(3))",
        "F.cross_entropy(net(x).softmax(1), y, reduction='none').mean()",
        "F.cross_entropy((200 * net(x)).softmax(1).view(8, 3), y)",  # whose logarithm is lost
        "F.cross_entropy(net(x).relu().view(8, 3), y)",
        "F.cross_entropy(net(x).log_softmax(1), y)",
    ],
)
def test_nothing_is_said_of_what_was_not_computed(program):
    names = {}
    exec(HEAD, names)
    with doctor.watch() as case:
        eval(program, names)
    assert [f.tried for f in case.findings()] == [""]


def test_an_input_that_was_overwritten_is_not_taken():
    names = {}
    exec(HEAD, names)
    with doctor.watch() as case, torch.no_grad():
        scores = names["net"](names["x"])
        result = torch.nn.functional.relu(scores)
        scores.mul_(2)
        torch.nn.functional.cross_entropy(result, names["y"])
    assert [f.tried for f in case.findings()] == [""]
    with doctor.watch() as case, torch.inference_mode():
        result = torch.nn.functional.relu(names["net"](names["x"]))
        torch.nn.functional.cross_entropy(result, names["y"])
    assert np.isfinite([f.numbers["floor"] for f in case.findings()]).all()
