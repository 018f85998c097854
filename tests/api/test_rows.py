"""Functions of rows: the axis, masks of softmax, and what cross-entropy takes."""

import numpy as np
import pytest

import slopes
from tests.api.examples import arguments, class_weights, each, probabilities, takes_rows
from tests.loops import over

RNG = np.random.default_rng(31)
SHAPE = (3, 6, 4, 2)
AXES = (0, 1, 2, 3, -1, -2, -3, -4)


@over("axis", AXES)
@each("row_activation")
def test_any_axis_equals_the_last_after_moving(f, axis):
    x = RNG.standard_normal((6, 12, 6, 6))
    moved = np.moveaxis(x, axis, -1)
    result = f(x, axis=axis)
    np.testing.assert_array_equal(result, np.moveaxis(f(moved), -1, axis))
    back = f.vjp(x, result, axis=axis)
    np.testing.assert_array_equal(back, np.moveaxis(f.vjp(moved, f(moved)), -1, axis))
    tangent = f.jvp(x, x**2, axis=axis)
    np.testing.assert_array_equal(tangent, np.moveaxis(f.jvp(moved, moved**2), -1, axis))


@over("axis", AXES)
@each("row_loss")
def test_any_class_axis_equals_the_last_after_moving(f, axis):
    x = -np.abs(RNG.standard_normal(SHAPE))
    moved = np.moveaxis(x, axis, -1)
    y = RNG.integers(0, moved.shape[-1], moved.shape[:-1])
    q = probabilities(moved)
    weight = RNG.uniform(1, 2, y.shape)
    for options in ({}, {"weight": weight}, {"where": y > 0}, class_weights(f, x, axis)):
        for reduction in ("mean", "none"):
            given = {"reduction": reduction, **options}
            np.testing.assert_array_equal(f(x, y, axis=axis, **given), f(moved, y, **given))
        expected = np.moveaxis(f.gradient(moved, y, **options), -1, axis)
        np.testing.assert_array_equal(f.gradient(x, y, axis=axis, **options), expected)
        if not takes_rows(f):
            continue
        by_rows = f.gradient(x, np.moveaxis(q, -1, axis), axis=axis, **options)
        np.testing.assert_array_equal(by_rows, np.moveaxis(f.gradient(moved, q, **options), -1, axis))


@each("row_activation")
def test_vjp_and_jvp_are_transposes(f):
    x = RNG.standard_normal((5, 6))
    c, t = RNG.standard_normal(f(x).shape), RNG.standard_normal(x.shape)
    assert (c * f.jvp(x, t)).sum() == pytest.approx((f.vjp(x, c) * t).sum())


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e300])
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_masked_entries_leave_their_row(name, bad):
    f = slopes.get(name)
    x = RNG.standard_normal((4, 5))
    keep = np.array([True, False, True, True, False])
    dirty = np.where(keep, x, bad)
    result = f(dirty, where=keep[None])
    np.testing.assert_allclose(result[:, keep], f(x[:, keep]), rtol=1e-15)
    np.testing.assert_array_equal(result[:, ~keep], 0 if name == "softmax" else -np.inf)
    c = RNG.standard_normal(x.shape)
    back = f.vjp(dirty, np.where(keep, c, bad), where=keep[None])
    np.testing.assert_allclose(back[:, keep], f.vjp(x[:, keep], c[:, keep]), rtol=1e-13, atol=1e-15)
    np.testing.assert_array_equal(back[:, ~keep], 0)


def test_a_row_that_is_masked_whole_is_0():
    x, keep = np.ones((2, 3)), np.array([[True] * 3, [False] * 3])
    np.testing.assert_array_equal(slopes.softmax(x, where=keep)[1], 0)
    np.testing.assert_array_equal(slopes.log_softmax(x, where=keep)[1], -np.inf)
    np.testing.assert_array_equal(slopes.softmax.vjp(x, x, where=keep)[1], 0)


def test_maxout_leaves_masked_pieces_out():
    x = np.array([[1.0, 5.0, 2.0, 3.0]])
    keep = np.array([[True, False, True, True]])
    np.testing.assert_array_equal(slopes.maxout(x, where=keep), [[1, 3]])
    np.testing.assert_array_equal(slopes.maxout.vjp(x, np.ones((1, 2)), where=keep), [[1, 0, 0, 1]])


