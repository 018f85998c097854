"""JAX arrays in and out: transformations, dtypes, tails, edges, parameters, errors."""

import re

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import slopes

X = jnp.linspace(-4.0, 4.0, 12).reshape(2, 6) + 0.05
N = np.asarray(X, np.float64)
Y = jnp.array([1, 4])
CURVES = ("sigmoid", "silu", "gelu", "softplus", "tanh", "mish", "elu", "relu")


def close(got, want, rtol=2e-6, atol=1e-7):
    np.testing.assert_allclose(np.asarray(got), np.asarray(want), rtol=rtol, atol=atol)


@pytest.mark.parametrize("dtype", [jnp.float16, jnp.bfloat16, jnp.float32])
@pytest.mark.parametrize("f", [slopes.silu, slopes.softmax, slopes.silu.derivative])
def test_a_result_is_an_array_of_the_same_dtype(f, dtype):
    result = f(X.astype(dtype))
    assert isinstance(result, jax.Array)
    assert result.dtype == dtype
    assert result.shape == X.shape
    assert jax.eval_shape(jax.grad(lambda x: f(x).sum()), X.astype(dtype)).dtype == dtype


def test_integers_become_the_default_float_and_float64_stays():
    with jax.enable_x64(False):
        assert slopes.silu(jnp.arange(3)).dtype == jnp.float32
    with jax.enable_x64(True):
        assert slopes.silu(jnp.arange(3)).dtype == jnp.float64
        assert slopes.silu(jnp.ones(3, jnp.float32)).dtype == jnp.float32
        x = jnp.linspace(-3.0, 3.0, 7)
        close(slopes.gelu(x), slopes.gelu(np.linspace(-3, 3, 7)), rtol=1e-14, atol=1e-16)


def test_every_way_to_differentiate_a_curve_is_what_it_states():
    def ways(x):
        return {
            name: (
                [f(x)],
                [jax.vmap(jax.grad(f))(x), jnp.diag(jax.jacfwd(f)(x)), jnp.diag(jax.jacrev(f)(x))],
                [jax.vmap(jax.grad(jax.grad(f)))(x), jnp.diag(jax.hessian(lambda x, f=f: f(x).sum())(x))],
            )
            for name, f in ((name, slopes.get(name)) for name in CURVES)
        }

    x = X[0]
    for name, orders in jax.jit(ways)(x).items():
        f = slopes.get(name)
        wanted = f(N[0]), f.derivative(N[0]), f.derivative(N[0], order=2)
        for found, want in zip(orders, wanted, strict=True):
            for got in found:
                close(got, want)


@pytest.mark.parametrize("name", ["silu", "gelu", "softplus"])
def test_third_derivatives_are_right(name):
    f, h = slopes.get(name), 1e-3
    third = (f.derivative(0.7 + h, order=2) - f.derivative(0.7 - h, order=2)) / (2 * h)
    assert float(jax.jit(jax.grad(jax.grad(jax.grad(f))))(0.7)) == pytest.approx(third, rel=1e-4)


