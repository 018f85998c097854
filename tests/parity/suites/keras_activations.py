"""Keras's activations_test.py, on its NumPy backend."""

import os

os.environ["KERAS_BACKEND"] = "numpy"  # read when Keras is imported

from keras.src import activations
from keras.src.activations import activations_test

from tests.parity.suites.cases import Outcome, ours, run_unittests


def _relu(x, negative_slope=0.0, max_value=None, threshold=0.0):
    """Keras's relu is four functions; the two that bend elsewhere than at 0 are not ours."""
    if threshold or max_value not in (None, 6):
        raise NotImplementedError("relu has no max_value and no threshold")
    if max_value == 6:
        return ours.relu6(x)
    return ours.leaky_relu(x, negative_slope=negative_slope) if negative_slope else ours.relu(x)


#: Keras's name -> our call, with Keras's arguments and defaults
SHIMS = {
    "celu": lambda x, alpha=1.0: ours.celu(x, alpha=alpha),
    "elu": lambda x, alpha=1.0: ours.elu(x, alpha=alpha),
    "exponential": lambda x: ours.exponential(x),
    "gelu": lambda x, approximate=False: (ours.gelu_tanh if approximate else ours.gelu)(x),
    "glu": lambda x, axis=-1: ours.glu(x, axis=axis),
    "hard_shrink": lambda x, threshold=0.5: ours.hardshrink(x, lambd=threshold),
    "hard_sigmoid": lambda x: ours.hard_sigmoid(x),
    "hard_silu": lambda x: ours.hard_swish(x),
    "hard_tanh": lambda x: ours.hard_tanh(x),
    "leaky_relu": lambda x, negative_slope=0.2: ours.leaky_relu(x, negative_slope=negative_slope),
    "linear": lambda x: ours.identity(x),
    "log_sigmoid": lambda x: ours.log_sigmoid(x),
    "log_softmax": lambda x, axis=-1: ours.log_softmax(x, axis=axis),
    "mish": lambda x: ours.mish(x),
    "relu": _relu,
    "relu6": lambda x: ours.relu6(x),
    "selu": lambda x: ours.selu(x),
    "sigmoid": lambda x: ours.sigmoid(x),
    "silu": lambda x: ours.silu(x),
    "soft_shrink": lambda x, threshold=0.5: ours.softshrink(x, lambd=threshold),
    "softmax": lambda x, axis=-1: ours.softmax(x, axis=axis),
    "softplus": lambda x: ours.softplus(x),
    "softsign": lambda x: ours.softsign(x),
    "sparse_plus": lambda x: ours.sparse_plus(x),
    "sparse_sigmoid": lambda x: ours.sparse_sigmoid(x),
    "sparsemax": lambda x, axis=-1: ours.sparsemax(x, axis=axis),
    "squareplus": lambda x, b=4: ours.squareplus(x, b=b),
    "tanh": lambda x: ours.tanh(x),
    "tanh_shrink": lambda x: ours.tanhshrink(x),
    "threshold": lambda x, threshold, default_value: ours.threshold(
        x, threshold=threshold, replacement=default_value
    ),
}


def run() -> list[Outcome]:
    return run_unittests(activations_test, activations, SHIMS)
