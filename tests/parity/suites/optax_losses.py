"""optax's losses/*_test.py. Our NumPy functions enter JAX's traces as callbacks, with our gradients."""

from functools import partial
from importlib import import_module
from inspect import getsource
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from tests.parity.suites.cases import Outcome, ours, run_unittests


def _callback(function: Any, *arrays: Any) -> Any:
    """Call a NumPy function inside a trace; a wrong shape is an error while tracing."""
    tried = np.asarray(function(*(np.ones(a.shape, a.dtype) for a in arrays)))
    result = jax.ShapeDtypeStruct(tried.shape, tried.dtype)
    return jax.pure_callback(
        lambda *a: function(*map(np.asarray, a)), result, *arrays, vmap_method="sequential"
    )


def _loss(function: Any, prediction: Any, target: Any, axis: int | None = None, **options: Any) -> Any:
    """One loss for each example, with its derivative in the prediction; a row loss has an axis."""
    axes = {} if axis is None else {"axis": axis}

    def call(method: Any, reduction: str | None) -> Any:
        def called(p, t, *values):
            numbers = {k: v if v.ndim else v.item() for k, v in zip(options, values, strict=True)}
            return method(p, t, **({"reduction": reduction} if reduction else {}), **axes, **numbers)

        return called

    @jax.custom_jvp
    def gradient(*arrays):
        return _callback(call(function.gradient, "sum"), *arrays)

    @gradient.defjvp
    def _(primals, tangents):
        if axis is not None:
            raise NotImplementedError("the second derivative of a row loss is not diagonal")
        return gradient(*primals), _callback(call(function.hessian, None), *primals) * tangents[0]

    @jax.custom_jvp
    def value(*arrays):
        return _callback(call(function, "none"), *arrays)

    @value.defjvp
    def _(primals, tangents):
        along = gradient(*primals) * tangents[0]
        return value(*primals), along if axis is None else along.sum(axis)

    return value(*map(jnp.asarray, (prediction, target, *options.values())))


def _of_residual(name: str) -> Any:
    """Huber and log-cosh, whose targets are 0 where none are given."""

    def loss(predictions, targets=None, **parameters):
        targets = jnp.zeros_like(predictions) if targets is None else targets
        return _loss(getattr(ours, name), predictions, targets, **parameters)

    return loss


def _rows(name: str) -> Any:
    """A row loss; `where` leaves out examples, or classes, whose logits are then -inf."""

    def loss(scores, labels, axis=-1, where=None, **parameters):
        if where is None:
            return _loss(getattr(ours, name), scores, labels, axis, **parameters)
        if where.shape == scores.shape:
            scores = jnp.where(where, scores, -jnp.inf)
            labels = jnp.where(where, labels, 0) if labels.shape == scores.shape else labels
            where = where.any(axis)
        return _loss(getattr(ours, name), scores, labels, axis, where=where, **parameters)

    return loss


def _focal(logits, labels, alpha=None, gamma=2.0):
    balance = {} if alpha is None else {"alpha": alpha}
    return _loss(ours.focal, logits, labels, gamma=gamma, **balance)


#: module of optax.losses -> optax's name -> our call, with optax's arguments and defaults
SHIMS = {
    "_classification": {
        "hinge_loss": lambda predictor_outputs, targets: _loss(ours.hinge, predictor_outputs, targets),
        "kl_divergence": _rows("kl_divergence"),
        "multiclass_hinge_loss": _rows("categorical_hinge"),
        "multiclass_sparsemax_loss": _rows("sparsemax_loss"),
        "perceptron_loss": lambda outputs, targets: _loss(ours.perceptron, outputs, targets),
        "poly_loss_cross_entropy": partial(_rows("poly1"), epsilon=2.0),
        "safe_softmax_cross_entropy": _rows("cross_entropy"),
        "sigmoid_binary_cross_entropy": lambda logits, labels: _loss(
            ours.binary_cross_entropy_with_logits, logits, labels
        ),
        "sigmoid_focal_loss": _focal,
        "softmax_cross_entropy": _rows("cross_entropy"),
        "softmax_cross_entropy_with_integer_labels": _rows("cross_entropy"),
    },
    "_regression": {
        "huber_loss": _of_residual("huber"),
        "l2_loss": lambda predictions, targets: _loss(ours.mse, predictions, targets) / 2,
        "log_cosh": _of_residual("log_cosh"),
        "squared_error": lambda predictions, targets: _loss(ours.mse, predictions, targets),
    },
}


def run() -> list[Outcome]:
    return [outcome for name, shims in SHIMS.items() for outcome in _run(name, shims)]


def _run(name: str, shims: dict[str, Any]) -> list[Outcome]:
    module = import_module(f"optax.losses.{name}_test")
    for key, value in list(vars(module).items()):  # a class that names none of our functions only costs time
        if isinstance(value, type) and not any(shim in getsource(value) for shim in shims):
            delattr(module, key)
    return run_unittests(module, import_module(f"optax.losses.{name}"), shims)
