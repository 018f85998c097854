"""The deliberate differences in the tails, at infinities and at NaN, measured on both sides."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import scipy.special
import torch
from torch.nn import functional as F  # noqa: N812 - everybody's name for it

import slopes
from tests.parity.peers import JaxSide, TorchSide

INF = np.inf


def exactly(x):
    """Our result within a rounding of float32."""
    return pytest.approx(x, rel=1.2e-7, abs=0)


def both(torch_function, jax_function, x, order=1):
    """Their float32 derivatives at x."""
    x = np.asarray(x, np.float32)
    return (TorchSide.derivative(torch_function, x, order), JaxSide.derivative(jax_function, x, order))


def test_difference_sigmoid_derivative_tail():
    for theirs in both(torch.sigmoid, jax.nn.sigmoid, [16.625, 16.75, 20]):
        np.testing.assert_allclose(theirs, [1.19209e-7, 0, 0], rtol=1e-5)
    ours = slopes.sigmoid.derivative(np.float32([16.625, 16.75, 20]))
    assert ours == exactly([6.0235735e-08, 5.3157848e-08, 2.0611537e-09])


def test_difference_tanh_derivative_tail():
    in_torch, in_jax = both(torch.tanh, jnp.tanh, [8, 9.25])
    assert in_torch[0] > 0
    assert in_torch[1] == 0
    np.testing.assert_array_equal(in_jax, 0)
    ours = slopes.tanh.derivative(np.float32([8, 9.25]))
    assert ours == exactly([4.5014059e-07, 3.6949800e-08])


def test_difference_log_sigmoid_second_derivative_tail():
    x = np.float32([20])
    assert TorchSide.derivative(F.logsigmoid, x, order=2) == 0
    assert TorchSide.derivative(F.softplus, x, order=2) == 0
    assert slopes.log_sigmoid.derivative(x, order=2) == exactly(-2.0611537e-09)
    assert slopes.softplus.derivative(x, order=2) == exactly(2.0611537e-09)


def test_difference_gelu_tail():
    x = np.float32([-5.75, -6, -10])
    np.testing.assert_array_equal(F.gelu(torch.from_numpy(x)), 0)
    half_wrong = F.gelu(torch.tensor(-5.5)).item() / -1.0444259e-07
    assert 1.5 < half_wrong < 1.6
    assert F.gelu(torch.tensor(-8.5, dtype=torch.float64)) == 0
    assert slopes.gelu(x) == exactly([-2.5657492e-08, -5.9195258e-09, -7.6198530e-23])
    assert slopes.gelu(torch.tensor(-10.0)).item() == pytest.approx(-7.6198530e-23, rel=1e-6)


def test_difference_gelu_tanh_tail():
    x = np.float32([-5.5, -6])
    np.testing.assert_array_equal(F.gelu(torch.from_numpy(x), approximate="tanh"), 0)
    np.testing.assert_array_equal(jax.nn.gelu(jnp.asarray(x)), 0)
    assert slopes.gelu_tanh(x) == exactly([-5.9276402e-09, -8.4396469e-11])


def test_difference_silu_tail():
    x = np.float32([-90])
    t, j = torch.from_numpy(x), jnp.asarray(x)
    theirs = (F.silu(t), torch.sigmoid(t), jax.nn.silu(j), jax.nn.sigmoid(j), scipy.special.expit(x))
    assert [float(value[0]) for value in theirs] == [0] * 5
    assert slopes.silu(x) == exactly(-7.3746112e-38)
    assert slopes.sigmoid(x) == pytest.approx(8.194e-40, rel=1e-4, abs=0)


@pytest.mark.parametrize(("margin", "slope"), [(17, 4.1399375e-08), (20, 2.0611537e-09), (50, 1.9287499e-22)])
def test_difference_cross_entropy_gradient_tail(margin, slope):
    x, y = np.float32([[0, margin]]), np.array([1])
    target = torch.from_numpy(y)
    in_torch, in_jax = both(lambda x: F.cross_entropy(x, target), lambda x: -jax.nn.log_softmax(x)[0, 1], x)
    assert in_torch[0, 1] == in_jax[0, 1] == 0
    assert in_torch[0, 0] == exactly(slope)
    assert slopes.cross_entropy.gradient(x, y)[0] == exactly([slope, -slope])
    by_autograd = TorchSide.derivative(lambda x: slopes.cross_entropy(x, target), x)
    assert by_autograd[0] == pytest.approx([slope, -slope], rel=1e-6)


def test_difference_cross_entropy_value_tail():
    x = np.float32([[0, 20]])
    t, y = torch.from_numpy(x), np.array([1])
    assert F.cross_entropy(t, torch.tensor([1])) == 0
    assert torch.log_softmax(t, -1)[0, 1] == 0
    assert jax.nn.log_softmax(jnp.asarray(x))[0, 1] == 0
    assert scipy.special.log_softmax(x, axis=-1)[0, 1] == 0
    assert slopes.cross_entropy(x, y) == exactly(2.0611537e-09)
    assert slopes.log_softmax(x)[0, 1] == exactly(-2.0611537e-09)


def test_difference_softmax_vjp_tail():
    x = np.float32([[0, 20]])
    for theirs in both(lambda x: torch.softmax(x, -1)[0, 1], lambda x: jax.nn.softmax(x)[0, 1], x):
        assert theirs[0, 1] == 0
        assert theirs[0, 0] == exactly(-2.0611537e-09)
    ours = slopes.softmax.vjp(x, np.float32([[0, 1]]))
    assert ours[0] == exactly([-2.0611537e-09, 2.0611537e-09])


def test_difference_bce_with_logits_gradient_tail():
    x, one = np.float32([20]), torch.ones(1)
    theirs = TorchSide.derivative(lambda z: F.binary_cross_entropy_with_logits(z, one), x)
    assert theirs == 0
    ours = slopes.binary_cross_entropy_with_logits
    assert ours.gradient(x, np.float32([1])) == exactly(-2.0611537e-09)
    by_autograd = TorchSide.derivative(lambda z: ours(z, one), x)
    assert by_autograd == pytest.approx(-2.0611537e-09, rel=1e-6)


def test_difference_softplus_threshold():
    x = np.array([20.5])
    assert F.softplus(torch.from_numpy(x)) == x
    assert TorchSide.derivative(F.softplus, x) == 1
    assert slopes.softplus(x) - x == pytest.approx(1.25015e-09, rel=1e-5)
    assert 1 - slopes.softplus.derivative(x) == pytest.approx(1.25015e-09, rel=1e-5)


@pytest.mark.parametrize("name", ["silu", "gelu", "gelu_tanh"])
def test_difference_gated_at_infinity(name):
    in_torch = {"silu": F.silu, "gelu": F.gelu, "gelu_tanh": lambda x: F.gelu(x, approximate="tanh")}
    in_jax = {
        "silu": jax.nn.silu,
        "gelu": lambda x: jax.nn.gelu(x, approximate=False),
        "gelu_tanh": jax.nn.gelu,
    }
    x = np.array([-INF, INF], np.float32)
    value = in_torch[name](torch.from_numpy(x)).numpy()
    np.testing.assert_array_equal(np.isnan(value), [True, name == "gelu"])
    np.testing.assert_array_equal(in_jax[name](jnp.asarray(x)), [np.nan, INF])
    for theirs in both(in_torch[name], in_jax[name], x):
        assert np.isnan(theirs).all()
    ours = slopes.get(name)
    for array in (x, torch.from_numpy(x)):
        np.testing.assert_array_equal(np.asarray(ours(array)), [0, INF])
        assert np.signbit(np.asarray(ours(array))[0])
        np.testing.assert_array_equal(np.asarray(ours.derivative(array)), [0, 1])


def test_difference_softmax_of_one_infinity():
    x, y = np.array([[0, INF, 1]]), np.array([1])
    t, j = torch.from_numpy(x), jnp.asarray(x)
    with np.errstate(invalid="ignore"):
        in_scipy = scipy.special.softmax(x, axis=-1), scipy.special.log_softmax(x, axis=-1)
    for theirs in (torch.softmax(t, -1), jax.nn.softmax(j), in_scipy[0]):
        assert np.isnan(np.asarray(theirs)).all()
    for theirs in (torch.log_softmax(t, -1), jax.nn.log_softmax(j), in_scipy[1]):
        assert np.isnan(np.asarray(theirs)[0, 1])
    assert torch.isnan(F.cross_entropy(t, torch.from_numpy(y)))
    np.testing.assert_array_equal(slopes.softmax(x), [[0, 1, 0]])
    np.testing.assert_array_equal(slopes.log_softmax(x), [[-INF, 0, -INF]])
    assert slopes.cross_entropy(x, y) == slopes.cross_entropy(t, torch.from_numpy(y)) == 0


def test_difference_bce_with_logits_at_infinity():
    z, t = torch.tensor([INF, -INF]), torch.tensor([1.0, 0.0])
    theirs = F.binary_cross_entropy_with_logits(z, t, reduction="none")
    assert torch.isnan(theirs).all()
    ours = slopes.binary_cross_entropy_with_logits
    assert ours(z, t) == ours(z.numpy(), t.numpy()) == 0


def test_difference_derivative_of_nan():
    nan = np.float32([np.nan])
    assert TorchSide.derivative(torch.relu, nan) == 1
    assert TorchSide.derivative(F.leaky_relu, nan) == np.float32(0.01)
    for f in (slopes.relu, slopes.leaky_relu):
        assert np.isnan(f.derivative(nan)).all()
        assert np.isnan(TorchSide.derivative(f, nan)).all()
