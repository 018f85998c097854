"""Graphs on Dask arrays: NumPy's numbers, block by block, and nothing computed before it is asked for."""

from functools import partial

import dask
import dask.array as da
import numpy as np
import pytest

import slopes
from tests.api.examples import FUNCTIONS, arguments, calls, class_weights, probabilities

SHAPE = (7, 10)
CUTS = (4, 6)  #: chunks of at most so many rows and columns


@pytest.fixture(autouse=True)
def _single_threaded():
    with dask.config.set(scheduler="synchronous"):
        yield


def never(*_args, **_kwargs):
    raise AssertionError("something was computed while the graph was built")


def lazily(call):
    """Build a graph where computing is forbidden, then compute it."""
    with dask.config.set(scheduler=never):
        graph = call()
    assert all(isinstance(g, da.Array) for g in (graph if isinstance(graph, tuple) else (graph,)))
    return dask.compute(graph)[0]


def cut(x, chunks=CUTS):
    return da.from_array(x, chunks=chunks[: x.ndim])


def equal(found, wanted, what, exact):
    found = found if isinstance(found, tuple) else (found,)
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    for f, w in zip(found, wanted, strict=True):
        w = np.asarray(w)
        assert (f.dtype, np.shape(f)) == (w.dtype, w.shape), what
        if exact:
            np.testing.assert_array_equal(f, w, err_msg=what)
        else:
            tolerance = 32 * np.finfo(w.dtype).eps
            most = np.max(np.abs(w), initial=0.0, where=np.isfinite(w))
            np.testing.assert_allclose(f, w, rtol=tolerance, atol=tolerance * most, err_msg=what)


def methods(f, x):
    """Calls of a function by name, for arrays of the shapes of x."""
    if f.kind != "row_activation":
        return calls(f)
    c = np.random.default_rng(0).normal(size=f(x[0]).shape).astype(x[0].dtype)

    def vjp(x):
        return f.vjp(x, cut(c) if isinstance(x, da.Array) else c)

    return {"value": f, "jvp": lambda x: f.jvp(x, x), "vjp": vjp}


def test_every_function_gives_what_numpy_gives():
    done = 0
    for i, f in enumerate(f for f in FUNCTIONS if f.kind != "array_loss"):
        dtype = (np.float32, np.float64)[i % 2]
        x = tuple(a.astype(dtype) if a.dtype.kind == "f" else a for a in arguments(f, shape=SHAPE))
        own = tuple(cut(a) for a in x)
        for name, method in methods(f, x).items():
            exact = not f.kind.startswith("row") and name not in ("mean", "sum")
            equal(lazily(partial(method, *own)), method(*x), f"{f.name} {name}", exact)
            done += 1
    assert done > 400


@pytest.mark.parametrize("lazy_options", [True, False])
def test_weights_masks_and_reductions(lazy_options):
    rng = np.random.default_rng(0)
    w, keep = rng.uniform(0.5, 2, SHAPE), rng.uniform(size=SHAPE) < 0.7
    for name in ("huber", "poisson_nll", "cross_entropy"):
        f = slopes.get(name)
        p, t = arguments(f, shape=SHAPE)
        rows = f.kind == "row_loss"
        p[0, 0], keep[0, 0] = np.nan, rows
        keep[0, 0] = False
        w_, keep_ = (w[:, 0], keep[:, 0]) if rows else (w, keep)
        options = {"weight": w_, "where": keep_} | (class_weights(f, p) if rows else {})
        given = dict(options)
        if lazy_options:
            given |= {"weight": cut(w_, (5, 2)), "where": cut(keep_, (2, 9))}
        for reduction in ("mean", "sum", "none"):
            for method in (f, f.gradient, f.value_and_gradient):
                found = lazily(partial(method, cut(p), cut(t), reduction=reduction, **given))
                equal(found, method(p, t, reduction=reduction, **options), f"{name} {reduction}", exact=False)
        equal(
            lazily(partial(f.gradient_and_hessian, cut(p), cut(t), **given)),
            f.gradient_and_hessian(p, t, **options),
            name,
            exact=not rows,
        )


