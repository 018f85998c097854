"""Losses on NumPy: reductions, weights, masks, and means over nothing."""

import numpy as np
import pytest

import slopes
from tests.api.examples import LOSSES, POINTWISE, arguments, assert_same_but_for_rounding, each, probabilities
from tests.loops import over

RNG = np.random.default_rng(30)
BAD = (np.nan, np.inf, -np.inf, 1e200)  #: what may lie behind a mask
METHODS = ("gradient", "value_and_gradient", "gradient_and_hessian", "hessian")


def weights_of(f):
    """Weights of full shape, and with axes of 1."""
    if f.kind == "row_loss":
        return [RNG.uniform(0.1, 2, 4)]
    full = RNG.uniform(0.1, 2, (4, 6))
    return [full, full[:, :1], full[:1], full[:1, :1]]


def mask_of(f):
    mask = RNG.random((4,) if f.kind == "row_loss" else (4, 6)) < 0.6
    mask.reshape(-1)[:2] = True, False
    return mask


@each(*LOSSES)
def test_sum_and_mean_reduce_the_elements(f):
    args = arguments(f)
    each_loss = f(*args, reduction="none")
    assert f(*args, reduction="sum") == pytest.approx(each_loss.sum(), rel=1e-14)
    assert f(*args, reduction="mean") == pytest.approx(each_loss.mean(), rel=1e-14)
    assert f(*args) == f(*args, reduction="mean")
    assert isinstance(f(*args), np.float64)


@each(*LOSSES)
def test_gradient_is_that_of_the_reduced_loss(f):
    x, target = arguments(f)
    step = 1e-6
    for reduction in ("mean", "sum"):
        numeric = np.empty_like(x)
        for i in np.ndindex(x.shape):
            up, down = x.copy(), x.copy()
            up[i] += step
            down[i] -= step
            difference = f(up, target, reduction=reduction) - f(down, target, reduction=reduction)
            numeric[i] = difference / (2 * step)
        gradient = f.gradient(x, target, reduction=reduction)
        np.testing.assert_allclose(gradient, numeric, rtol=2e-6, atol=2e-8)


@each(*LOSSES)
def test_gradient_of_no_reduction_is_that_of_the_sum(f):
    args = arguments(f)
    np.testing.assert_array_equal(f.gradient(*args, reduction="none"), f.gradient(*args, reduction="sum"))
    count = args[1].size
    np.testing.assert_allclose(f.gradient(*args) * count, f.gradient(*args, reduction="sum"), 1e-14)


@over("options", [{}, {"weight": 2.0}, {"reduction": "sum"}, {"reduction": "none"}])
@each(*LOSSES)
def test_value_and_gradient_equals_both(f, options):
    args = arguments(f)
    value, gradient = f.value_and_gradient(*args, **options)
    assert_same_but_for_rounding(value, f(*args, **options))
    assert_same_but_for_rounding(gradient, f.gradient(*args, **options))


@each(*LOSSES)
def test_gradient_and_hessian_are_of_each_element(f):
    args = arguments(f)
    gradient, hessian = f.gradient_and_hessian(*args)
    np.testing.assert_array_equal(gradient, f.gradient(*args, reduction="none"))
    np.testing.assert_array_equal(hessian, f.hessian(*args))
    step = 1e-6
    x, target = args
    if getattr(f.facts, "smooth", 2) < 1 and not hessian.any():  # straight lines between kinks
        return
    numeric = np.empty_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += step
        down[i] -= step
        numeric[i] = (
            f.gradient(up, target, reduction="sum")[i] - f.gradient(down, target, reduction="sum")[i]
        ) / (2 * step)
    np.testing.assert_allclose(hessian, numeric, rtol=3e-6, atol=3e-8)


@each(*LOSSES)
def test_weights_multiply_elements_and_divide_the_mean(f):
    args = arguments(f)
    plain = f(*args, reduction="none")
    for weight in weights_of(f):
        full = np.broadcast_to(weight, plain.shape)
        np.testing.assert_allclose(f(*args, weight=weight, reduction="none"), full * plain, 1e-15)
        assert f(*args, weight=weight, reduction="sum") == pytest.approx((full * plain).sum())
        assert f(*args, weight=weight) == pytest.approx((full * plain).sum() / full.sum())
        rows = full if f.kind != "row_loss" else full[:, None]
        expected = rows * f.gradient(*args, reduction="none")
        np.testing.assert_allclose(f.gradient(*args, weight=weight, reduction="sum"), expected, 1e-14)
        np.testing.assert_allclose(f.gradient(*args, weight=weight), expected / full.sum(), 1e-14)
        np.testing.assert_allclose(f.hessian(*args, weight=weight), rows * f.hessian(*args), 1e-14)


@each(*LOSSES)
def test_scalar_weight_changes_no_mean(f):
    args = arguments(f)
    for weight in (3, 3.0, np.float32(3), np.array(3.0)):
        assert f(*args, weight=weight) == pytest.approx(f(*args))
        assert f(*args, weight=weight, reduction="sum") == pytest.approx(3 * f(*args, reduction="sum"))


