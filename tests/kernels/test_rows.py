"""The row kernels by themselves: they give what NumPy gives, on any number of threads."""

from importlib import import_module

import numpy as np
import pytest

import slopes

SHAPES = [(1, 1), (7, 3), (300, 10), (40_000, 4), (300, 1000), (3, 50_000)]
UNITS = {np.float32: 1, np.float64: 12}
METHODS = ["softmax", "softmax_vjp", "log_softmax", "log_softmax_vjp", "log_softmax_jvp"]


def rows(shape, dtype):
    generator = np.random.default_rng(3)
    return (generator.normal(size=shape) * 4).astype(dtype), generator.normal(size=shape).astype(dtype)


def assert_close(got, want, units, scale):
    """Within units in the last place of the numbers that are added up."""
    np.testing.assert_array_less(
        np.abs(got - want), units * np.spacing(np.maximum(np.abs(want), scale)) * 1.001
    )


@pytest.mark.usefixtures("threads")
@pytest.mark.parametrize("dtype", UNITS)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("method", METHODS)
def test_softmax(method, shape, dtype, by_numpy):
    module = import_module("slopes._kernels")
    x, other = rows(shape, dtype)
    name, product = (method[:-4], method[-3:]) if method[-4] == "_" else (method, "")
    f = slopes.get(name)
    want = by_numpy(lambda: getattr(f, product)(x, other) if product else f(x))
    results = []
    for count in (1, 2, 3):
        slopes.set_num_threads(count)
        results.append(np.empty_like(x))
        module.run_rows(METHODS.index(method), x, other if product else None, results[-1])
        np.testing.assert_array_equal(results[-1], results[0])
    assert_close(results[0], want, UNITS[dtype], np.abs(other).sum(-1).max() if product else 0)


@pytest.mark.parametrize("dtype", UNITS)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_cross_entropy(shape, dtype, smoothing, by_numpy):
    module = import_module("slopes._kernels")
    x, _ = rows(shape, dtype)
    generator = np.random.default_rng(5)
    index, keep = generator.integers(0, shape[1], shape[0]), generator.uniform(size=shape[0]) < 0.8
    by_class, weight = generator.uniform(0, 2, shape[1]), generator.uniform(0, 2, shape[0])
    value, gradient, hessian = np.empty(shape[0]), np.empty_like(x), np.empty_like(x)
    options = {"class_weight": by_class, "weight": weight, "where": keep, "label_smoothing": smoothing}
    arguments = (index, None, by_class, smoothing, weight, keep, value, gradient, hessian, 1.0)
    module.run_cross_entropy(x, *arguments)
    want = by_numpy(lambda: slopes.cross_entropy(x, index, reduction="none", **options))
    slopes_of = by_numpy(lambda: slopes.cross_entropy.gradient_and_hessian(x, index, **options))
    assert_close(value.astype(dtype), want, UNITS[dtype], 1)
    for got, exact in zip((gradient, hessian), slopes_of, strict=True):
        assert_close(got, exact, UNITS[dtype], 1)


def test_arrays_that_do_not_fit_are_refused():
    module = import_module("slopes._kernels")
    x = np.zeros((4, 3), np.float32)
    for other, out in (
        (None, np.zeros(5, np.float32)),
        (x.astype(float), x.copy()),
        (None, np.zeros((4, 3))),
    ):
        with pytest.raises(ValueError, match="dtype or size"):
            module.run_rows(0, x, other, out)
    with pytest.raises((BufferError, ValueError)):
        module.run_rows(0, x[:, ::2], None, x)


