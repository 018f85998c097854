"""Dead and saturated units, counted on networks whose units are known."""

import pytest
import torch
from torch import nn

from slopes.trial import library
from slopes.trial.units import UnitCounter


def counted(name: str, weight: list[list[float]], inputs: torch.Tensor) -> dict[str, float]:
    counter = UnitCounter(library.activation(name))
    linear = nn.Linear(1, len(weight))
    with torch.no_grad():
        linear.weight.copy_(torch.tensor(weight))
        linear.bias.fill_(-1.0)
    network = nn.Sequential(linear, counter.layer())
    with torch.inference_mode(), counter:
        for row in inputs.split(2):
            network(row)
    assert not network[1]._forward_hooks
    return counter.shares()


def test_a_relu_that_no_input_wakes_is_dead() -> None:
    # At inputs 0, 1, 2, 3 minus 1: the first unit wakes at 2, the second never.
    shares = counted("relu", [[1.0], [-1.0]], torch.arange(4.0).reshape(4, 1))
    assert shares == {"dead_units": 0.5, "saturated_units": 6 / 8}


def test_a_tanh_is_saturated_where_it_is_flat_and_never_quite_dead() -> None:
    shares = counted("tanh", [[1.0], [3.0]], torch.arange(4.0).reshape(4, 1))
    flat = [
        x for w in (1, 3) for x in range(4) if 1 - torch.tanh(torch.tensor(w * x - 1.0)).item() ** 2 < 0.01
    ]
    assert shares == {"dead_units": 0.0, "saturated_units": pytest.approx(len(flat) / 8)}
    assert 0 < len(flat) < 8


def test_a_channel_of_an_image_is_one_unit() -> None:
    counter = UnitCounter(library.activation("relu"))
    layer = counter.layer()
    images = torch.full((2, 3, 4, 4), -1.0)
    images[1, 0, 2, 2] = 1.0
    with counter:
        layer(images)
    assert counter.shares() == {"dead_units": pytest.approx(2 / 3), "saturated_units": 95 / 96}


def test_a_layer_that_was_never_called_says_nothing() -> None:
    counter = UnitCounter(library.activation("relu"))
    counter.layer()
    assert counter.shares() == {}
