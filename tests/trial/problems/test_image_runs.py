"""Single runs: pairing of seeds, repeatability, failures, learned parameters."""

import dataclasses
import math
from typing import Any

import pytest
import torch

import slopes
from slopes.trial import library
from slopes.trial.execution import perform
from slopes.trial.problems.images.network import ImageNetwork
from slopes.trial.problems.images.problem import ImageProblem
from slopes.trial.records import ACCURACY, Candidate, Plan

PLAN = Plan(Candidate("relu", "cross_entropy"), 0.01, seed=3, steps=40, phase="trial")


def network(name: str, seed: int = 0, side: int = 8) -> ImageNetwork:
    result = ImageNetwork(lambda: library.layer(library.activation(name)), (side, side), 10)
    ImageProblem().initialise(result, 1.0, torch.Generator().manual_seed(seed))
    return result


def test_it_learns(digit_problem: ImageProblem) -> None:
    run = perform(dataclasses.replace(PLAN, steps=120), digit_problem)
    assert run.error is None
    assert run.measures["accuracy"] > 0.85
    assert run.curve[-1].step == 120
    assert run.curve[-1].training_loss < 0.5 * run.curve[0].training_loss


def test_equal_plans_give_equal_runs_bit_for_bit(digit_problem: ImageProblem) -> None:
    first, second = perform(PLAN, digit_problem), perform(PLAN, digit_problem)
    assert first.curve == second.curve
    assert first.value(ACCURACY) == second.value(ACCURACY)
    other = perform(dataclasses.replace(PLAN, seed=4), digit_problem)
    assert other.curve != first.curve


def test_a_run_leaves_the_callers_random_state_and_threads_alone(digit_problem: ImageProblem) -> None:
    threads = torch.get_num_threads()
    torch.manual_seed(0)
    expected = torch.rand(3)
    torch.manual_seed(0)
    perform(dataclasses.replace(PLAN, steps=2), digit_problem)
    assert torch.equal(torch.rand(3), expected)
    assert torch.get_num_threads() == threads


@pytest.mark.parametrize("name", ["tanh", "prelu"])
def test_one_seed_gives_every_activation_the_same_weights(name: str) -> None:
    first = [p for p in network("relu").parameters() if p.ndim > 1]
    second = [p for p in network(name).parameters() if p.ndim > 1]
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))
    assert not torch.equal(first[0], next(network("relu", seed=1).parameters()))


def test_one_seed_gives_every_candidate_the_same_batches(
    digit_problem: ImageProblem, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[torch.Tensor]] = []
    forward = ImageNetwork.forward

    def remember(self: ImageNetwork, images: torch.Tensor) -> torch.Tensor:
        seen[-1].append(images.clone())
        return forward(self, images)

    monkeypatch.setattr(ImageNetwork, "forward", remember)
    for candidate in (Candidate("relu", "cross_entropy"), Candidate("prelu", "mse")):
        seen.append([])
        run = perform(dataclasses.replace(PLAN, candidate=candidate, steps=20), digit_problem)
        assert run.error is None
    assert len(seen[0]) == 21
    assert all(torch.equal(a, b) for a, b in zip(*seen, strict=True))
    assert not torch.equal(seen[0][0], seen[0][14])


@pytest.mark.parametrize("side", [4, 8, 15, 16, 28])
def test_sizes_of_images(side: int) -> None:
    assert network("relu", side=side)(torch.zeros(2, 1, side, side)).shape == (2, 10)


def test_prelu_trains_its_slope_and_silu_keeps_its_beta() -> None:
    model = network("prelu")
    slopes_of_layers = [p for name, p in model.named_parameters() if "slope" in name]
    assert [p.item() for p in slopes_of_layers] == [0.25] * 3
    model(torch.randn(4, 1, 8, 8)).square().mean().backward()
    assert all(p.grad is not None and p.grad.item() != 0 for p in slopes_of_layers)
    assert list(library.layer(library.activation("silu")).parameters()) == []


def test_divergence_is_a_failed_run_with_its_cause(digit_problem: ImageProblem) -> None:
    run = perform(dataclasses.replace(PLAN, learning_rate=1e30), digit_problem)
    assert run.status == "failed"
    assert run.value(ACCURACY) is None
    assert run.error is not None
    assert run.error.startswith("FloatingPointError: the training loss became")
    assert run.as_record()["status"] == "failed"


def test_an_error_inside_the_run_is_a_failed_run(
    digit_problem: ImageProblem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_name: str) -> Any:
        raise MemoryError("no room")

    monkeypatch.setattr(library, "loss", broken)
    run = perform(PLAN, digit_problem)
    assert (run.status, run.error) == ("failed", "MemoryError: no room")


CURVES = [name for name, f in slopes.activations.items() if f.kind == "activation" and name != "logit"]


def test_a_curve_that_is_defined_between_0_and_1_cannot_be_a_hidden_activation() -> None:
    with pytest.raises(ValueError, match="'logit' is defined from 0 to 1 only, so it cannot follow"):
        library.activation("logit")


@pytest.mark.parametrize("name", CURVES)
def test_every_curve_of_the_register_can_be_a_hidden_activation(
    name: str, digit_problem: ImageProblem
) -> None:
    plan = Plan(Candidate(name, "cross_entropy"), 0.003, seed=0, steps=8, phase="trial")
    run = perform(plan, digit_problem)
    assert run.error is None
    assert all(math.isfinite(point.training_loss) for point in run.curve)