@pytest.mark.parametrize("dtype", UNITS)
@pytest.mark.parametrize("shape", [(1, 1), (7, 3), (300, 10), (2, 3, 40), (5, 1000)], ids=str)
def test_the_short_way_leads_where_the_long_one_does(shape, dtype):
    generator = np.random.default_rng(7)
    x = (generator.normal(size=shape) * 4).astype(dtype)
    target = generator.integers(0, shape[-1], shape[:-1])
    wide = np.repeat(x, 2, 0)[::2]  # the same numbers, for which only the long way is
    for f in (slopes.softmax, slopes.log_softmax):
        np.testing.assert_array_equal(f(x), f(wide))
        assert f(x.copy(), out=x.copy()).dtype == dtype
    for loss in (slopes.cross_entropy, slopes.CrossEntropy(label_smoothing=0.1)):
        for reduction in ("mean", "sum"):
            value, gradient = loss.value_and_gradient(x, target, reduction=reduction)
            other, slope = loss.value_and_gradient(wide, target, reduction=reduction)
            assert value == loss(x, target, reduction=reduction)
            assert abs(value - other) <= 2 * np.spacing(abs(other))
            assert type(value) is type(other) is dtype
            np.testing.assert_array_equal(gradient, slope)
            np.testing.assert_array_equal(loss.gradient(x, target, reduction=reduction), slope)
            in_place = x.copy()
            assert loss.gradient(in_place, target, reduction=reduction, out=in_place) is in_place
            np.testing.assert_array_equal(in_place, slope)


@pytest.mark.usefixtures("threads")
@pytest.mark.parametrize("shape", [(40_000, 7), (2500, 33), (70, 2000)], ids=str)
def test_threads_and_neighbours_change_no_bit(shape):
    x, _ = rows(shape, np.float32)
    x[::5] *= 90  # large logits beside small ones
    target = np.random.default_rng(2).integers(0, shape[1], shape[0])
    slopes.set_num_threads(1)
    total, gradient = slopes.cross_entropy.value_and_gradient(x, target, reduction="sum")
    probability = slopes.softmax(x)
    for count in (2, 3):
        slopes.set_num_threads(count)
        again, slope = slopes.cross_entropy.value_and_gradient(x, target, reduction="sum")
        assert again == total
        np.testing.assert_array_equal(slope, gradient)
    for part in (slice(0, 1), slice(5, 6), slice(3, 260)):
        np.testing.assert_array_equal(slopes.softmax(x[part]), probability[part])
        slope = slopes.cross_entropy.gradient(x[part], target[part], reduction="sum")
        np.testing.assert_array_equal(slope, gradient[part])


@pytest.mark.parametrize("shape", [(300, 10), (4, 2000)], ids=str)
@pytest.mark.parametrize("wrong", [-1, "classes", 2**40, -(2**63), 2**63 - 1])
def test_a_class_out_of_range_is_found_before_anything_is_read_or_written(shape, wrong):
    x, _ = rows(shape, np.float32)
    target = np.zeros(shape[0], np.int64)
    wrong = shape[1] if wrong == "classes" else wrong
    target[-1] = wrong
    out = np.full_like(x, 7)
    f = slopes.cross_entropy
    calls = [
        lambda: f(x, target),
        lambda: f.value_and_gradient(x, target, out=out),
        lambda: f.gradient(x, target, reduction="sum", out=out),
        lambda: f.value_and_gradient(x, target, label_smoothing=0.1, out=out),
        lambda: f.gradient_and_hessian(x, target),
    ]
    for call in calls:
        with pytest.raises(ValueError, match=rf"between 0 and {shape[1] - 1}, got {wrong}"):
            call()
    assert (out == 7).all()
    module = import_module("slopes._kernels")
    for keep in (None, np.ones(shape[0], bool)):
        with pytest.raises(ValueError, match="out of range"):
            module.run_cross_entropy(
                x, target, None, None, 0.0, None, keep, np.empty(shape[0]), out, None, 1.0
            )
    assert (out == 7).all()
    keep = np.arange(shape[0]) < shape[0] - 1  # where a row does not count, its index may be anything
    value = f(x, target, where=keep)
    assert value == f(x[:-1], target[:-1])