def test_rows_in_forward_and_reverse_mode_and_twice():
    names = ("softmax", "log_softmax", "sparsemax", "entmax15", "swiglu", "maxout")
    t = np.cos(N[0])

    def ways(x, t):
        found = {}
        for name in names:
            f = slopes.get(name)
            c = jnp.sin(jnp.arange(float(f(N[0]).size)))

            def scalar(x, f=f, c=c):
                return (c * f(x)).sum()

            once = jax.jacfwd(f)(x), jax.jacrev(f)(x)
            twice = jax.hessian(scalar)(x) @ t, jax.grad(lambda x, g=scalar: jax.grad(g)(x) @ t)(x)
            found[name] = c, [j @ t for j in once], twice
        return found

    for name, (c, once, twice) in jax.jit(ways)(X[0], t).items():
        f = slopes.get(name)
        for got in once:
            close(got, f.jvp(N[0], t))
        for got in twice:
            close(got, f.hvp(N[0], np.asarray(c, np.float64), t), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", ["cross_entropy", "categorical_focal", "multi_margin"])
def test_the_hessian_of_a_row_loss_is_the_stated_one(name):
    f = slopes.get(name)

    def ways(x):
        def loss(x):
            return f(x, Y[0])

        return jax.hessian(loss)(x), jax.jacrev(jax.jacrev(loss))(x), jax.jacfwd(jax.jacfwd(loss))(x)

    for got in jax.jit(ways)(X[0]):
        close(got, f.full_hessian(N[0], np.array(1)), rtol=1e-5, atol=1e-6)


def test_a_loss_of_several_arrays_in_all_of_them():
    f, arrays = slopes.triplet_margin, (X, X + 0.5, jnp.cos(X))

    def ways(*arrays):
        gradients = jax.grad(f, argnums=(0, 1, 2))(*arrays)
        return gradients, jax.jacfwd(f)(*arrays), jax.hessian(f)(*arrays)

    gradients, forward, twice = jax.jit(ways)(*arrays)
    wanted = f.gradient(*(np.asarray(a, np.float64) for a in arrays))
    for got, want in zip((*gradients, forward), (*wanted, wanted[0]), strict=True):
        close(got, want)
    matrix = twice.reshape(12, 12)
    close(matrix, matrix.T, rtol=1e-4, atol=1e-6)
    h = 1e-4 * np.eye(12)[3].reshape(2, 6)
    ends = [
        f.gradient(*(np.asarray(a, np.float64) + s * h * (i == 0) for i, a in enumerate(arrays)))[0]
        for s in (1, -1)
    ]
    close(matrix[3], ((ends[0] - ends[1]) / 2e-4).ravel(), rtol=1e-4, atol=1e-5)


def test_parameters_that_are_learned():
    def loss(slope, x):
        return slopes.prelu(x, slope=slope).sum()

    slope = jnp.full(6, 0.25)
    want = slopes.prelu.parameter_derivative(N, "slope").sum(0)
    close(jax.jit(jax.grad(loss))(slope, X), want)
    beta = jax.jit(jax.grad(lambda beta: slopes.silu(X, beta=beta).sum()))(jnp.float32(1.5))
    close(beta, slopes.silu.parameter_derivative(N, "beta", beta=1.5).sum())


def test_tails_and_margins_are_not_flushed():
    assert float(jax.jit(jax.grad(slopes.sigmoid))(20.0)) == pytest.approx(2.0611536e-9, rel=1e-6)
    slope = jax.jit(jax.grad(lambda z: slopes.cross_entropy(z, jnp.array([0]))))
    for margin in (17.0, 20.0, 50.0):
        gradient = slope(jnp.array([[margin, 0.0]]))
        want = -np.exp(-margin) / (1 + np.exp(-margin))
        assert float(gradient[0, 0]) == pytest.approx(want, rel=1e-5)


@pytest.mark.parametrize("name", CURVES)
def test_edges_are_numpys(name):
    x = np.array([np.nan, -np.inf, np.inf, 0.0, -0.0], np.float32)
    f = slopes.get(name)
    for order in (1, 2):
        close(f.derivative(jnp.array(x), order=order), f.derivative(x, order=order))
    close(f(jnp.array(x)), f(x))


def test_nothing_behind_a_mask_reaches_a_gradient():
    keep = jnp.array([[True, False] * 3, [True] * 6])
    dirty = jnp.where(keep, X, jnp.nan)

    def loss(x):
        return slopes.huber(x, X / 2, where=keep)

    gradient, twice = jax.jit(lambda x: (jax.grad(loss)(x), jax.hessian(loss)(x)))(dirty)
    close(gradient, slopes.huber.gradient(N, N / 2, where=np.asarray(keep)))
    assert np.isfinite(twice).all()


def test_vmap_over_samples_is_a_batch():
    each, rows = jax.jit(lambda x: (jax.vmap(slopes.cross_entropy)(x, Y), jax.vmap(slopes.softmax)(x)))(X)
    close(each, slopes.cross_entropy(N, np.asarray(Y), reduction="none"))
    close(rows, slopes.softmax(N))


def test_linear_cross_entropy_computes_its_gradients_with_its_value():
    weight = jnp.cos(jnp.arange(18.0)).reshape(3, 6)
    target = jnp.array([0, 2])
    fused = jax.jit(jax.grad(slopes.linear_cross_entropy, argnums=(0, 1)))(X, weight, target)
    plain = N, np.asarray(weight, np.float64), np.asarray(target)
    for got, want in zip(fused, slopes.linear_cross_entropy.value_and_gradient(*plain)[1], strict=True):
        close(got, want, atol=1e-6)


def test_inside_a_trace_shapes_and_parameters_are_checked_and_values_are_not():
    with pytest.raises(ValueError, match=re.escape("(2, 6)")):
        jax.jit(slopes.mse)(X, X[0])
    with pytest.raises(ValueError, match="delta must be"):
        jax.jit(lambda x: slopes.huber(x, x, delta=-1.0))(X)
    bad = jnp.array([1, 9])
    with pytest.raises(ValueError, match="between 0 and 5, got 9"):
        slopes.cross_entropy(X, bad)
    assert np.isfinite(jax.jit(lambda x: slopes.cross_entropy(x, bad))(X)) in (True, False)
    with pytest.raises(TypeError, match="one framework"):
        slopes.mse(X, np.asarray(X))
    with pytest.raises(TypeError, match="out= is for NumPy"):
        slopes.silu(X, out=np.asarray(X))


def test_a_product_moves_with_its_row_and_with_its_cotangent():
    """In forward mode, of a row whose Jacobian is not symmetric."""
    f, t = slopes.log_softmax, np.cos(N[0])
    moved = jax.jvp(lambda x: f.vjp(x, f(x)), (X[0],), (jnp.asarray(t, X.dtype),))[1]
    close(moved, f.hvp(N[0], f(N[0]), t) + f.vjp(N[0], f.jvp(N[0], t)), rtol=2e-5, atol=1e-6)


def test_labels_may_be_constants_of_a_trace():
    weight = jnp.ones((6, 6), X.dtype)
    for loss, given in ((slopes.cross_entropy, ()), (slopes.linear_cross_entropy, (weight,))):
        traced = jax.jit(lambda x, loss=loss, given=given: loss(x, *given, Y))(X)
        close(traced, loss(N, *(np.asarray(g, np.float64) for g in given), np.asarray(Y)))
