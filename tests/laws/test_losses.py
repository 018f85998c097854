"""Reductions, weights and masks, against exact sums of the elements."""

from math import fsum

import numpy as np
import pytest

import slopes
from tests.api.examples import assert_same_but_for_rounding
from tests.conftest import public
from tests.loops import over

COUNT = 3000


def data(definition, dtype=np.float64, count=COUNT):
    """A prediction and a target that a pointwise loss takes."""
    generator = np.random.default_rng(9)
    p, t = generator.normal(size=(2, count)) * 10
    if definition.takes == "probabilities":
        p = generator.uniform(0.01, 0.99, count)
    elif definition.predictions[0] > -np.inf:
        p = definition.predictions[0] + 0.1 + abs(p)
    if definition.kind == "margin_loss":
        t = generator.choice([-1.0, 1.0], count)
    elif definition.targets == (0, 1):
        t = generator.uniform(size=count)
    elif definition.targets[0] > -np.inf:
        t = definition.targets[0] + 0.1 + abs(t)
    return p.astype(dtype), t.astype(dtype)


def units(got, want, scale, dtype):
    return abs(float(got) - want) / float(np.spacing(dtype(scale)))


@over("dtype", [np.float32, np.float64])
def test_sum_and_mean_to_four_units_of_the_absolute_sum(pointwise_loss, dtype):
    function = public(pointwise_loss)
    p, t = data(pointwise_loss, dtype)
    wide = function(p.astype(np.float64), t.astype(np.float64), reduction="none")
    total = fsum(wide)
    assert units(function(p, t, reduction="sum"), total, fsum(abs(wide)), dtype) <= 4
    assert units(function(p, t), total / COUNT, fsum(abs(wide)) / COUNT, dtype) <= 4


def test_a_float16_mean_does_not_overflow(pointwise_loss):
    function = public(pointwise_loss)
    p, t = data(pointwise_loss, np.float16, 60_000)
    fits = function(p.astype(np.float64), t.astype(np.float64)) < np.finfo(np.float16).max
    assert np.isfinite(function(p, t)) == fits


def test_weighted_mean(pointwise_loss):
    function = public(pointwise_loss)
    p, t = data(pointwise_loss)
    w = np.random.default_rng(1).uniform(0, 3, COUNT)
    each = function(p, t, reduction="none")
    np.testing.assert_allclose(function(p, t, weight=w), fsum(w * each) / fsum(w), rtol=1e-14)
    np.testing.assert_allclose(function(p, t, weight=w, reduction="sum"), fsum(w * each), rtol=1e-14)
    np.testing.assert_allclose(function(p, t, weight=w, reduction="none"), w * each, rtol=1e-15)


def test_a_mask_is_as_if_its_entries_were_not_there(pointwise_loss):
    function = public(pointwise_loss)
    p, t = data(pointwise_loss)
    keep = np.random.default_rng(4).uniform(size=COUNT) < 0.3
    w = np.random.default_rng(1).uniform(0, 3, COUNT)
    dirty_p, dirty_t = np.where(keep, p, np.nan), np.where(keep, t, np.inf)
    for weight in (None, w):
        kept = None if weight is None else weight[keep]
        for reduction in ("mean", "sum"):
            got = function.value_and_gradient(
                dirty_p, dirty_t, where=keep, weight=weight, reduction=reduction
            )
            want = function.value_and_gradient(p[keep], t[keep], weight=kept, reduction=reduction)
            np.testing.assert_allclose(got[0], want[0], rtol=1e-14)
            np.testing.assert_array_equal(got[1][keep], want[1])
            np.testing.assert_array_equal(got[1][~keep], 0)
    hessian = function.hessian(dirty_p, dirty_t, where=keep)
    np.testing.assert_array_equal(hessian[keep], function.hessian(p[keep], t[keep]))
    np.testing.assert_array_equal(hessian[~keep], 0)


@over("reduction", ["mean", "sum"])
def test_the_gradient_is_that_of_the_reduced_loss(pointwise_loss, reduction):
    function = public(pointwise_loss)
    p, t = data(pointwise_loss, count=12)
    p = p / 4 if pointwise_loss.predictions[0] == -np.inf else p  # an exponential's differences keep no digit
    w = np.random.default_rng(1).uniform(0.5, 3, 12)
    gradient = function.gradient(p, t, weight=w, reduction=reduction)
    for i in range(12):
        h = 1e-6 * np.eye(12)[i]
        options = {"weight": w, "reduction": reduction}
        want = (function(p + h, t, **options) - function(p - h, t, **options)) / 2e-6
        assert gradient[i] == pytest.approx(want, rel=1e-6, abs=1e-6)


def test_value_and_gradient_in_one_pass_are_the_two_apart(pointwise_loss):
    function = public(pointwise_loss)
    p, t = data(pointwise_loss)
    for reduction in ("mean", "sum", "none"):
        value, gradient = function.value_and_gradient(p, t, reduction=reduction)
        assert_same_but_for_rounding(value, function(p, t, reduction=reduction))
        assert_same_but_for_rounding(gradient, function.gradient(p, t, reduction=reduction))
    gradient, hessian = function.gradient_and_hessian(p, t)
    np.testing.assert_array_equal(gradient, function.gradient(p, t, reduction="none"))
    np.testing.assert_array_equal(hessian, function.hessian(p, t))


