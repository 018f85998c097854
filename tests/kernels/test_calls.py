"""The direct calls give what the long way gives, bit for bit, and leave to it all that is not plain."""

from itertools import product

import numpy as np
import pytest
import torch

import slopes
from slopes.backends import kernels
from tests.conftest import public
from tests.kernels.examples import curve_calls, inputs, loss_calls, pair
from tests.loops import over

SIZES = (1, 100, 129, 70_001)
KERNELS = {*kernels._curves, *kernels._losses}


class Unusual(np.ndarray):
    """An array that no direct call takes, with the same elements."""


def bits(results):
    return [(type(r), r.dtype, r.shape, r.tobytes()) for r in results]


@over("dtype", [np.float16, np.float32, np.float64])
def test_activations_are_the_same_to_the_last_bit(activation, dtype):
    direct = public(activation)._direct
    for size in SIZES:
        x = inputs(size, dtype)
        for name, call in curve_calls(activation).items():
            assert bits(call(x)) == bits(call(x.view(Unusual))), (name, size)
    if activation.name in KERNELS:
        for method in direct.__slots__:
            assert getattr(direct, method)(x, x, None) is not None, method


@over("dtype", [np.float32, np.float64])
def test_losses_are_the_same_to_the_last_bit(pointwise_loss, dtype):
    direct = public(pointwise_loss)._direct
    for size in SIZES:
        p, t = pair(pointwise_loss, size, dtype)
        choices = [{}]
        if size == 100:
            choices += [{"weight": np.linspace(1, 2, size, dtype=dtype)}, {"where": np.arange(size) % 3 < 1}]
        for (name, call), options in product(loss_calls(pointwise_loss).items(), choices):
            assert bits(call(p, t, **options)) == bits(call(p.view(Unusual), t, **options)), (name, size)
    if pointwise_loss.name in KERNELS:
        for method, reduction in product(direct.__slots__, ("mean", "sum", "none")):
            assert getattr(direct, method)(p, t, reduction, None) is not None, method


X = np.linspace(-2, 2, 12, dtype=np.float32).reshape(3, 4)
LONG = np.zeros(13, np.float32)
READ_ONLY = X.copy()
READ_ONLY.flags.writeable = False
UNUSUAL = {
    "subclass": X.view(Unusual),
    "masked": np.ma.masked_array(X),
    "strided": np.repeat(X, 2, 1)[:, ::2],
    "columns first": np.asfortranarray(X),
    "big-endian": X.astype(">f4"),
    "unaligned": np.frombuffer(b"\0" + X.tobytes(), np.float32, offset=1).reshape(3, 4),
    "integers": X.astype(int),
    "long double": X.astype(np.longdouble),
    "scalar": X[0, 0],
    "number": 1.0,
    "list": X.tolist(),
    "None": None,
    "tensor": torch.tensor(X),
}


@pytest.mark.parametrize("kind", UNUSUAL)
def test_what_is_unusual_is_left_to_the_long_way(kind):
    curve, loss, odd = slopes.silu._direct, slopes.mse._direct, UNUSUAL[kind]
    for method in curve.__slots__:
        assert getattr(curve, method)(odd, odd, None) is None
    assert curve.vjp(X, odd, None) is None
    for method in loss.__slots__:
        assert getattr(loss, method)(odd, X, "none", None) is None
        assert getattr(loss, method)(X, odd, "none", None) is None


MEMORY = np.zeros(30, np.float32)
BESIDE = MEMORY[:12].reshape(3, 4)
WRONG = {
    **{kind: odd for kind, odd in UNUSUAL.items() if odd is not None},
    "read-only": READ_ONLY,
    "another dtype": X.astype(np.float64),
    "another shape": X.reshape(4, 3),
    "more axes": X[None],
    "overlapping": MEMORY[1:13].reshape(3, 4),
}


@pytest.mark.parametrize("kind", WRONG)
def test_another_out_is_left_to_the_long_way(kind):
    curve, loss, out = slopes.silu._direct, slopes.mse._direct, WRONG[kind]
    for method in ("value", "derivative", "second_derivative", "vjp"):
        assert getattr(curve, method)(BESIDE, BESIDE, out) is None
    assert curve.vjp(X, BESIDE, out) is None
    for outs in ((out, None), (None, out), [None, None], (None,), (BESIDE.copy(),) * 2, X.copy()):
        assert curve.value_and_derivative(BESIDE, None, outs) is None
    for method in ("value", "gradient", "hessian", "value_and_gradient"):
        assert getattr(loss, method)(BESIDE, X, "none", out) is None
        assert getattr(loss, method)(X, BESIDE, "none", out) is None
    assert not MEMORY.any()


def test_another_loss_is_left_to_the_long_way():
    direct, t = slopes.binary_cross_entropy_with_logits._direct, np.full_like(X, 0.5)
    assert direct.value(X, t, "mean", None) is not None
    for reduction in ("max", "Mean", None, 0, "".join(["me", "an"])):
        assert direct.value(X, t, reduction, None) is None
    assert direct.value(X, t, "mean", X.copy()) is None  # out= is for what has the prediction's shape
    assert direct.value(X, t[:2], "mean", None) is None
    assert direct.value(X, t.astype(np.float64), "mean", None) is None
    assert direct.value(X[:0], t[:0], "mean", None) is None


@pytest.mark.parametrize(
    ("name", "prediction", "target", "allowed"),
    [
        ("mse", np.inf, -np.inf, True),
        ("binary_cross_entropy_with_logits", 1e30, 0, True),
        ("binary_cross_entropy_with_logits", 1e30, 1, True),
        ("binary_cross_entropy_with_logits", 1, np.nan, True),
        ("binary_cross_entropy_with_logits", 1, 1.0000001, False),
        ("binary_cross_entropy_with_logits", 1, -1e-40, False),
        ("binary_cross_entropy", 1.5, 1, False),
        ("hinge", 1, -1, True),
        ("hinge", 1, np.nan, True),
        ("hinge", 1, 0.5, False),
        ("hinge", 1, np.inf, False),
        ("msle", -0.5, 1, True),
        ("msle", -1, 1, False),
        ("msle", np.nan, 1, True),
        ("msle", np.inf, 1, True),
    ],
)
@pytest.mark.parametrize("at", [0, 99, 40_000])
def test_values_that_a_loss_refuses_are_left_to_the_long_way(name, prediction, target, allowed, at):
    f = slopes.get(name)
    p, t = np.full(40_001, 0.5, np.float32), np.full(40_001, 1, np.float32)
    p[at], t[at] = prediction, target
    assert (f._direct.value(p, t, "sum", None) is not None) == allowed
    if not allowed:
        with pytest.raises(ValueError, match="must"):
            f(p, t)


def test_in_place_is_direct():
    x, y = X.copy(), X.copy()
    assert slopes.silu._direct.value(x, None, x) is x
    np.testing.assert_array_equal(x, slopes.silu(X))
    assert slopes.silu._direct.vjp(y, y, y) is y
    np.testing.assert_array_equal(y, slopes.silu.vjp(X, X))


@pytest.mark.parametrize("shape", [(), (0,), (2, 0, 3)])
def test_no_axes_and_no_elements(shape):
    x = np.ones(shape, np.float32)
    result = slopes.silu._direct.value(x, None, None)
    assert type(result) is np.ndarray
    np.testing.assert_array_equal(result, slopes.silu(x.view(Unusual)), strict=True)
