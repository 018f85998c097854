"""What must hold on every backend of Keras; run in a process of its own, as Keras takes one backend only."""

import tempfile
import warnings
from pathlib import Path

import numpy as np
import pytest

import keras
import slopes
import slopes.keras

RNG = np.random.default_rng(0)
X = RNG.standard_normal((50, 8)).astype("float32")
LABELS = (X[:, 0] > 0).astype("int64") + (X[:, 1] > 0)
WEIGHTS = np.linspace(0, 2, 50).astype("float32")
TRAINS = keras.backend.backend() != "numpy"


def close(got, want, rtol=2e-6):
    got = keras.ops.convert_to_numpy(got).astype(np.float64)
    np.testing.assert_allclose(got, np.asarray(want, np.float64), rtol=rtol, atol=1e-6)


def activations_are_ours_in_every_form():
    function = slopes.keras.activation("swish", beta=1.5)
    close(function(keras.ops.convert_to_tensor(X)), slopes.silu(X, beta=1.5))
    inputs = keras.Input((8,))
    gated = keras.Model(inputs, slopes.keras.activation("swiglu")(function(inputs)))
    close(gated(X), slopes.swiglu(slopes.silu(X, beta=1.5)))
    pieces = slopes.keras.activation("maxout", pieces=4)(inputs)
    assert pieces.shape == (None, 2)
    layer = keras.layers.Dense(4, activation=function)
    kernel = keras.ops.convert_to_numpy(layer(X)) * 0 + keras.ops.convert_to_numpy(X @ layer.kernel)
    close(layer(X), slopes.silu(kernel, beta=1.5), rtol=1e-4)
    half = keras.ops.cast(X, "float16")
    assert keras.backend.standardize_dtype(function(half).dtype) == "float16"


def losses_are_weighted_masked_and_reduced_as_keras_does():
    p, t = X, X * 0.5 + 0.1
    each = slopes.huber(p, t, delta=2.0, reduction="none").mean(-1)
    loss = slopes.keras.Loss("huber", delta=2.0)
    close(loss(t, p), each.mean())
    close(loss(t, p, sample_weight=WEIGHTS), (each * WEIGHTS).mean())
    close(slopes.keras.Loss("huber", delta=2.0, reduction="none")(t, p), each)
    rows = slopes.cross_entropy(X, LABELS, reduction="none")
    for target in (LABELS, LABELS[:, None], np.eye(8)[LABELS]):
        close(slopes.keras.Loss("cross_entropy")(target, X), rows.mean())
    ignored = slopes.keras.Loss("cross_entropy", ignore_index=1, reduction="sum")
    close(ignored(LABELS, X), rows[LABELS != 1].sum(), rtol=1e-5)
    first = slopes.keras.Loss("cross_entropy", axis=1)(LABELS[:, None].repeat(3, 1), np.stack([X] * 3, 2))
    close(first, rows.mean())
    sets = slopes.dice(np.clip(X, 0, 1), LABELS[:, None].repeat(8, 1) > 1.0, axis=1, reduction="none")
    overlap = slopes.keras.Loss("dice")(LABELS[:, None].repeat(8, 1) > 1.0, np.clip(X, 0, 1))
    close(overlap, np.mean(sets))


def a_mask_of_the_model_leaves_steps_out():
    steps = RNG.standard_normal((4, 5, 3)).astype("float32")
    steps[:, 3:] = 0
    model = keras.Sequential([keras.Input((5, 3)), keras.layers.Masking(), keras.layers.Dense(2)])
    model.compile(loss=slopes.keras.Loss("mse"))
    targets = np.ones((4, 5, 2), "float32")
    found = model.evaluate(steps, targets, verbose=0)
    predictions = keras.ops.convert_to_numpy(model(steps))
    close(found, slopes.mse(predictions[:, :3], targets[:, :3]), rtol=1e-5)


def a_model_trains_and_comes_back_from_its_file():
    keras.utils.set_random_seed(0)
    hidden = keras.layers.Dense(16, activation=slopes.keras.activation("silu", beta=1.5))
    model = keras.Sequential([keras.Input((8,)), hidden, keras.layers.Dense(3)])
    model.compile("sgd", loss=slopes.keras.Loss("cross_entropy", label_smoothing=0.1))
    before = model.evaluate(X, LABELS, verbose=0)
    if TRAINS:  # 50 samples in batches of 16: the last is shorter
        model.fit(X, LABELS, epochs=5, batch_size=16, sample_weight=WEIGHTS, verbose=0)
        assert model.evaluate(X, LABELS, verbose=0) < before
    predictions = model.predict(X, verbose=0)
    close(
        model.evaluate(X, LABELS, verbose=0), slopes.cross_entropy(predictions, LABELS, label_smoothing=0.1)
    )
    with tempfile.TemporaryDirectory() as folder:
        model.save(Path(folder) / "model.keras")
        loaded = keras.models.load_model(Path(folder) / "model.keras", compile=TRAINS)
    close(loaded.predict(X, verbose=0), predictions)
    assert loaded.layers[0].activation.function == slopes.SiLU(beta=1.5)
    if TRAINS:
        assert loaded.loss.function == slopes.CrossEntropy(label_smoothing=0.1)
        assert "beta=1.5" in repr(loaded.layers[0].activation)


def mixed_precision_computes_the_loss_in_float32():
    name = "mixed_bfloat16"
    hidden = keras.layers.Dense(16, activation=slopes.keras.activation("gelu"), dtype=name)
    model = keras.Sequential([keras.Input((8,)), hidden, keras.layers.Dense(3, dtype=name)])
    model.compile("adam", loss=slopes.keras.Loss("cross_entropy"))
    assert keras.backend.standardize_dtype(model(X).dtype) == "bfloat16"
    assert np.isfinite(model.fit(X, LABELS, epochs=1, verbose=0).history["loss"][0])


def mistakes_are_told_at_once():
    for call, error, message in (
        (lambda: slopes.keras.activation("huber"), ValueError, "is a loss"),
        (lambda: slopes.keras.Loss("silu"), ValueError, "is an activation"),
        (lambda: slopes.keras.Loss("triplet_margin"), ValueError, "anchor, positive, negative"),
        (lambda: slopes.keras.Loss("huber", delta=-1.0), ValueError, "delta must be"),
        (lambda: slopes.keras.Loss("huber", axis=1), TypeError, "takes no axis"),
        (lambda: slopes.keras.activation("silu", beta=X), TypeError, "beta must be a number"),
        (lambda: slopes.keras.activation("slu"), slopes.UnknownName, "silu"),
        (lambda: slopes.keras.Loss("mse")(X, X[:, :2]), ValueError, "they must be equal"),
    ):
        with pytest.raises(error, match=message):
            call()


if __name__ == "__main__":
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", "__array__ implementation doesn't accept a copy", DeprecationWarning)
    activations_are_ours_in_every_form()
    losses_are_weighted_masked_and_reduced_as_keras_does()
    a_mask_of_the_model_leaves_steps_out()
    a_model_trains_and_comes_back_from_its_file()
    if TRAINS:
        mixed_precision_computes_the_loss_in_float32()
    mistakes_are_told_at_once()
    print("all held on", keras.backend.backend())
