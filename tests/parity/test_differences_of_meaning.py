"""The deliberate differences in kinks, clamps, defaults, shapes, means and types, measured on both sides."""

import warnings

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import scipy.special
import sklearn.metrics
import torch
from torch.nn import functional as F  # noqa: N812 - everybody's name for it

import slopes
from tests.parity.peers import JaxSide, TorchSide

RNG = np.random.default_rng(23)


def test_difference_leaky_relu_at_0():
    assert JaxSide.derivative(jax.nn.leaky_relu, np.zeros(1)) == 1
    assert TorchSide.derivative(F.leaky_relu, np.zeros(1)) == 0.01
    assert slopes.leaky_relu.derivative(0.0) == 0.01


def test_difference_bce_clamp():
    p, t = np.zeros(1), np.ones(1)
    target = torch.from_numpy(t)
    assert F.binary_cross_entropy(torch.from_numpy(p), target) == 100
    theirs = TorchSide.derivative(lambda p: F.binary_cross_entropy(p, target), p)
    assert theirs == pytest.approx(-1e12)
    assert slopes.binary_cross_entropy(p, t) == np.inf
    assert slopes.binary_cross_entropy.gradient(p, t) == -np.inf


def test_difference_bce_double_backward():
    p, t = np.array([0.01]), torch.ones(1, dtype=torch.float64)
    theirs = TorchSide.derivative(lambda p: F.binary_cross_entropy(p, t), p, order=2)
    wrong = abs(theirs.item() / 1e4 - 1)
    assert 1e-11 < wrong < 1e-9
    assert slopes.binary_cross_entropy.hessian(p, t.numpy()) == pytest.approx(1e4, rel=1e-15)


@pytest.mark.parametrize(("dtype", "cost"), [("float64", 36.0436534), ("float32", 15.9423847)])
def test_difference_log_loss_clip(dtype, cost):
    p = np.zeros(1, dtype)
    theirs = sklearn.metrics.log_loss([1], p, labels=[0, 1])
    assert theirs == pytest.approx(cost, rel=1e-6)
    assert slopes.binary_cross_entropy(p, np.ones(1)) == np.inf


def test_difference_gelu_default():
    x = np.array([1.0])
    assert jax.nn.gelu(jnp.asarray(x)) == pytest.approx(0.8411919906082768)
    assert slopes.gelu_tanh(x) == pytest.approx(0.8411919906082768)
    assert slopes.gelu(x) == pytest.approx(0.8413447460685429)


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_difference_softmax_axis(name):
    x = np.zeros((2, 2))
    theirs = getattr(scipy.special, name)(x)
    quarter, half = (0.25, 0.5) if name == "softmax" else np.log([0.25, 0.5])
    assert theirs == pytest.approx(np.full((2, 2), quarter))
    assert slopes.get(name)(x) == pytest.approx(np.full((2, 2), half))


def test_difference_prelu_channels():
    x, slope = -torch.ones(3, 2, 2), torch.tensor([1.0, 2.0])
    np.testing.assert_array_equal(F.prelu(x, slope)[0], [[-1, -1], [-2, -2]])
    np.testing.assert_array_equal(slopes.prelu(x, slope=slope)[0], [[-1, -2], [-1, -2]])
    np.testing.assert_array_equal(slopes.prelu(x, slope=slope[:, None]), F.prelu(x, slope))


@pytest.mark.parametrize("name", ["mse", "mae", "huber"])
def test_difference_mse_broadcast(name):
    peer = {"mse": F.mse_loss, "mae": F.l1_loss, "huber": F.huber_loss}[name]
    p, t = torch.arange(3.0), torch.arange(3.0)[:, None]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert peer(p, t, reduction="none").shape == (3, 3)
    assert "broadcasting" in str(caught[0].message)
    with pytest.raises(ValueError, match=r"\(3,\).*\(3, 1\)"):
        slopes.get(name)(p, t)


@pytest.mark.parametrize("name", ["cross_entropy", "nll"])
def test_difference_ignore_index_default(name):
    peer = {"cross_entropy": F.cross_entropy, "nll": F.nll_loss}[name]
    x = torch.log_softmax(torch.tensor([[1.0, 2.0], [3.0, 1.0]]), -1)
    y = torch.tensor([0, -100])
    assert peer(x, y) == peer(x[:1], y[:1])
    with pytest.raises(ValueError, match="-100"):
        slopes.get(name)(x, y)
    value = slopes.get(name)(x, y, ignore_index=-100)
    assert value.item() == pytest.approx(peer(x, y).item(), rel=1e-6)


@pytest.mark.parametrize("name", ["cross_entropy", "nll"])
def test_difference_class_axis(name):
    peer = {"cross_entropy": F.cross_entropy, "nll": F.nll_loss}[name]
    x, y = torch.log_softmax(torch.randn(2, 3, 4), 1), torch.zeros(2, 4, dtype=torch.long)
    assert slopes.get(name)(x, y, axis=1).item() == pytest.approx(peer(x, y).item(), rel=1e-6)
    moved = x.movedim(1, -1)
    with pytest.raises(RuntimeError, match=r"\[2, 3\]"):
        peer(moved, y)
    assert slopes.get(name)(moved, y).item() == pytest.approx(peer(x, y).item(), rel=1e-6)


