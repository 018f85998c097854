"""Row activations: values, masks and derivatives as the peers have them."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import torch

import slopes
from tests.parity.peers import ENTRIES, assert_close, resolve, side

RNG = np.random.default_rng(20)
X = 4 * RNG.standard_normal((3, 5, 4))
COTANGENT = RNG.standard_normal(X.shape)
DTYPES = ("float64", "float32")

#: (our name, library) -> the peer's keyword for our axis
CASES: dict[tuple[str, str], str] = {
    ("glu", "torch"): "dim",
    ("glu", "jax"): "axis",
    ("softmin", "torch"): "dim",
    ("softmax", "torch"): "dim",
    ("softmax", "jax"): "axis",
    ("softmax", "scipy"): "axis",
    ("log_softmax", "torch"): "dim",
    ("log_softmax", "jax"): "axis",
    ("log_softmax", "scipy"): "axis",
}
PAIRS = pytest.mark.parametrize(("name", "library"), CASES)
SMOOTH = pytest.mark.parametrize("name", ["softmax", "log_softmax"])
OF_TORCH = pytest.mark.parametrize("name", ["softmax", "log_softmax", "softmin", "glu"])


def peer_of(name: str, library: str, axis: int) -> Callable[[Any], Any]:
    peer = resolve(slopes.get(name).elsewhere[library])
    return lambda x: peer(x, **{CASES[name, library]: axis})


def test_every_row_activation_that_a_peer_has_is_compared():
    wanted = {(n, lib) for n, lib, _ in ENTRIES if slopes.get(n).kind == "row_activation"}
    assert wanted <= CASES.keys()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("axis", [-1, 0, 1])
@PAIRS
def test_value_equals_the_peers(name, library, axis, dtype):
    x, their = X.astype(dtype), side(library)
    x = x[:2, :4] if name == "glu" else x  # which needs pairs
    expected = their.numpy(peer_of(name, library, axis)(their.array(x)))
    assert expected.dtype == dtype
    assert_close(slopes.get(name)(x, axis=axis), expected, dtype)


@SMOOTH
def test_default_axis_is_the_last_as_in_jax(name):
    peer = resolve(slopes.get(name).elsewhere["jax"])
    assert_close(slopes.get(name)(X), np.asarray(peer(jnp.asarray(X))), "float64")


@SMOOTH
def test_masked_value_equals_jaxs(name):
    where = RNG.random(X.shape) < 0.7
    where[..., 0] = True
    expected = np.asarray(getattr(jax.nn, name)(jnp.asarray(X), where=jnp.asarray(where)))
    value = slopes.get(name)(X, where=where)
    np.testing.assert_array_equal(np.isinf(value), np.isinf(expected))
    assert_close(value[where], expected[where], "float64")


@pytest.mark.parametrize("axis", [-1, 1])
@pytest.mark.parametrize("library", ["torch", "jax"])
@SMOOTH
def test_vjp_equals_the_peers_autograd(name, library, axis):
    peer, their = peer_of(name, library, axis), side(library)
    c = their.array(COTANGENT)
    expected = their.derivative(lambda x: peer(x) * c, X)
    assert_close(slopes.get(name).vjp(X, COTANGENT, axis=axis), expected, "float64", scale=20)


@SMOOTH
def test_jvp_equals_jaxs(name):
    peer = peer_of(name, "jax", -1)
    expected = np.asarray(jax.jvp(peer, (jnp.asarray(X),), (jnp.asarray(COTANGENT),))[1])
    assert_close(slopes.get(name).jvp(X, COTANGENT), expected, "float64", scale=20)


@OF_TORCH
def test_autograd_and_double_backward_equal_torchs(name):
    c, their = torch.from_numpy(COTANGENT), side("torch")
    c = c[..., : slopes.get(name)(X).shape[-1]]
    peer, ours = peer_of(name, "torch", -1), slopes.get(name)
    for order in (1, 2):
        # the square of the result, so that the second derivative is not 0 by linearity
        expected = their.derivative(lambda x: c * peer(x) ** 2, X, order)
        derivative = their.derivative(lambda x: c * ours(x) ** 2, X, order)
        assert_close(derivative, expected, "float64", scale=50)


def test_maxout_equals_a_maximum_over_cut_rows():
    cut = torch.from_numpy(X).unflatten(-1, (2, 2))
    np.testing.assert_array_equal(slopes.maxout(X), cut.amax(-1).numpy())
