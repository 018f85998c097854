"""Keras's losses_test.py, on its NumPy backend.

Its loss classes reduce and weight what its functions give for each example; the functions are ours here.
"""

import os

os.environ["KERAS_BACKEND"] = "numpy"  # read when Keras is imported

from functools import partial

import numpy as np
from keras.src.losses import losses, losses_test

from tests.parity.suites.cases import Outcome, ours, run_unittests


def _pointwise(function, y_true, y_pred, **parameters):
    """Mean over the last axis, of equal shapes but for a last axis of length 1 that Keras does without."""
    y_pred = np.asarray(y_pred)
    y_true = np.asarray(y_true, y_pred.dtype)
    if y_true.ndim != y_pred.ndim:
        y_true, y_pred = losses.squeeze_or_expand_to_same_rank(y_true, y_pred)
    return function(y_pred, y_true, reduction="none", **parameters).mean(-1)


def _signed(y_true):
    """Keras takes -1 and 1, or 0 and 1 in their place."""
    y_true = np.asarray(y_true)
    return 2 * y_true - 1 if set(np.unique(y_true)) <= {0, 1} else y_true


def _binary_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1):
    if from_logits:
        loss = partial(ours.binary_cross_entropy_with_logits, label_smoothing=label_smoothing)
    else:
        loss = ours.binary_cross_entropy
        y_true = (1 - label_smoothing) * y_true + label_smoothing / 2
    return loss(y_pred, y_true.astype(y_pred.dtype), reduction="none").mean(axis)


def _row_loss(y_true, y_pred, from_logits, axis, **options):
    if from_logits:
        return ours.cross_entropy(y_pred, y_true, axis=axis, reduction="none", **options)
    return _of_probabilities("cross_entropy", y_true, y_pred, axis, **options)


def _categorical_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1):
    y_true = y_true.astype(y_pred.dtype)
    return _row_loss(y_true, y_pred, from_logits, axis, label_smoothing=label_smoothing)


def _sparse_categorical_crossentropy(y_true, y_pred, from_logits=False, ignore_class=None, axis=-1):
    if y_true.ndim == y_pred.ndim and y_true.shape[axis] == 1:
        y_true = y_true.squeeze(axis)
    return _row_loss(y_true.astype(int), y_pred, from_logits, axis, ignore_index=ignore_class)


def _of_probabilities(name, y_true, y_pred, axis=-1, **parameters):
    """A loss of logits, for probabilities: their logarithms are logits of the same softmax."""
    with np.errstate(divide="ignore"):
        logits = np.log(y_pred / y_pred.sum(axis, keepdims=True))
    return getattr(ours, name)(logits, y_true, axis=axis, reduction="none", **parameters)


def _categorical_focal(
    y_true, y_pred, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1
):
    y_true = (1 - label_smoothing) * y_true + label_smoothing / y_true.shape[axis]
    y_true = y_true.astype(y_pred.dtype)
    if from_logits:
        return alpha * ours.categorical_focal(y_pred, y_true, axis=axis, gamma=gamma, reduction="none")
    return alpha * _of_probabilities("categorical_focal", y_true, y_pred, axis, gamma=gamma)


def _binary_focal(
    y_true,
    y_pred,
    apply_class_balancing=False,
    alpha=0.25,
    gamma=2.0,
    from_logits=False,
    label_smoothing=0.0,
    axis=-1,
):
    y_true = (1 - label_smoothing) * y_true + label_smoothing / 2
    with np.errstate(divide="ignore"):
        logits = y_pred if from_logits else np.log(y_pred) - np.log1p(-y_pred)
    balance = {"alpha": alpha} if apply_class_balancing else {}
    loss = ours.focal(logits, y_true.astype(logits.dtype), gamma=gamma, reduction="none", **balance)
    return loss.mean(axis)


def _similarity(y_true, y_pred, axis=-1):
    """Minus the cosine, so that less is better."""
    return -ours.cosine_similarity(y_pred, np.asarray(y_true, y_pred.dtype), axis=axis, reduction="none")


def _dice(y_true, y_pred, axis=None):
    return ours.dice(y_pred, y_true.astype(y_pred.dtype), axis=axis, reduction="none")


def _tversky(y_true, y_pred, alpha=0.5, beta=0.5, axis=None):
    """Keras's alpha weighs what is missed and its beta what is added, against its documentation."""
    y_true = y_true.astype(y_pred.dtype)
    return ours.tversky(y_pred, y_true, alpha=beta, beta=alpha, axis=axis, reduction="none")


def _generalized(y_true, y_pred, q):
    labels = y_true.astype(int).reshape(y_pred.shape[:-1])
    return _of_probabilities("generalized_cross_entropy", labels, y_pred, exponent=q)


def _circle(y_true, y_pred, ref_labels=None, ref_embeddings=None, remove_diagonal=True, gamma=80, margin=0.4):
    if ref_labels is not None or ref_embeddings is not None or not remove_diagonal:
        raise NotImplementedError("references apart from the batch")
    labels = np.asarray(y_true).astype(int).reshape(-1)
    return ours.circle(y_pred, labels, gamma=float(gamma), margin=margin, reduction="none")


#: Keras's name -> our call, with Keras's order, arguments and defaults
SHIMS = {
    "binary_crossentropy": _binary_crossentropy,
    "binary_focal_crossentropy": _binary_focal,
    "categorical_crossentropy": _categorical_crossentropy,
    "categorical_focal_crossentropy": _categorical_focal,
    "categorical_generalized_cross_entropy": _generalized,
    "categorical_hinge": lambda y_true, y_pred: ours.categorical_hinge(
        y_pred, y_true.argmax(-1), reduction="none"
    ),
    "circle": _circle,
    "cosine_similarity": _similarity,
    "dice": _dice,
    "hinge": lambda y_true, y_pred: _pointwise(ours.hinge, _signed(y_true), y_pred),
    "huber": lambda y_true, y_pred, delta=1.0: _pointwise(ours.huber, y_true, y_pred, delta=delta),
    "kl_divergence": lambda y_true, y_pred: ours.kl_divergence(np.log(y_pred), y_true, reduction="none"),
    "log_cosh": lambda y_true, y_pred: _pointwise(ours.log_cosh, y_true, y_pred),
    "mean_absolute_error": lambda y_true, y_pred: _pointwise(ours.mae, y_true, y_pred),
    "mean_absolute_percentage_error": lambda y_true, y_pred: 100 * _pointwise(ours.mape, y_true, y_pred),
    "mean_squared_error": lambda y_true, y_pred: _pointwise(ours.mse, y_true, y_pred),
    "mean_squared_logarithmic_error": lambda y_true, y_pred: _pointwise(ours.msle, y_true, y_pred),
    "poisson": lambda y_true, y_pred: _pointwise(ours.poisson_nll, y_true, np.log(y_pred)),
    "sparse_categorical_crossentropy": _sparse_categorical_crossentropy,
    "squared_hinge": lambda y_true, y_pred: _pointwise(ours.squared_hinge, _signed(y_true), y_pred),
    "tversky": _tversky,
}


def run() -> list[Outcome]:
    return run_unittests(losses_test, losses, SHIMS)
