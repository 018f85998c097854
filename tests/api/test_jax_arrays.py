"""JAX arrays in and out: transformations, dtypes, tails, edges, parameters, errors."""

import re

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import slopes

X = jnp.linspace(-4.0, 4.0, 12).reshape(2, 6) + 0.05
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
    assert jax.grad(lambda x: f(x).sum())(X.astype(dtype)).dtype == dtype


def test_integers_become_the_default_float_and_float64_stays():
    assert slopes.silu(jnp.arange(3)).dtype == jnp.float32
    with jax.enable_x64(True):
        assert slopes.silu(jnp.arange(3)).dtype == jnp.float64
        assert slopes.silu(jnp.ones(3, jnp.float32)).dtype == jnp.float32
        x = jnp.linspace(-3.0, 3.0, 7)
        close(slopes.gelu(x), slopes.gelu(np.linspace(-3, 3, 7)), rtol=1e-14, atol=1e-16)


@pytest.mark.parametrize("name", CURVES)
def test_every_way_to_differentiate_a_curve_is_what_it_states(name):
    f, x = slopes.get(name), X[0]
    first, second = f.derivative(x), f.derivative(x, order=2)
    close(jax.vmap(jax.grad(f))(x), first)
    close(jax.jit(jax.vmap(jax.grad(jax.grad(f))))(x), second)
    close(jnp.diag(jax.jacfwd(f)(x)), first)
    close(jnp.diag(jax.jacrev(f)(x)), first)
    close(jnp.diag(jax.hessian(lambda x: f(x).sum())(x)), second)
    close(jax.jit(f)(x), f(x))


@pytest.mark.parametrize("name", ["silu", "gelu", "softplus"])
def test_third_derivatives_are_right(name):
    f, h = slopes.get(name), 1e-3
    third = (f.derivative(0.7 + h, order=2) - f.derivative(0.7 - h, order=2)) / (2 * h)
    assert float(jax.grad(jax.grad(jax.grad(f)))(0.7)) == pytest.approx(third, rel=1e-4)


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "sparsemax", "entmax15", "swiglu", "maxout"])
def test_rows_in_forward_and_reverse_mode_and_twice(name):
    f, x = slopes.get(name), X[0]
    forward, reverse = jax.jacfwd(f)(x), jax.jacrev(f)(x)
    close(forward, reverse)
    t = jnp.cos(x)
    close(forward @ t, f.jvp(x, t))
    c = jnp.sin(jnp.arange(float(f(x).size)))
    twice = jax.hessian(lambda x: (c * f(x)).sum())(x)
    close(twice @ t, f.hvp(x, c, t), rtol=1e-5, atol=1e-6)
    close(jax.grad(lambda x: jax.grad(lambda x: (c * f(x)).sum())(x) @ t)(x), twice @ t, 1e-5, 1e-6)


@pytest.mark.parametrize("name", ["cross_entropy", "focal", "multi_margin"])
def test_the_hessian_of_a_row_loss_is_the_stated_one(name):
    f = slopes.get(name) if name != "focal" else slopes.categorical_focal
    for hessian in (jax.hessian, lambda f: jax.jacrev(jax.jacrev(f)), lambda f: jax.jacfwd(jax.jacfwd(f))):
        got = jax.jit(hessian(lambda x: f(x, Y, reduction="sum")))(X)
        blocks = jnp.stack([got[i, :, i] for i in range(2)])
        close(blocks, f.full_hessian(X, Y), rtol=1e-5, atol=1e-6)


def test_a_loss_of_several_arrays_in_all_of_them():
    arrays = X, X + 0.5, jnp.cos(X)
    gradients = jax.jit(jax.grad(slopes.triplet_margin, argnums=(0, 1, 2)))(*arrays)
    for got, want in zip(gradients, slopes.triplet_margin.gradient(*arrays), strict=True):
        close(got, want)
    forward = jax.jacfwd(slopes.triplet_margin)(*arrays)
    close(forward, gradients[0])
    matrix = jax.hessian(slopes.triplet_margin)(*arrays).reshape(12, 12)
    close(matrix, matrix.T, rtol=1e-4, atol=1e-6)


def test_parameters_that_are_learned():
    def loss(slope, x):
        return slopes.prelu(x, slope=slope).sum()

    slope = jnp.full(6, 0.25)
    want = slopes.prelu.parameter_derivative(X, "slope", slope=slope).sum(0)
    close(jax.jit(jax.grad(loss))(slope, X), want)
    beta = jax.grad(lambda beta: slopes.silu(X, beta=beta).sum())(jnp.float32(1.5))
    close(beta, slopes.silu.parameter_derivative(X, "beta", beta=1.5).sum())


def test_tails_and_margins_are_not_flushed():
    assert float(jax.grad(slopes.sigmoid)(20.0)) == pytest.approx(2.0611536e-9, rel=1e-6)
    for margin in (17.0, 20.0, 50.0):
        gradient = jax.grad(lambda z: slopes.cross_entropy(z, jnp.array([0])))(jnp.array([[margin, 0.0]]))
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
    gradient = jax.grad(lambda x: slopes.huber(x, X / 2, where=keep))(dirty)
    close(gradient, slopes.huber.gradient(X, X / 2, where=keep))
    assert bool(jnp.isfinite(jax.hessian(lambda x: slopes.huber(x, X / 2, where=keep))(dirty)).all())


def test_vmap_over_samples_is_a_batch():
    each = jax.vmap(slopes.cross_entropy)(X, Y)
    close(each, slopes.cross_entropy(X, Y, reduction="none"))
    close(jax.vmap(slopes.softmax)(X), slopes.softmax(X))


def test_linear_cross_entropy_computes_its_gradients_with_its_value():
    weight = jnp.cos(jnp.arange(18.0)).reshape(3, 6)
    target = jnp.array([0, 2])
    plain = jax.grad(lambda h, w: slopes.cross_entropy(h @ w.T, target), argnums=(0, 1))(X, weight)
    fused = jax.jit(jax.grad(slopes.linear_cross_entropy, argnums=(0, 1)))(X, weight, target)
    for got, want in zip(fused, plain, strict=True):
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
