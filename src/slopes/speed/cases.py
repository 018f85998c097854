"""The work that is timed: values, values with derivatives, losses with gradients, rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

import slopes
from slopes.api.activation import ActivationFunction
from slopes.speed import peers

Call = Callable[[], object]
SIZES = {"small": 100, "medium": 100_000, "large": 64_000_000}
SHAPES = {"small": (10, 10), "medium": (4096, 1000), "short rows": (1_000_000, 10), "large": (8192, 32_000)}
LAYERS = {"small": (64, 32, 1000), "medium": (512, 256, 8000), "large": (2048, 512, 32_000)}  #: N, D, V
LOSSES = ("mse", "mae", "huber", "quantile", "binary_cross_entropy_with_logits")
TIMED = ("softmax", "cross_entropy", *LOSSES)  #: besides activations and the linear layer
CASES = ("value", "value, out=", "value and derivative", "value and gradient")


@dataclass(frozen=True)
class Case:
    """One piece of work: ours, and what others call for it."""

    function: str
    work: str
    size: str
    ours: Call
    others: dict[str, Call]


def cases(names: Sequence[str], sizes: Sequence[str], dtype: str = "float32") -> Iterator[Case]:
    """Yield the cases of the named functions, each with its arrays; rows and layers only in float32."""
    for name in names:
        if name == "linear_cross_entropy" and dtype == "float32":
            yield from _of_layer(sizes)
        if name == "linear_cross_entropy":
            continue
        function = slopes.get(name)
        if isinstance(function, ActivationFunction):
            yield from _of_activation(function, sizes, dtype)
        elif name in LOSSES:
            yield from _of_loss(name, sizes, dtype)
        elif name in ("softmax", "cross_entropy") and dtype == "float32":
            yield from _of_rows(name, sizes)


def _of_activation(function: ActivationFunction, sizes: Sequence[str], dtype: str) -> Iterator[Case]:
    for size in sizes:
        if size not in SIZES:
            continue
        x = np.random.default_rng(0).normal(size=SIZES[size]).astype(dtype) * 3
        out, second = np.empty_like(x), np.empty_like(x)
        fresh = peers.activation_values(function, x, None)
        yield Case(function.name, "value", size, partial(function, x), fresh)
        into = peers.activation_values(function, x, out) | peers.copying(x, out)
        yield Case(function.name, "value, out=", size, partial(function, x, out=out), into)

        both = partial(function.value_and_derivative, x, out=(out, second))
        yield Case(function.name, "value and derivative", size, both, peers.activation_gradients(function, x))


def _of_loss(name: str, sizes: Sequence[str], dtype: str) -> Iterator[Case]:
    function: Any = slopes.get(name)
    for size in sizes:
        if size not in SIZES:
            continue
        generator = np.random.default_rng(0)
        p = generator.normal(size=SIZES[size]).astype(dtype) * 3
        t = generator.normal(size=SIZES[size]).astype(dtype)
        if name == "binary_cross_entropy_with_logits":
            t = (t > 0).astype(dtype)
        out = np.empty_like(p)

        both = partial(function.value_and_gradient, p, t, out=out)
        others = peers.loss_gradients(name, p, t) | peers.copying(p, out) | peers.limit(p, t, out)
        yield Case(name, "value and gradient", size, both, others)


def _of_rows(name: str, sizes: Sequence[str]) -> Iterator[Case]:
    function: Any = slopes.get(name)
    for size, shape in SHAPES.items():
        if size not in sizes and not (size == "short rows" and "medium" in sizes):
            continue
        label = f"{shape[0]} x {shape[1]}"
        x = np.random.default_rng(0).normal(size=shape).astype(np.float32) * 3
        out = np.empty_like(x)
        if name == "softmax":
            yield Case(name, "value", label, partial(function, x), peers.softmax(x, None))
            into = peers.softmax(x, out) | peers.copying(x, out)
            yield Case(name, "value, out=", label, partial(function, x, out=out), into)
            continue
        t = np.random.default_rng(1).integers(0, shape[1], shape[0])

        both = partial(function.value_and_gradient, x, t, out=out)
        others = peers.loss_gradients(name, x, t) | peers.copying(x, out)
        yield Case(name, "value and gradient", label, both, others)


def _of_layer(sizes: Sequence[str]) -> Iterator[Case]:
    for size in sizes:
        rows, width, classes = LAYERS[size]
        generator = np.random.default_rng(0)
        hidden = generator.normal(size=(rows, width)).astype(np.float32)
        weight = generator.normal(size=(classes, width)).astype(np.float32) / np.float32(np.sqrt(width))
        target = generator.integers(0, classes, rows)
        both = partial(slopes.linear_cross_entropy.value_and_gradient, hidden, weight, target)
        others = peers.layer_gradients(hidden, weight, target)
        label = f"{rows} x {width} x {classes}"
        yield Case("linear_cross_entropy", "value and gradient", label, both, others)
