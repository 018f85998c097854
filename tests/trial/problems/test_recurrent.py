"""The recurrent layer against PyTorch's, and with other activations."""

import torch

from slopes.torch import Activation
from slopes.trial.problems.recurrent import RecurrentLayer


def test_with_tanh_it_is_the_usual_unit() -> None:
    weights = torch.Generator().manual_seed(0)
    layer = RecurrentLayer(5, 7, lambda: Activation("tanh"), directions=2)
    layer.initialise(1.0, weights)
    torch.nn.init.normal_(layer.bias, generator=weights)
    x = torch.randn(2, 4, 3, 5, generator=weights)
    start = torch.randn(2, 3, 7, generator=weights)
    states = layer(x, start)
    for direction in range(2):
        usual = torch.nn.GRU(5, 7)
        with torch.no_grad():
            usual.weight_ih_l0.copy_(layer.inputs[direction].T)
            usual.weight_hh_l0.copy_(layer.recurrent[direction].T)
            usual.bias_ih_l0.copy_(layer.bias.view(2, -1)[direction])
            usual.bias_hh_l0.zero_()
        expected, _ = usual(x[direction], start[direction][None])
        torch.testing.assert_close(states[direction], expected, rtol=1e-5, atol=1e-6)


def test_the_activation_can_be_any_curve() -> None:
    x = torch.randn(1, 7, 2, 3, generator=torch.Generator().manual_seed(0))
    found = []
    for name in ("tanh", "sigmoid", "relu", "prelu"):
        layer = RecurrentLayer(3, 5, lambda name=name: Activation(name))
        layer.initialise(1.0, torch.Generator().manual_seed(0))
        found.append(layer(x, torch.zeros(1, 2, 5)))
    assert all(not torch.equal(found[0], other) for other in found[1:])
    assert bool((found[1] >= 0).all())  # states are means of what the activation gave