@each(*LOSSES)
def test_an_integer_weight_equals_repetition(f):
    args = arguments(f)
    weight = np.array([0, 1, 2, 3])
    repeated = [np.repeat(a, weight, axis=0) for a in args]
    given = weight if f.kind == "row_loss" else weight[:, None]
    if f.kind != "row_loss":
        given = np.broadcast_to(given, args[0].shape)
    for reduction in ("mean", "sum"):
        assert f(*args, weight=given, reduction=reduction) == pytest.approx(f(*repeated, reduction=reduction))


@each(*LOSSES)
def test_masked_entries_count_nowhere(f):
    args, mask = arguments(f), mask_of(f)
    plain = f(*args, reduction="none")
    np.testing.assert_array_equal(f(*args, where=mask, reduction="none"), np.where(mask, plain, 0))
    assert f(*args, where=mask) == pytest.approx(plain[mask].mean())
    assert f(*args, where=mask, reduction="sum") == pytest.approx(plain[mask].sum())
    weight = weights_of(f)[0]
    weighted = f(*args, where=mask, weight=weight)
    assert weighted == pytest.approx(np.average(plain[mask], weights=weight[mask]))


@over("method", METHODS)
@over("bad", BAD)
@each(*LOSSES)
def test_nothing_behind_a_mask_reaches_a_gradient(f, bad, method):
    (x, target), mask = arguments(f), mask_of(f)
    hidden = ~mask
    dirty, dirty_target = x.copy(), target.copy()
    dirty[hidden] = bad
    dirty_target[hidden] = 99 if f.kind == "row_loss" else bad
    call = getattr(f, method)
    results = call(dirty, dirty_target, where=mask), call(x, target, where=mask)
    pairs = [r if isinstance(r, tuple) else (r,) for r in results]
    for result, clean in zip(*pairs, strict=True):
        np.testing.assert_array_equal(result, clean)
        if np.ndim(result):
            np.testing.assert_array_equal(result[hidden], 0)
    assert f(dirty, dirty_target, where=mask) == f(x, target, where=mask)


@pytest.mark.parametrize("bad", BAD)
def test_masked_rows_of_probabilities_may_hold_anything(bad):
    x = RNG.standard_normal((3, 4))
    q, mask = probabilities(x), np.array([True, False, True])
    dirty, dirty_q = x.copy(), q.copy()
    dirty[1], dirty_q[1] = bad, bad
    assert slopes.cross_entropy(dirty, dirty_q, where=mask) == slopes.cross_entropy(x, q, where=mask)
    gradient = slopes.cross_entropy.gradient(dirty, dirty_q, where=mask)
    np.testing.assert_array_equal(gradient, slopes.cross_entropy.gradient(x, q, where=mask))


@pytest.mark.parametrize("mask", [True, np.True_, np.ones((1, 1), bool), np.ones((4, 1), bool)])
def test_masks_may_be_scalars_or_have_axes_of_1(mask):
    p, t = arguments(slopes.huber)
    assert slopes.huber(p, t, where=mask) == slopes.huber(p, t)


@over("method", ["__call__", "gradient", "value_and_gradient"])
@each(*LOSSES, defaults_only=True)
def test_a_mean_over_nothing_is_an_error(f, method):
    args = arguments(f)
    empty = arguments(f, shape=(0, 6))
    call = getattr(f, method)
    nowhere, mask = np.zeros(args[1].shape, bool), mask_of(f)
    for given, options in (
        (empty, {}),
        (args, {"where": False}),
        (args, {"where": nowhere}),
        (args, {"weight": 0.0}),
        (args, {"weight": nowhere.astype(float)}),
        (args, {"weight": (~mask).astype(float), "where": mask}),
    ):
        with pytest.raises(ValueError, match=r"mean over nothing.*reduction='sum'"):
            call(*given, **options)


@each(*LOSSES, defaults_only=True)
def test_a_sum_over_nothing_is_0(f):
    args = arguments(f)
    for options in ({"where": False}, {"weight": 0.0}):
        assert f(*args, reduction="sum", **options) == 0
        np.testing.assert_array_equal(f.gradient(*args, reduction="sum", **options), 0)


@each(*LOSSES, defaults_only=True)
def test_nan_stays_nan(f):
    x, target = arguments(f)
    x[0, 0] = np.nan
    assert np.isnan(f(x, target))
    assert np.isnan(f.gradient(x, target)[0, 0])
    assert np.isfinite(f.gradient(x, target)[1:]).all()


@over("dtype", ["float16", "float32"])
@each(*POINTWISE, defaults_only=True)
def test_means_are_rounded_once(f, dtype):
    """The sum of a hundred thousand float16 losses would overflow."""
    args = [np.resize(a, 100_000).astype(dtype) for a in arguments(f)]
    exact = f(*(a.astype(float) for a in args))
    assert f(*args) == np.dtype(dtype).type(exact)


@each(*POINTWISE, defaults_only=True)
def test_target_and_weight_may_have_another_float_dtype(f):
    p, t = arguments(f)
    result = f(p.astype(np.float32), t, weight=np.ones((4, 6)))
    assert result.dtype == np.float32
    assert result == pytest.approx(f(p, t), rel=1e-6)
