"""The deliberate differences of activations, measured on both sides."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812 - everybody's name for it

import slopes
from tests.parity.peers import JaxSide, TorchSide


def test_difference_hard_sigmoid_derivative():
    theirs = TorchSide.derivative(F.hardsigmoid, np.zeros(1))
    assert theirs == float(np.float32(1 / 6))
    assert theirs != 1 / 6
    with pytest.raises(RuntimeError, match="not implemented"):
        TorchSide.derivative(F.hardsigmoid, np.zeros(1), order=2)
    assert slopes.hard_sigmoid.derivative(0.0) == 1 / 6
    assert slopes.hard_sigmoid.derivative(0.0, order=2) == 0


def test_difference_tanhshrink_beside_0():
    x = np.float32(1e-3)
    theirs = F.tanhshrink(torch.tensor([x])).item()
    assert abs(theirs / 3.333332e-10 - 1) > 0.01
    assert slopes.tanhshrink(x) == np.float32(3.3333324832e-10)
    assert abs(F.tanhshrink(torch.tensor([1e-6], dtype=torch.float64)).item() / (1e-18 / 3) - 1) > 1e-5
    assert slopes.tanhshrink(1e-6) == pytest.approx(1e-18 / 3, rel=1e-11)


def test_difference_logit_beside_one_half():
    x, want = np.float32(0.5001), 4.0006638e-4
    for theirs in (torch.logit(torch.tensor(x)).item(), float(jax.scipy.special.logit(x))):
        assert 5e-5 < abs(theirs / want - 1) < 2e-4
    assert slopes.logit(x) == pytest.approx(want, rel=6e-8)
    assert torch.logit(torch.tensor(0.5 + 1e-9, dtype=torch.float64)) != slopes.logit(0.5 + 1e-9)


def test_difference_squareplus_tail():
    x = np.array([-10000], np.float32)
    assert jax.nn.squareplus(jnp.asarray(x))[0] == 0
    assert JaxSide.derivative(jax.nn.squareplus, x)[0] == pytest.approx(1.26e-8, rel=0.01)
    assert slopes.squareplus(x)[0] == pytest.approx(1e-4)
    assert slopes.squareplus.derivative(x)[0] == pytest.approx(1e-8)


def test_difference_softsign_at_infinity():
    assert torch.isnan(F.softsign(torch.tensor([torch.inf])))
    assert jnp.isnan(jax.nn.soft_sign(jnp.inf))
    assert slopes.softsign(np.inf) == 1
