"""Activations: value, default and derivatives as the peers have them, where the peers are right."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

import slopes
from tests.parity.cases_of_activations import MORE, Case
from tests.parity.peers import ENTRIES, TESTED, assert_close, resolve, side

DTYPES = ("float64", "float32")
#: without 0, where kinks are; their choices at kinks are tested one by one
X = np.concatenate([-np.geomspace(1e-3, 15, 301)[::-1], np.geomspace(1e-3, 15, 301)])


def _softplus_with_beta(peer: Any, x: Any, beta: float = 1.0) -> Any:
    return peer(beta * x) / beta


def _silu_with_beta(peer: Any, x: Any, beta: float = 1.0) -> Any:
    return peer(beta * x) / beta


def _prelu(peer: Any, x: Any, slope: float = torch.nn.PReLU().weight.item()) -> Any:
    return peer(x, torch.tensor([slope], dtype=x.dtype))


BETAS = tuple(({"beta": b}, {"beta": b}) for b in (0.5, 1.0, 2.0))
SLOPES = tuple(({"negative_slope": s}, {"negative_slope": s}) for s in (0.0, 0.01, 0.2))

CASES: dict[tuple[str, str], Case] = {
    ("gelu", "torch"): Case(),
    ("gelu", "jax"): Case(),
    ("gelu_tanh", "torch"): Case(),
    ("gelu_tanh", "jax"): Case(second_within=6.0),
    ("identity", "torch"): Case(),
    ("identity", "jax"): Case(),
    ("leaky_relu", "torch"): Case(parameters=SLOPES),
    ("leaky_relu", "jax"): Case(parameters=SLOPES),
    ("log_sigmoid", "torch"): Case(),
    ("log_sigmoid", "jax"): Case(),
    ("log_sigmoid", "scipy"): Case(),
    ("prelu", "torch"): Case(
        call=_prelu, parameters=tuple(({"slope": s}, {"slope": s}) for s in (0.25, 0.0, -0.5))
    ),
    ("relu", "torch"): Case(),
    ("relu", "jax"): Case(),
    ("sigmoid", "torch"): Case(),
    ("sigmoid", "jax"): Case(),
    ("sigmoid", "scipy"): Case(),
    ("silu", "torch"): Case(call=_silu_with_beta, parameters=BETAS),
    ("silu", "jax"): Case(call=_silu_with_beta, parameters=BETAS),
    ("softplus", "torch"): Case(parameters=(*BETAS, ({"beta": 3.0}, {"beta": 3.0, "threshold": 50}))),
    ("softplus", "jax"): Case(call=_softplus_with_beta, parameters=BETAS),
    ("tanh", "torch"): Case(),
    ("tanh", "jax"): Case(),
    ("tanh", "numpy"): Case(),
    **MORE,
}
CALLS = [
    pytest.param(name, library, ours, theirs, id=f"{name}-{library}-{ours or 'default'}")
    for (name, library), case in CASES.items()
    for ours, theirs in (({}, {}), *case.parameters)
]
DIFFERENTIABLE = [
    call for call in CALLS if call.values[1] in ("torch", "jax") and CASES[call.values[:2]].derivatives
]


def peer_of(name: str, library: str, theirs: dict[str, Any]) -> Callable[[Any], Any]:
    peer = resolve(slopes.get(name).elsewhere[library])
    call = CASES[name, library].call
    return lambda x: call(peer, x, **theirs)


def points(name: str, ours: dict[str, Any]) -> np.ndarray:
    """Inputs up to 15, and no further than torch's softplus is a softplus, nor than logit is defined."""
    if name == "logit":
        return np.concatenate([np.geomspace(1e-3, 0.45, 151), 1 - np.geomspace(0.45, 1e-3, 151)])
    steep = ours.get("beta", 1.0) if name == "softplus" else 1.0
    return X / max(steep, 1.0)


def test_every_activation_that_a_peer_has_is_compared():
    wanted = {(n, lib) for n, lib, _ in ENTRIES if slopes.get(n).kind == "activation"}
    assert wanted <= CASES.keys()
    assert {library for _, library in CASES} <= set(TESTED)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("name", "library", "ours", "theirs"), CALLS)
def test_value_equals_the_peers(name, library, ours, theirs, dtype):
    x = points(name, ours).astype(dtype)
    peer, their = peer_of(name, library, theirs), side(library)
    expected = their.numpy(peer(their.array(x)))
    assert expected.dtype == dtype
    assert_close(slopes.get(name)(x, **ours), expected, dtype, scale=4)


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize(("name", "library", "ours", "theirs"), DIFFERENTIABLE)
def test_derivative_equals_the_peers_autograd(name, library, ours, theirs, order):
    if (name, library, order) == ("identity", "torch", 2):
        pytest.skip("torch.nn.Identity returns its input: its derivative has no graph")
    x = points(name, ours)
    x = x[np.abs(x) <= (CASES[name, library].second_within if order == 2 else np.inf)]
    expected = side(library).derivative(peer_of(name, library, theirs), x, order)
    derivative = slopes.get(name).derivative(x, order=order, **ours)
    assert_close(derivative, expected, "float64", scale=20)


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize(
    ("name", "ours", "theirs"),
    [pytest.param(*c.values[:1], *c.values[2:], id=c.id) for c in DIFFERENTIABLE if c.values[1] == "torch"],
)
def test_our_autograd_equals_torchs(name, ours, theirs, order):
    if (name, order) == ("identity", 2):
        pytest.skip("torch.nn.Identity returns its input: its derivative has no graph")
    x, torch_side = points(name, ours), side("torch")
    x = x[np.abs(x) <= (CASES[name, "torch"].second_within if order == 2 else np.inf)]
    expected = torch_side.derivative(peer_of(name, "torch", theirs), x, order)
    derivative = torch_side.derivative(lambda x: slopes.get(name)(x, **ours), x, order)
    assert_close(derivative, expected, "float64", scale=20)


def test_relu_and_absolute_error_choose_0_at_their_kink_as_the_peers_do():
    zero = np.zeros(1)
    assert slopes.relu.derivative(zero) == 0
    assert slopes.mae.gradient(zero, zero) == 0
    for library in ("torch", "jax"):
        relu = resolve(slopes.relu.elsewhere[library])
        assert side(library).derivative(relu, zero) == 0
    target = torch.zeros(1, dtype=torch.float64)
    l1_loss = resolve(slopes.mae.elsewhere["torch"])
    assert side("torch").derivative(lambda x: l1_loss(x, target), zero) == 0


@pytest.mark.parametrize("name", ["leaky_relu", "prelu"])
def test_leaky_functions_choose_the_negative_slope_at_0_as_torch_does(name):
    peer = peer_of(name, "torch", {})
    slope = next(iter(slopes.get(name).parameters.values()))
    expected = side("torch").derivative(peer, np.zeros(1))
    assert slopes.get(name).derivative(np.zeros(1)) == expected == slope


def test_prelu_slope_gradient_equals_torchs():
    x = torch.tensor([-3.0, -0.5, 0.0, 2.0], dtype=torch.float64)
    slope = torch.tensor([0.25], dtype=torch.float64, requires_grad=True)
    for f in (lambda: torch.nn.functional.prelu(x, slope), lambda: slopes.prelu(x, slope=slope)):
        assert torch.autograd.grad(f().sum(), slope)[0].item() == -3.5
