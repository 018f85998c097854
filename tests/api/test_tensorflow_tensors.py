"""TensorFlow tensors in and out: eager, tf.function, XLA, tapes, unknown lengths, errors."""

import re

import numpy as np
import pytest
import tensorflow as tf

import slopes

X = tf.reshape(tf.linspace(-4.0, 4.0, 12), (2, 6)) + 0.05
Y = tf.constant([1, 4])
NAMES = ("sigmoid", "silu", "gelu", "softplus", "mish", "elu")
FREE = tf.TensorSpec((None, None)), tf.TensorSpec((None,), tf.int32)


def close(got, want, rtol=2e-6, atol=1e-7):
    np.testing.assert_allclose(np.asarray(got), np.asarray(want), rtol=rtol, atol=atol)


def gradient(f, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = f(x)
    return tape.gradient(value, x)


@pytest.mark.parametrize("dtype", [tf.float16, tf.bfloat16, tf.float32, tf.float64])
@pytest.mark.parametrize("f", [slopes.silu, slopes.softmax, slopes.silu.derivative])
def test_a_result_is_a_tensor_of_the_same_dtype(f, dtype):
    x = tf.cast(X, dtype)
    result = f(x)
    assert isinstance(result, tf.Tensor)
    assert (result.dtype, result.shape) == (dtype, X.shape)
    assert gradient(f, x).dtype == dtype
    assert slopes.silu(tf.range(3)).dtype == tf.float32


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_both_derivatives_of_a_curve_are_what_it_states(name, compiled):
    f = slopes.get(name)

    @tf.function(jit_compile=compiled)
    def derived(x):
        return f(x), gradient(f, x), gradient(lambda x: gradient(f, x), x)

    wanted = f(X), f.derivative(X), f.derivative(X, order=2)
    for got, want in zip(derived(X), wanted, strict=True):
        close(got, want)
    close(gradient(lambda x: gradient(f, x), X), wanted[2], rtol=0, atol=0)


@pytest.mark.parametrize("compiled", [False, True])
def test_lengths_may_be_unknown(compiled):
    @tf.function(input_signature=FREE, jit_compile=compiled)
    def losses(x, y):
        q = slopes.softmax(x)
        return {
            "cross_entropy": gradient(lambda x: slopes.cross_entropy(x, y), x),
            "smoothed": gradient(lambda x: slopes.cross_entropy(x, q, label_smoothing=0.1), x),
            "huber": gradient(lambda x: slopes.huber(x, q), x),
            "dice": gradient(lambda x: slopes.dice(slopes.softmax(x), q, axis=1), x),
            "columns": slopes.softmax(x, axis=0),
            "triplet": slopes.triplet_margin(x, q, 2 * x),
            "sparse": slopes.sparsemax(x),
        }

    wanted = losses.python_function(X, Y)
    close(wanted["cross_entropy"], slopes.cross_entropy.gradient(X, Y))
    for name, got in losses(X, Y).items():
        close(got, wanted[name], rtol=1e-5)


def test_the_mean_counts_rows_that_only_the_graph_knows():
    @tf.function(input_signature=FREE)
    def loss(x, y):
        return slopes.cross_entropy(x, y), slopes.mse(x, 2 * x), slopes.linear_cross_entropy(x, x, y)

    for rows in (1, 2):
        x, y = X[:rows], tf.zeros(rows, tf.int32)
        found = loss(x, y)
        close(found[0], slopes.cross_entropy(x, y))
        close(found[1], slopes.mse(x, 2 * x))
        close(found[2], slopes.cross_entropy(x @ tf.transpose(x), y))


def test_autograph_leaves_the_library_alone(caplog):
    @tf.function
    def every(x):
        options = {"weight": x * x}
        return slopes.huber(x, 2 * x, **options), slopes.silu.derivative(x), slopes.get("softmax").vjp(x, x)

    for got, want in zip(every(X), every.python_function(X), strict=True):
        close(got, want)
    assert "AutoGraph" not in caplog.text


def test_variables_and_learned_parameters_have_gradients():
    slope = tf.Variable(tf.fill((6,), 0.25))
    with tf.GradientTape() as tape:
        value = tf.reduce_sum(slopes.prelu(X, slope=slope))
    want = tf.reduce_sum(slopes.prelu.parameter_derivative(X, "slope"), axis=0)
    close(tape.gradient(value, slope), want)
    close(gradient(slopes.silu, tf.Variable(X)), slopes.silu.derivative(X))


def test_tails_and_margins_are_not_flushed():
    assert float(gradient(slopes.sigmoid, tf.constant(20.0))) == pytest.approx(2.0611536e-9, rel=1e-6)
    for margin in (17.0, 20.0, 50.0):
        z = tf.constant([[margin, 0.0]])
        found = gradient(lambda z: slopes.cross_entropy(z, tf.constant([0])), z)
        want = -np.exp(-margin) / (1 + np.exp(-margin))
        assert float(found[0, 0]) == pytest.approx(want, rel=1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_edges_are_numpys(name):
    x = np.array([np.nan, -np.inf, np.inf, 0.0, -0.0], np.float32)
    f = slopes.get(name)
    for order in (1, 2):
        close(f.derivative(tf.constant(x), order=order), f.derivative(x, order=order))
    close(f(tf.constant(x)), f(x))


def test_nothing_behind_a_mask_reaches_a_gradient():
    keep = tf.constant([[True, False] * 3, [True] * 6])
    dirty = tf.where(keep, X, np.nan)
    found = gradient(lambda x: slopes.huber(x, X / 2, where=keep), dirty)
    close(found, slopes.huber.gradient(X, X / 2, where=keep))


def test_linear_cross_entropy_computes_its_gradients_with_its_value():
    weight, target = tf.cos(tf.reshape(tf.range(18.0), (3, 6))), tf.constant([0, 2])
    fused = gradient(lambda w: slopes.linear_cross_entropy(X, w, target), weight)
    plain = gradient(lambda w: slopes.cross_entropy(X @ tf.transpose(w), target), weight)
    close(fused, plain, atol=1e-6)


def test_inside_a_graph_shapes_and_parameters_are_checked_and_values_are_not():
    with pytest.raises(ValueError, match=re.escape("(2, 6)")):
        tf.function(lambda x: slopes.mse(x, x[0]))(X)
    with pytest.raises(ValueError, match="delta must be"):
        tf.function(lambda x: slopes.huber(x, x, delta=-1.0))(X)
    bad = tf.constant([1, 9])
    with pytest.raises(ValueError, match="between 0 and 5, got 9"):
        slopes.cross_entropy(X, bad)
    assert tf.function(lambda x: slopes.cross_entropy(x, bad))(X).shape == ()
    with pytest.raises(TypeError, match="one framework"):
        slopes.mse(X, X.numpy())
    with pytest.raises(TypeError, match="dense first"):
        slopes.silu(tf.ragged.constant([[1.0], [2.0, 3.0]]))
    with pytest.raises(TypeError, match="out= is for NumPy"):
        slopes.silu(X, out=X.numpy())