@pytest.mark.parametrize("pieces", [3, np.int64(3), np.uint8(3)])
def test_the_number_of_pieces_may_be_any_integer(pieces):
    np.testing.assert_array_equal(slopes.maxout(np.arange(6.0), pieces=pieces), [2, 5])


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"class_weight": np.array([0.5, 1, 2, 0])},
        {"weight": np.array([1.0, 0, 2, 3, 1])},
        {"where": np.array([True, True, False, True, True])},
        {"class_weight": np.array([0.5, 1, 2, 4]), "weight": np.arange(1.0, 6)},
    ],
)
@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
def test_class_indices_equal_one_hot_rows(options, smoothing):
    x, y = RNG.standard_normal((5, 4)), np.array([0, 1, 2, 3, 1])
    one_hot, ce = np.eye(4)[y], slopes.CrossEntropy(label_smoothing=smoothing)
    for reduction in ("mean", "sum", "none"):
        given = {"reduction": reduction, **options}
        np.testing.assert_allclose(ce(x, y, **given), ce(x, one_hot, **given), rtol=1e-15)
        np.testing.assert_allclose(
            ce.gradient(x, y, **given), ce.gradient(x, one_hot, **given), rtol=1e-14, atol=1e-17
        )
    np.testing.assert_allclose(ce.hessian(x, y, **options), ce.hessian(x, one_hot, **options), rtol=1e-14)


def test_label_smoothing_mixes_the_target_with_all_classes():
    x, y = RNG.standard_normal((5, 4)), np.array([0, 1, 2, 3, 1])
    mixed = 0.9 * np.eye(4)[y] + 0.1 / 4
    assert slopes.cross_entropy(x, y, label_smoothing=0.1) == pytest.approx(slopes.cross_entropy(x, mixed))


def test_cross_entropy_is_nll_of_log_softmax():
    x, y = arguments(slopes.cross_entropy)
    options = {"class_weight": np.arange(1.0, 7), "weight": np.arange(1.0, 5)}
    value = slopes.nll(slopes.log_softmax(x), y, **options)
    assert slopes.cross_entropy(x, y, **options) == pytest.approx(value, rel=1e-14)


@over("ignored", [-100, 255, 2])
@each("row_loss")
def test_ignored_rows_count_nowhere(f, ignored):
    x, y = arguments(f)
    y[1] = ignored
    keep = y != ignored
    x[1] = np.nan
    assert f(x, y, ignore_index=ignored) == pytest.approx(f(x[keep], y[keep]))
    gradient = f.gradient(x, y, ignore_index=ignored)
    np.testing.assert_array_equal(gradient[~keep], 0)
    np.testing.assert_allclose(gradient[keep], f.gradient(x[keep], y[keep]), rtol=1e-15)
    np.testing.assert_array_equal(f(x, y, ignore_index=ignored, reduction="none")[~keep], 0)
    with pytest.raises(ValueError, match="mean over nothing"):
        f(x, np.full_like(y, ignored), ignore_index=ignored)


@over("dtype", ["int8", "uint8", "int16", "int32", "uint32", "int64", "uint64"])
@each("row_loss", defaults_only=True)
def test_class_indices_may_be_any_integers(f, dtype):
    x, y = arguments(f)
    option = class_weights(f, x)
    value = f(x, y.astype(dtype), **option, ignore_index=-100)
    assert value == f(x, y, **option)
    wide = -np.abs(RNG.standard_normal((2, 300)))
    assert f(wide, np.array([100, 7], dtype)) == f(wide, np.array([100, 7]))


def test_one_row_without_a_batch():
    x = np.array([0.0, 1.0, 2.0])
    loss = slopes.cross_entropy(x[None], np.array([2]))
    for y in (2, np.int64(2), np.array(2)):
        assert slopes.cross_entropy(x, y) == loss
        assert slopes.cross_entropy(x, y, reduction="none") == loss
        assert slopes.cross_entropy.gradient(x, y).shape == (3,)


def test_hundreds_of_thousands_of_classes_and_many_rows_agree_with_parts():
    x, y = RNG.standard_normal((3, 200_000)), np.array([0, 199_999, 5])
    each_row = [slopes.cross_entropy(row, k) for row, k in zip(x, y, strict=True)]
    assert slopes.cross_entropy(x, y) == pytest.approx(np.mean(each_row), rel=1e-14)
    x, y = RNG.standard_normal((70_000, 3)), RNG.integers(0, 3, 70_000)
    gradient = slopes.cross_entropy.gradient(x, y, reduction="sum")
    tail = slopes.cross_entropy.gradient(x[69_000:], y[69_000:], reduction="sum")
    np.testing.assert_array_equal(gradient[69_000:], tail)
