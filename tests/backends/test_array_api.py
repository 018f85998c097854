"""Every function on arrays of the array API standard, whose strict implementation has nothing else."""

import sys

import array_api_strict as xp
import numpy as np
import pytest

import slopes
from tests.api.examples import FUNCTIONS, arguments, calls, class_weights

EPS = {"float32": 2.0**-23, "float64": 2.0**-52}


def strict(x, dtype):
    x = np.asarray(x)
    return xp.asarray(x.astype(dtype) if x.dtype.kind == "f" else x)


def plain(x):
    return np.from_dlpack(x) if hasattr(x, "__array_namespace__") else np.asarray(x)


def compared(found, wanted, dtype, what):
    """Results and what NumPy's float64 gives for the same numbers, to the digits that cancelling leaves."""
    found = found if isinstance(found, tuple) else (found,)
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    for f, w in zip(found, wanted, strict=True):
        assert f.dtype == getattr(xp, dtype), what
        w = np.asarray(w)
        most = np.max(np.abs(w), initial=1.0)
        tolerance = 64 * EPS[dtype]
        np.testing.assert_allclose(plain(f), w, rtol=tolerance, atol=tolerance * most, err_msg=what)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_method_of_every_function_gives_what_numpy_gives(dtype):
    done = 0
    for f in FUNCTIONS:
        x = tuple(a.astype(dtype) if a.dtype.kind == "f" else a for a in arguments(f))
        wide = tuple(a.astype(np.float64) if a.dtype.kind == "f" else a for a in x)
        own = tuple(strict(a, dtype) for a in x)
        if f.kind == "array_loss":
            methods = {"mean": f, "gradient": f.gradient, "each": lambda *a, f=f: f(*a, reduction="none")}
        elif f.kind == "row_activation":
            cotangent = np.random.default_rng(0).normal(size=f(wide[0]).shape).astype(dtype)
            methods = {"value": f}
            done += 2
            t, c = strict(x[0], dtype), strict(cotangent, dtype)
            compared(f.jvp(own[0], t), f.jvp(wide[0], wide[0]), dtype, f"{f.name} jvp")
            compared(f.vjp(own[0], c), f.vjp(wide[0], cotangent.astype(float)), dtype, f"{f.name} vjp")
        else:
            methods = calls(f)
        for name, method in methods.items():
            compared(method(*own), method(*wide), dtype, f"{f.name} {name} {dtype}")
            done += 1
    assert done > 600


def test_weights_masks_axes_and_class_weights():
    rng = np.random.default_rng(0)
    w, keep = rng.uniform(0.5, 2, (4, 6)), rng.uniform(size=(4, 6)) < 0.7
    for name in ("huber", "focal", "cross_entropy", "categorical_focal", "poisson_nll"):
        f = slopes.get(name)
        p, t = arguments(f)
        rows = f.kind == "row_loss"
        options = {"weight": w[:, 0] if rows else w, "where": keep[:, 0] if rows else keep}
        options |= class_weights(f, p) if rows else {}
        given = {k: strict(v, "float64") for k, v in options.items()}
        for reduction in ("mean", "sum", "none"):
            for method in (f, f.gradient, f.value_and_gradient):
                found = method(xp.asarray(p), xp.asarray(t), reduction=reduction, **given)
                compared(found, method(p, t, reduction=reduction, **options), "float64", name)
    x = rng.normal(size=(3, 4, 5))
    for axis in (0, 1, -1):
        compared(
            slopes.softmax(xp.asarray(x), axis=axis, where=xp.asarray(x > -1)),
            slopes.softmax(x, axis=axis, where=x > -1),
            "float64",
            "softmax",
        )
    x, y = rng.normal(size=(2, 5, 3)), rng.integers(0, 5, (2, 3))
    y[0, 1] = -100
    options = {"axis": 1, "ignore_index": -100, "label_smoothing": 0.1}
    found = slopes.cross_entropy.value_and_gradient(xp.asarray(x), xp.asarray(y), **options)
    compared(found, slopes.cross_entropy.value_and_gradient(x, y, **options), "float64", "cross_entropy")
    h, k, t = rng.normal(size=(6, 4)), rng.normal(size=(5, 4)), rng.integers(0, 5, 6)
    value, found = slopes.linear_cross_entropy.value_and_gradient(*map(xp.asarray, (h, k, t)))
    wanted, gradients = slopes.linear_cross_entropy.value_and_gradient(h, k, t)
    compared((value, *found), (wanted, *gradients), "float64", "linear")


def test_tails_edges_and_nan_are_those_of_numpy():
    x = np.array([-np.inf, -1e4, -800.0, -40.0, -1e-300, -0.0, 0.0, 1e-300, 40.0, 800.0, 1e4, np.inf, np.nan])
    for f in slopes.activations.values():
        if f.kind == "activation":
            for order in (0, 1, 2):
                one = f if order == 0 else lambda v, f=f, order=order: f.derivative(v, order=order)
                got, want = plain(one(xp.asarray(x))), one(x)
                np.testing.assert_allclose(
                    got, want, rtol=64 * EPS["float64"], atol=1e-300, err_msg=f"{f.name} {order}"
                )


def test_results_never_share_memory_and_inputs_stay():
    x = xp.asarray([1.0, 2.0])
    y = slopes.identity(x)
    y[0] = 5.0
    assert float(x[0]) == 1.0


def test_integers_become_the_default_float():
    assert slopes.relu(xp.asarray([-1, 2])).dtype == xp.float64


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: slopes.mse(xp.ones(3), xp.ones((3, 1))), r"prediction has shape \(3,\) and target"),
        (lambda: slopes.cross_entropy(xp.ones((2, 3)), xp.asarray([0, 3])), "between 0 and 2, got 3"),
        (lambda: slopes.binary_cross_entropy(xp.asarray([1.5]), xp.asarray([1.0])), "got 1.5"),
        (lambda: slopes.hinge(xp.asarray([1.5]), xp.asarray([0.0])), "must be -1 or 1, got 0.0"),
        (lambda: slopes.mse(xp.ones(2), xp.ones(2), weight=xp.asarray([1.0, -1.0])), "weight must be finite"),
        (lambda: slopes.mse(xp.ones(2), xp.ones(2), where=xp.asarray([False, False])), "mean over nothing"),
    ],
)
def test_bad_input_is_refused_as_elsewhere(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_arrays_of_two_frameworks_and_out_are_refused():
    with pytest.raises(TypeError, match="of one framework"):
        slopes.mse(xp.ones(2), np.ones(2))
    with pytest.raises(TypeError, match="out= is for NumPy arrays"):
        slopes.silu(xp.ones(2), out=xp.ones(2))


def test_without_array_api_compat_the_error_names_the_extra(monkeypatch):
    monkeypatch.setattr("slopes.backends._by_type", {})
    monkeypatch.delitem(sys.modules, "slopes.backends.array_api", raising=False)
    monkeypatch.setitem(sys.modules, "array_api_compat", None)
    with pytest.raises(ImportError, match=r'pip install "slopes\[array-api\]"'):
        slopes.silu(xp.ones(2))