def test_difference_target_probabilities_unchecked():
    x, q = torch.zeros(1, 2), torch.tensor([[3.0, -1.0]])
    assert torch.isfinite(F.cross_entropy(x, q))
    with pytest.raises(ValueError, match="between 0 and 1"):
        slopes.cross_entropy(x, q)


def test_difference_argument_order():
    prediction, target = np.array([0.0]), np.array([10.0])
    pinball = sklearn.metrics.mean_pinball_loss
    ours = slopes.quantile(prediction, target, level=0.9)
    assert ours == pinball(target, prediction, alpha=0.9) == 9
    assert pinball(prediction, target, alpha=0.9) == pytest.approx(1)


def test_difference_huber_arguments():
    r = np.array([0.5, 4.0])
    np.testing.assert_array_equal(scipy.special.huber(2.0, r), [0.125, 6])
    ours = slopes.huber(r, np.zeros(2), delta=2.0, reduction="none")
    np.testing.assert_array_equal(ours, [0.125, 6])
    assert slopes.huber(r, np.zeros(2), delta=2.0) == 6.125 / 2


def test_difference_hinge_labels():
    scores = np.array([-0.5, 0.25])
    assert sklearn.metrics.hinge_loss([0, 1], scores) == 0.625
    with pytest.raises(ValueError, match="-1 or 1"):
        slopes.hinge(scores, np.array([0.0, 1.0]))
    assert slopes.hinge(scores, np.array([-1.0, 1.0])) == 0.625


def test_difference_class_weight_of_probabilities():
    x, y = torch.from_numpy(RNG.standard_normal((2, 3))), torch.tensor([0, 2])
    one_hot, w = F.one_hot(y, 3).double(), torch.tensor([1.0, 2.0, 5.0], dtype=torch.float64)
    by_index, by_row = F.cross_entropy(x, y, weight=w), F.cross_entropy(x, one_hot, weight=w)
    assert by_row == pytest.approx(by_index * 6 / 2)  # a sum of weights of 6 against 2 rows
    for target in (y, one_hot):
        assert slopes.cross_entropy(x, target, class_weight=w) == pytest.approx(by_index)


@pytest.mark.parametrize("name", ["huber", "binary_cross_entropy", "binary_cross_entropy_with_logits"])
def test_difference_weighted_mean(name):
    peer = getattr(F, "huber_loss" if name == "huber" else name)
    p, t, w = torch.tensor([0.5, 0.25]), torch.ones(2), torch.tensor([1.0, 3.0])
    each = peer(p, t, reduction="none")
    assert peer(p, t, weight=w).item() == pytest.approx((w * each).sum().item() / 2)
    ours = slopes.get(name)
    assert ours(p, t, weight=w).item() == pytest.approx((w * each).sum().item() / 4)
    repeated = ours(p[[0, 1, 1, 1]], t[[0, 1, 1, 1]])
    assert ours(p, t, weight=w).item() == pytest.approx(repeated.item())
    for like_ours, own in ((F.mse_loss, slopes.mse), (F.l1_loss, slopes.mae)):
        assert like_ours(p, t, weight=w).item() == pytest.approx(own(p, t, weight=w).item())


def test_difference_mean_over_nothing():
    empty = torch.zeros(0)
    assert torch.isnan(F.mse_loss(empty, empty))
    with pytest.raises(ValueError, match="mean over nothing"):
        slopes.mse(empty, empty)
    x, y = torch.zeros(1, 2), torch.tensor([-100])
    assert torch.isnan(F.cross_entropy(x, y))
    with pytest.raises(ValueError, match="mean over nothing"):
        slopes.cross_entropy(x, y, ignore_index=-100)


@pytest.mark.parametrize("name", ["mse", "mae", "quantile"])
def test_difference_result_dtype(name):
    p, t = np.float32([1, 2]), np.float32([0, 0])
    peer = getattr(sklearn.metrics, slopes.get(name).elsewhere["sklearn"].rpartition(".")[2])
    assert type(peer(t, p)) is float
    assert type(slopes.get(name)(p, t)) is np.float32


def test_difference_small_integers():
    one = np.ones(1, np.int8)
    assert np.tanh(one).dtype == np.float16
    assert slopes.tanh(one).dtype == np.float64


@pytest.mark.parametrize("name", ["silu", "gelu"])
def test_difference_integer_input(name):
    one = torch.ones(1, dtype=torch.int64)
    with pytest.raises(NotImplementedError):
        getattr(F, name)(one)
    assert torch.sigmoid(one).dtype == slopes.get(name)(one).dtype == torch.float32
