"""No bit depends on where an element lies, how long the array is, or which method asks for it."""

import numpy as np
import pytest
from ml_dtypes import bfloat16

import slopes
from tests.conftest import public
from tests.kernels.examples import inputs, loss_calls, pair
from tests.loops import over

SIZES = (1, 2, 15, 127, 128, 129, 1000, 8191, 8192, 8193, 70_001)
SIX = (2, 3, 1, 4, 5, 6)


@over("dtype", [np.float16, bfloat16, np.float32, np.float64])
def test_length_and_alignment_change_no_bit(activation, dtype):
    x = inputs(SIZES[-1], dtype)
    f = public(activation)
    whole = f(x), f.derivative(x), f.derivative(x, order=2)
    for size in SIZES:
        for start in (0, 1, 3, 61):
            part = slice(start, min(start + size, x.size))
            got = f(x[part]), f.derivative(x[part]), f.derivative(x[part], order=2)
            for g, w in zip(got, whole, strict=True):
                # NumPy's own comparison does not know the NaN of bfloat16
                np.testing.assert_array_equal(g.astype(np.float64), w[part].astype(np.float64))


@over("dtype", [np.float32, np.float64])
def test_strides_change_no_bit_of_a_sum(pointwise_loss, dtype):
    f = public(pointwise_loss)
    p, t = pair(pointwise_loss, 20_000, dtype)
    p = np.nan_to_num(p, nan=1, posinf=2, neginf=-2).reshape(100, 200)
    t = t.reshape(100, 200)
    wide = np.repeat(p, 2, 1)[:, ::2]
    total, gradient = f.value_and_gradient(p, t)
    for other in (
        wide,
        np.asfortranarray(p),
        np.ascontiguousarray(p[::-1])[::-1],
        p.astype(p.dtype.newbyteorder()),
    ):
        again, slope = f.value_and_gradient(other, np.asfortranarray(t))
        assert again == total
        np.testing.assert_array_equal(slope, gradient)
        assert f(other, t) == f(p, t)


def test_masks_and_weights_that_are_broadcast(pointwise_loss):
    p, t = pair(pointwise_loss, 600, np.float32)
    p, t = np.nan_to_num(p, nan=1, posinf=2, neginf=-2).reshape(20, 30), t.reshape(20, 30)
    weight, keep = np.linspace(0, 1, 20)[:, None], np.arange(30)[None] % 3 > 0
    full = {"weight": np.repeat(weight, 30, 1), "where": np.repeat(keep, 20, 0)}
    for call in loss_calls(pointwise_loss).values():
        for a, b in zip(call(p, t, weight=weight, where=keep), call(p, t, **full), strict=True):
            np.testing.assert_array_equal(a, b)


def test_what_is_masked_is_never_looked_at(pointwise_loss):
    p, t = pair(pointwise_loss, 300, np.float32)
    keep = np.isfinite(p)
    p[keep] = np.linspace(0.1, 0.9, keep.sum())
    clean = np.where(keep, p, np.float32(0.5))
    for call in loss_calls(pointwise_loss).values():
        for a, b in zip(call(p, t, where=keep), call(clean, t, where=keep), strict=True):
            np.testing.assert_array_equal(a, b)


def test_more_axes_than_a_kernel_knows():
    x = np.random.default_rng(0).normal(size=(2,) * 12).astype(np.float32)
    strange = np.transpose(np.repeat(x, 2, -1)[..., ::2], (0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 11))[::-1]
    out = np.empty((2,) * 12, np.float32).transpose(np.roll(range(12), 5))
    slopes.silu(strange, out=out)
    np.testing.assert_array_equal(out, slopes.silu(strange.copy()))


@pytest.mark.parametrize("shift", [1, 3, 127, 5000])
def test_overlapping_results(shift):
    memory = np.linspace(-4, 4, 30_000).astype(np.float32)
    want = slopes.gelu(memory[:-shift].copy())
    slopes.gelu(memory[:-shift], out=memory[shift:])
    np.testing.assert_array_equal(memory[shift:], want)


@pytest.mark.parametrize("shift", [-5000, -1, 1, 127])
@pytest.mark.parametrize("read", ["prediction", "target", "weight"])
@pytest.mark.parametrize("size", [100, 30_000])
def test_a_gradient_over_what_it_is_made_of(size, read, shift):
    memory = np.linspace(0.5, 2, 5000 + size + 127, dtype=np.float32)
    given = {name: np.linspace(1, 2, size, dtype=np.float32) for name in ("prediction", "target")}
    given[read] = memory[5000 : 5000 + size]
    want = slopes.huber.gradient(**{name: array.copy() for name, array in given.items()})
    out = memory[5000 + shift : 5000 + shift + size]
    assert slopes.huber.gradient(**given, out=out) is out
    np.testing.assert_array_equal(out, want)


def test_two_results_in_one_place_are_written_one_after_the_other():
    x, out = np.linspace(-3, 3, 50), np.empty(50)
    slopes.silu.value_and_derivative(x, out=(out, out))
    np.testing.assert_array_equal(out, slopes.silu.derivative(x))


@pytest.mark.parametrize("shape", [(), (0,), (3, 0, 2), (1, 1), SIX])
def test_any_shape(shape):
    x = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    got = slopes.tanh(x)
    assert got.shape == shape
    np.testing.assert_array_equal(np.ravel(got), slopes.tanh(np.ravel(x)))
    assert np.shape(slopes.huber(x, x, reduction="sum")) == ()
    assert slopes.huber(x, x, reduction="sum") == 0