def test_softmax_and_cross_entropy_across_chunks_of_the_class_axis_never_join_them():
    x = np.random.default_rng(0).normal(size=(6, 40)) * 30
    x[1, :] = 5.0  # ties between chunks
    x[2, 7], x[3, 9], x[4, :] = np.nan, np.inf, -np.inf
    x[4, 3] = 1e300
    y = np.array([0, 39, 5, 9, 3, 20])
    lazy, target = cut(x, (2, 7)), cut(y, (2,))
    for call, plain in (
        (lambda: slopes.softmax(lazy), slopes.softmax(x)),
        (lambda: slopes.log_softmax(lazy), slopes.log_softmax(x)),
        (lambda: slopes.softmax.vjp(lazy, lazy), slopes.softmax.vjp(x, x)),
        (
            lambda: slopes.cross_entropy(lazy, target, reduction="none"),
            slopes.cross_entropy(x, y, reduction="none"),
        ),
        (lambda: slopes.cross_entropy.gradient(lazy, target), slopes.cross_entropy.gradient(x, y)),
        (lambda: slopes.cross_entropy.hessian(lazy, target), slopes.cross_entropy.hessian(x, y)),
    ):
        finite = np.isfinite(plain)
        found = lazily(call)
        assert np.array_equal(finite, np.isfinite(found))
        np.testing.assert_allclose(found[finite], plain[finite], rtol=1e-13, atol=1e-15)
        most = max(int(np.prod(key_shape)) for key_shape in _block_shapes(call()))
        assert most <= 2 * 7 * 4  # a tree of at most four blocks' partial results, never whole rows
    for options in ({"label_smoothing": 0.1}, {"axis": 0}, {"z_loss": 1.0}, {"logit_softcap": 30.0}):
        x, axis = np.random.default_rng(1).normal(size=(12, 9)), options.get("axis", 1)
        y = np.random.default_rng(2).integers(0, x.shape[axis], x.shape[1 - axis])
        found = lazily(partial(slopes.cross_entropy.value_and_gradient, cut(x), cut(y), **options))
        equal(found, slopes.cross_entropy.value_and_gradient(x, y, **options), str(options), exact=False)
    q = probabilities(x)
    found = lazily(lambda: slopes.cross_entropy(cut(x), cut(q, (5, 2))))
    equal(found, slopes.cross_entropy(x, q), "probabilities", exact=False)


def _block_shapes(graph):
    """The shapes of all arrays that computing a graph holds."""
    shapes = []

    class Watch(dask.callbacks.Callback):
        def _posttask(self, _key, result, _dsk, _state, _worker):
            if isinstance(result, np.ndarray):
                shapes.append(result.shape)

    with Watch():
        graph.compute(optimize_graph=False)
    return [s for s in shapes if s != (6, 40)]


def test_the_sum_is_a_tree():
    x = da.zeros((64, 64), chunks=(4, 4))
    assert slopes.mse(x, x).compute() == 0
    graph = dict(slopes.mse(x + 1, x, reduction="sum").__dask_graph__())
    widths = [len(v) for v in map(_dependencies, graph.values())]
    assert max(widths) <= 16


def _dependencies(task):
    return getattr(task, "dependencies", ())


def test_rows_of_other_functions_are_put_together():
    x = np.random.default_rng(0).normal(size=(4, 12))
    for name in ("sparsemax", "entmax15", "glu", "maxout"):
        f = slopes.get(name)
        equal(lazily(partial(f, cut(x, (2, 5)))), f(x), name, exact=True)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: slopes.mse(da.ones(4), da.ones((4, 1))), r"prediction has shape \(4,\) and target"),
        (lambda: slopes.cross_entropy(da.ones((2, 3)), da.ones((2, 4))), "prediction has shape"),
        (
            lambda: slopes.mse(da.ones(4), da.ones(4), weight=np.array([1.0, 2, 3, -1])),
            "weight must be finite",
        ),
        (lambda: slopes.softmax(da.ones((2, 3)), axis=2), "axis 2 is out of range"),
        (lambda: slopes.silu(da.ones(9)[da.ones(9) > 0]), "unknown shape"),
    ],
)
def test_errors_of_shapes_come_when_the_graph_is_built(call, message):
    with dask.config.set(scheduler=never), pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: slopes.cross_entropy(da.ones((2, 3)), da.from_array([0, 3])), "between 0 and 2, got 3"),
        (lambda: slopes.cross_entropy.gradient(da.ones((2, 3), chunks=2), da.from_array([0, -1])), "got -1"),
        (lambda: slopes.cross_entropy(da.ones((2, 3)), 2 * da.ones((2, 3))), r"probabilities must lie"),
        (
            lambda: slopes.binary_cross_entropy(1.5 * da.ones(3), da.ones(3)),
            "must lie between 0 and 1, got 1.5",
        ),
        (lambda: slopes.hinge.gradient(da.ones(3), da.zeros(3)), "must be -1 or 1, got 0.0"),
        (lambda: slopes.mse(da.ones(3), da.ones(3), weight=-da.ones(3)), "weight must be finite"),
        (lambda: slopes.mse(da.ones(3), da.ones(3), where=da.zeros(3, dtype=bool)), "a mean over nothing"),
    ],
)
def test_errors_of_values_come_when_it_is_computed(call, message):
    with dask.config.set(scheduler=never):
        graph = call()
    with pytest.raises(ValueError, match=message):
        graph.compute()


def test_what_does_not_go_on_dask_arrays_says_so():
    x = da.ones((3, 2))
    with pytest.raises(TypeError, match="needs them whole"):
        slopes.dice(x, x)
    with pytest.raises(TypeError, match="out= is for NumPy arrays"):
        slopes.silu(x, out=np.ones((3, 2)))
    with pytest.raises(TypeError, match="class_weight must be a NumPy array"):
        slopes.cross_entropy(x, da.zeros(3, dtype=int), class_weight=da.ones(2), reduction="sum")
    with pytest.raises(TypeError, match="of one framework"):
        slopes.mse(np.ones(3), da.ones(3))


def test_graphs_run_on_threads_and_processes():
    x = np.random.default_rng(0).normal(size=100)
    graph = slopes.huber(da.from_array(x, chunks=30), da.zeros(100, chunks=30), delta=0.5)
    assert graph.compute(scheduler="threads") == pytest.approx(slopes.huber(x, np.zeros(100), delta=0.5))
