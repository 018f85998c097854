"""Kernels give what NumPy gives, to the last places that both may differ in."""

import numpy as np
from ml_dtypes import bfloat16

import slopes
from tests.conftest import public
from tests.kernels.examples import curve_calls, inputs, loss_calls, pair
from tests.loops import over

ORDER = {"value": 0, "derivative": 1, "both": 1, "vjp": 1, "second derivative": 2}
UNITS = {
    np.float16: (1, 1, 1),
    bfloat16: (1, 1, 1),
    np.float32: (1, 1, 1),
    np.float64: (9, 12, 16),
}  # both errors of the contract


def assert_close(got, want, units, beside=0.0):
    """Equal infinities and NaN, and numbers within units in the last place, or within an absolute error."""
    got, want = np.atleast_1d(got), np.atleast_1d(want)
    assert got.dtype == want.dtype
    special = ~np.isfinite(want)
    np.testing.assert_array_equal(got[special].astype(np.float64), want[special].astype(np.float64))
    g, w = got[~special].astype(np.longdouble), want[~special].astype(np.longdouble)
    allowed = units * np.spacing(np.abs(want[~special])).astype(np.longdouble) + beside
    wrong = np.abs(g - w) > allowed
    assert not wrong.any(), (g[wrong][0], w[wrong][0])


@over("dtype", [*UNITS])
def test_activations(activation, by_numpy, dtype):
    x = inputs(3001, dtype)
    slack = np.finfo(dtype).eps if dtype == np.float64 else 0.0  # beside a zero crossing
    for name, call in curve_calls(activation).items():
        for got, want in zip(call(x), by_numpy(lambda call=call: call(x)), strict=True):
            beside = slack * 64 * np.nanmax(np.abs(x[np.isfinite(x)])) if name == "vjp" else 4 * slack
            assert_close(got, want, UNITS[dtype][ORDER[name]], beside)


@over("dtype", [*UNITS])
@over("options", ["plain", "weight", "where", "both"])
def test_losses(pointwise_loss, by_numpy, dtype, options):
    p, t = pair(pointwise_loss, 1500, dtype)
    if options == "plain":
        p = np.nan_to_num(p, nan=1, posinf=2, neginf=-2)
    generator = np.random.default_rng(1)
    given = {}
    if options in ("weight", "both"):
        p = np.nan_to_num(p, nan=1, posinf=2, neginf=-2)
        given["weight"] = generator.uniform(0, 3, p.shape).astype(dtype)
    if options in ("where", "both"):
        given["where"] = np.isfinite(p) & (generator.uniform(size=p.shape) < 0.7)
    f = public(pointwise_loss)
    scale = float(np.nanmax(np.abs(f(p, t, reduction="none", **given).astype(np.float64)), initial=1.0))
    for call in loss_calls(pointwise_loss).values():
        results = zip(call(p, t, **given), by_numpy(lambda call=call: call(p, t, **given)), strict=True)
        for got, want in results:
            beside = 16 * np.finfo(np.float64).eps * (1.0 if np.ndim(got) else scale * p.size)
            assert_close(got, want, 2 if dtype in (np.float16, bfloat16) else UNITS[dtype][1], beside)


@over("target", [np.float32, np.float64, np.int64])
def test_target_and_weight_of_another_dtype(pointwise_loss, by_numpy, target):
    p, t = pair(pointwise_loss, 700, np.float32)
    p = np.nan_to_num(p, nan=1, posinf=2, neginf=-2)
    t = np.where(t == 0.25, 1, t).astype(target)
    if np.isfinite(pointwise_loss.targets[0]) and not np.isfinite(pointwise_loss.targets[1]):
        t = np.maximum(t, 1)  # an integer above the bound
    weight = np.linspace(0, 2, 700)
    for name, call in loss_calls(pointwise_loss).items():
        if name in ("sum", "mean", "value and gradient"):
            continue
        for got, want in zip(
            call(p, t, weight=weight), by_numpy(lambda call=call: call(p, t, weight=weight)), strict=True
        ):
            assert_close(got, want, 1, 1e-15)


def test_a_target_that_float32_cannot_hold_is_not_rounded():
    p, t = np.full(300, 1.0, np.float32), np.full(300, 1.0 + 2.0**-40)
    np.testing.assert_array_equal(slopes.mae(p, t, reduction="none"), np.float32(2.0**-40))


def test_a_learned_array_stays_with_numpy(by_numpy):
    x = inputs(500, np.float32)
    slope = np.linspace(0, 1, 500)
    np.testing.assert_array_equal(
        slopes.prelu(x, slope=slope), by_numpy(lambda: slopes.prelu(x, slope=slope))
    )
