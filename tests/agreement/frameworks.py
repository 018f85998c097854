"""What the matrix needs of each framework: arrays in, arrays out, and its own automatic differentiation."""

import contextlib
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import tensorflow as tf
import torch

GROUP = 16  #: functions that JAX compiles together
DTYPES = ("float32", "float64", "float16", "bfloat16")
HALF = ("float16", "bfloat16")
EPS = {"float16": 2.0**-10, "bfloat16": 2.0**-7, "float32": 2.0**-23, "float64": 2.0**-52}
#: what may be lost to rounding or flushing near 0: float16 keeps its subnormal numbers everywhere
TINY = {"float16": 2.0**-24, "bfloat16": 2.0**-126, "float32": 2.0**-126, "float64": 2.0**-1022}

#: How far off a word of the vocabulary may be, in units in the last place, given a framework's own exp,
#: log, tanh and their like. Everything else follows from it: see `noise`.
CONTRACT = {
    "torch": {"float32": 4, "float64": 4},
    "tensorflow": {"float32": 4, "float64": 4},
    "jax": {"float32": 4, "float64": 4},
}


def contract(framework: str, dtype: str) -> float:
    """The units for a dtype; float16 and bfloat16 are evaluated in float32."""
    return CONTRACT[framework]["float32" if dtype in HALF else dtype]


def _one_by_one(programs: list[Any], given: list[Any]) -> list[Any]:
    return [f(a) for f, a in zip(programs, given, strict=True)]


class Torch:
    name = "torch"
    all_of = staticmethod(_one_by_one)
    precision = staticmethod(lambda _dtype: contextlib.nullcontext())

    @staticmethod
    def array(x: np.ndarray, dtype: str) -> Any:
        tensor = torch.from_numpy(np.array(x))
        return tensor.to(getattr(torch, dtype)) if tensor.is_floating_point() else tensor

    @staticmethod
    def numpy(x: Any) -> np.ndarray:
        return x.detach().double().numpy()

    @staticmethod
    def sum(x: Any) -> Any:
        return x.sum()

    @staticmethod
    def gradient(f: Any, x: Any) -> Any:
        """What f keeps, and the gradient of the number before it."""
        x = x if x.requires_grad else x.detach().requires_grad_()
        value, kept = f(x)
        if not value.requires_grad:
            return kept, torch.zeros_like(x)
        (found,) = torch.autograd.grad(value, x, create_graph=True, materialize_grads=True)
        return kept, found


class Jax:
    name = "jax"

    @staticmethod
    def all_of(programs: list[Any], given: list[Any]) -> list[Any]:
        """Under jit, several at once, which compiles in less time than each by itself."""
        found = []
        for start in range(0, len(programs), GROUP):
            some = programs[start : start + GROUP]
            together = jax.jit(lambda arrays, some=some: [f(a) for f, a in zip(some, arrays, strict=True)])
            found += together(given[start : start + GROUP])
        return found

    @staticmethod
    def precision(dtype: str) -> Any:
        return jax.enable_x64(dtype == "float64")

    @staticmethod
    def array(x: np.ndarray, dtype: str) -> Any:
        return jnp.asarray(x, {"f": dtype, "b": "bool"}.get(x.dtype.kind, "int32"))

    @staticmethod
    def numpy(x: Any) -> np.ndarray:
        return np.asarray(x).astype(np.float64)

    @staticmethod
    def sum(x: Any) -> Any:
        return jnp.sum(x)

    @staticmethod
    def gradient(f: Any, x: Any) -> Any:
        found, kept = jax.grad(f, has_aux=True)(x)
        return kept, found


class TensorFlow:
    name = "tensorflow"
    all_of = staticmethod(_one_by_one)
    precision = staticmethod(lambda _dtype: contextlib.nullcontext())

    @staticmethod
    def array(x: np.ndarray, dtype: str) -> Any:
        tensor = tf.convert_to_tensor(x)
        return tf.cast(tensor, dtype) if tensor.dtype.is_floating else tensor

    @staticmethod
    def numpy(x: Any) -> np.ndarray:
        return tf.cast(x, tf.float64).numpy()

    @staticmethod
    def sum(x: Any) -> Any:
        return tf.reduce_sum(x)

    @staticmethod
    def gradient(f: Any, x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            value, kept = f(x)
        return kept, tape.gradient(value, x, unconnected_gradients="zero")


FRAMEWORKS = {f.name: f for f in (Torch, Jax, TensorFlow)}