def test_results_that_overlap_or_may_not_be_written():
    x, _ = rows((200, 10), np.float32)
    target = np.zeros(200, np.int64)
    want = slopes.softmax(x), slopes.cross_entropy.gradient(x, target)
    memory = np.zeros(2010, np.float32)
    for shift in (0, 1, 10):
        for f, wanted in zip((slopes.softmax, slopes.cross_entropy.gradient), want, strict=True):
            memory[:2000] = x.ravel()
            out = memory[shift : shift + 2000].reshape(200, 10)
            given = (memory[:2000].reshape(200, 10),) + (target,) * (f is not slopes.softmax)
            f(*given, out=out)
            np.testing.assert_array_equal(out, wanted)
    out = np.zeros_like(x)
    out.flags.writeable = False
    for call in (
        lambda: slopes.softmax(x, out=out),
        lambda: slopes.cross_entropy.gradient(x, target, out=out),
    ):
        with pytest.raises(ValueError, match="read-only"):
            call()
    labels = np.zeros((5, 1), np.int64)
    with pytest.raises(ValueError, match="out must have"):  # the target's own memory, as floats
        slopes.cross_entropy.gradient(np.zeros((5, 2)), labels[:, 0], out=labels.view(np.float64))


@pytest.mark.parametrize("dtype", UNITS)
def test_rows_at_odd_addresses(dtype):
    x, _ = rows((30, 10), dtype)
    memory = np.zeros(x.nbytes + 1, np.uint8)
    odd = memory[1:].view(dtype).reshape(x.shape)
    odd[...] = x
    assert not odd.flags.aligned
    target = np.zeros(30, np.int64)
    np.testing.assert_array_equal(slopes.softmax(odd), slopes.softmax(x))
    want = slopes.cross_entropy.gradient(x, target)
    np.testing.assert_array_equal(slopes.cross_entropy.gradient(odd, target, out=odd), want)


def test_empty_rows():
    for shape in ((0, 5), (3, 0, 5)):
        x, target = np.zeros(shape, np.float32), np.zeros(shape[:-1], np.int64)
        assert slopes.softmax(x).shape == shape
        assert slopes.cross_entropy(x, target, reduction="sum") == 0
        assert slopes.cross_entropy.gradient(x, target, reduction="sum").shape == shape
        with pytest.raises(ValueError, match="mean over nothing"):
            slopes.cross_entropy(x, target)
    for f in (slopes.softmax, lambda x: slopes.cross_entropy(x, np.zeros(5, np.int64))):
        with pytest.raises(ValueError, match="at least"):
            f(np.zeros((5, 0), np.float32))


def test_a_sum_too_large_for_its_dtype_is_infinite():
    x = np.full((4, 2), -3e38, np.float32)
    x[:, 1] = 3e38
    assert slopes.cross_entropy(x, np.zeros(4, np.int64), reduction="sum") == np.inf


@pytest.mark.parametrize(
    "option",
    [
        {"label_smoothing": 0.5},
        {"z_loss": 0.1},
        {"axis": 0},
        {"class_weight": [1.0, 2.0, 0.5, 3.0]},
        {"ignore_index": 1},
        {"weight": [1.0, 2.0, 0.5, 3.0]},
    ],
    ids=str,
)
def test_the_short_way_is_not_taken_where_an_option_is_given(option):
    x = np.random.default_rng(0).standard_normal((4, 4)).astype(np.float32)
    labels, everywhere = np.array([0, 1, 2, 1]), np.ones(4, bool)
    option = {key: np.array(value) if isinstance(value, list) else value for key, value in option.items()}
    got = slopes.cross_entropy.value_and_gradient(x, labels, **option)
    want = slopes.cross_entropy.value_and_gradient(x, labels, where=everywhere, **option)
    assert slopes.cross_entropy(x, labels, **option) == got[0] != slopes.cross_entropy(x, labels)
    for mine, long in zip(got, want, strict=True):
        np.testing.assert_allclose(mine, long, rtol=1e-5, atol=1e-7)