def rows(row_loss=None, count=40, classes=5):
    generator = np.random.default_rng(6)
    x, t = np.log(generator.dirichlet(np.ones(classes), count)), generator.integers(0, classes, count)
    return (-np.sort(-x, axis=-1) if row_loss is not None and row_loss.ordered else x), t


def by_class(row_loss, seed=2):
    """Class weights as an option, and one weight for each class; those of a set of labels do not exist."""
    weights = np.random.default_rng(seed).uniform(0.1, 3, 5 + (row_loss.targets == "ranks"))
    return ({}, np.ones(5)) if row_loss.targets == "labels" else ({"class_weight": weights}, weights)


def test_row_losses_reduce_like_their_rows(row_loss):
    function = public(row_loss)
    x, t = rows(row_loss)
    w, (option, cw) = np.random.default_rng(1).uniform(0.1, 3, 40), by_class(row_loss)
    each = function(x, t, **option, weight=w, reduction="none")
    assert each.shape == (40,)
    np.testing.assert_allclose(function(x, t, **option, weight=w), fsum(each) / fsum(w * cw[t]))
    if not row_loss.smoothing:  # which spreads the target over classes of other weights
        np.testing.assert_allclose(each, w * cw[t] * function(x, t, reduction="none"), rtol=1e-13)
    total = function(x, t, **option, weight=w, reduction="sum")
    np.testing.assert_allclose(total, fsum(each), rtol=1e-14)


def test_class_indices_are_one_hot_probabilities(row_loss):
    function = public(row_loss)
    x, t = rows(row_loss)
    if row_loss.targets in ("classes", "ranks"):
        with pytest.raises(ValueError, match="takes class indices only"):
            function(x, np.eye(5)[t])
        return
    for options in ({}, by_class(row_loss)[0], {"weight": np.arange(1.0, 41)}):
        index = function.value_and_gradient(x, t, **options)
        one_hot = function.value_and_gradient(x, np.eye(5)[t], **options)
        np.testing.assert_allclose(index[0], one_hot[0], rtol=1e-14)
        np.testing.assert_allclose(index[1], one_hot[1], rtol=1e-13, atol=1e-16)


def test_ignored_and_masked_rows_are_as_if_they_were_not_there(row_loss):
    function = public(row_loss)
    x, t = rows(row_loss)
    keep = np.random.default_rng(4).uniform(size=40) < 0.5
    dirty, option = np.where(keep[:, None], x, np.nan), by_class(row_loss)[0]
    want = function.value_and_gradient(x[keep], t[keep], **option)
    ignored = function.value_and_gradient(dirty, np.where(keep, t, -7), **option, ignore_index=-7)
    masked = function.value_and_gradient(dirty, np.where(keep, t, 99), **option, where=keep)
    for value, gradient in (ignored, masked):
        np.testing.assert_allclose(value, want[0], rtol=1e-14)
        np.testing.assert_allclose(gradient[keep], want[1], rtol=1e-14)
        np.testing.assert_array_equal(gradient[~keep], 0)


def test_the_gradient_and_hessian_of_a_row_loss_are_those_of_the_mean(row_loss):
    function = public(row_loss)
    (x, t), option = rows(row_loss, 3), by_class(row_loss)[0]
    gradient = function.gradient(x, t, **option)
    first, hessian = function.gradient_and_hessian(x, t, **option)
    np.testing.assert_allclose(first, function.gradient(x, t, **option, reduction="none"))
    for i in np.ndindex(3, 5):
        h = np.zeros((3, 5))
        h[i] = 1e-5
        ends = [function(x + s * h, t, **option) for s in (1, -1)]
        assert gradient[i] == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-6, abs=1e-9)
        bends = [function.gradient(x + s * h, t, **option, reduction="none") for s in (1, -1)]
        assert hessian[i] == pytest.approx((bends[0][i] - bends[1][i]) / 2e-5, rel=1e-6, abs=1e-9)


def test_label_smoothing_mixes_the_target_with_the_even_distribution():
    x, t = rows()
    even = 0.9 * np.eye(5)[t] + 0.02
    got = slopes.cross_entropy.value_and_gradient(x, t, label_smoothing=0.1)
    want = slopes.cross_entropy.value_and_gradient(x, even)
    np.testing.assert_allclose(got[0], want[0], rtol=1e-14)
    np.testing.assert_allclose(got[1], want[1], rtol=1e-12, atol=1e-17)


@over("axis", [0, 1, 2, -1])
def test_any_axis_may_hold_the_classes(row_loss, axis):
    x = np.random.default_rng(0).normal(size=(4, 4, 4))
    t = np.random.default_rng(0).integers(0, 4, (4, 4))
    value, gradient = public(row_loss).value_and_gradient(x, t, axis=axis)
    want = public(row_loss).value_and_gradient(np.moveaxis(x, axis, -1), t)
    assert value == want[0]
    np.testing.assert_array_equal(np.moveaxis(gradient, axis, -1), want[1])
