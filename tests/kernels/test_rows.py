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
