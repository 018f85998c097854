"""The initialisation gain is the one that integration at high precision finds."""

import itertools

import mpmath as mp
import numpy as np
import pytest
import torch

import slopes
from tests.conftest import public
from tests.laws.reference import curves


def exact_gain(definition):
    f = curves(definition)[0]
    inner = [mp.mpf(b) for b in definition.facts.breaks if abs(b) < 12]
    ends = sorted({*map(mp.mpf, (-12, -6, -3, -1, 0, 1, 3, 6, 12)), *inner})
    with mp.workdps(20):
        parts = [mp.quad(lambda x: f(x) ** 2 * mp.npdf(x), pair) for pair in itertools.pairwise(ends)]
        return 1 / mp.sqrt(sum(parts))


def test_gain(activation):
    if not activation.facts.everywhere:
        with pytest.raises(ValueError, match=r"is defined from .* to .* only: it has no gain"):
            _ = public(activation).gain
        return
    assert public(activation).gain == pytest.approx(float(exact_gain(activation)), rel=1e-12)


@pytest.mark.parametrize(("name", "theirs"), [("relu", 2**0.5), ("identity", 1), ("selu", 1)])
def test_gains_that_are_known(name, theirs):
    assert slopes.get(name).gain == pytest.approx(theirs, rel=1e-12)


def test_torchs_gain_of_leaky_relu_is_this_one():
    """Its gain of tanh, 5 / 3, is an empirical choice; the others are these."""
    theirs = torch.nn.init.calculate_gain("leaky_relu", 0.2)
    assert slopes.LeakyReLU(negative_slope=0.2).gain == pytest.approx(theirs, rel=1e-12)


def test_a_layer_keeps_its_variance():
    rng = np.random.default_rng(0)
    z, w = rng.normal(size=(400, 400)), rng.normal(size=(400, 400)) / 20
    for function in (slopes.silu, slopes.mish, slopes.LeakyReLU(negative_slope=0.2)):
        assert np.mean((function.gain * function(z) @ w) ** 2) == pytest.approx(1, rel=0.03)


def test_an_array_of_parameters_has_no_gain():
    with pytest.raises(TypeError, match="slope must be a number"):
        _ = slopes.PReLU(slope=np.array([0.1, 0.2])).gain
