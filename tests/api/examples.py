"""One good call of every public function, at its defaults and at each other parameter it names."""

from typing import Any

import numpy as np
import pytest
import torch

import slopes
from tests.laws import batches
from tests.loops import over

FUNCTIONS = (*slopes.activations.values(), *slopes.losses.values())


def of_kind(*kinds: str, defaults_only: bool = False) -> list[Any]:
    """Functions of these kinds (all without any), configured in every way that their definitions name."""
    found = []
    for f in FUNCTIONS:
        if kinds and f.kind not in kinds:
            continue
        found.append(pytest.param(f, id=f.name))
        if defaults_only:
            continue
        for name, bounds in f.definition_class.bounds().items():
            found += [
                pytest.param(slopes.get(f.name, **{name: v}), id=f"{f.name}-{name}={v}") for v in bounds.also
            ]
    return found


POINTWISE = ("residual_loss", "margin_loss", "logit_loss", "probability_loss", "pointwise_loss")
LOSSES = (*POINTWISE, "row_loss")  #: of a prediction and a target
PLAIN = ("activation", "row_activation", *LOSSES)


def each(*kinds: str, defaults_only: bool = False) -> Any:
    return pytest.mark.parametrize("f", of_kind(*kinds, defaults_only=defaults_only))


def arguments(f: Any, seed: int = 0, shape: tuple[int, ...] = (4, 6)) -> tuple[np.ndarray, ...]:
    """Float64 arguments of a good call: x, or prediction and target (class indices of the last axis)."""
    rng = np.random.default_rng(seed)
    x = 2 * rng.standard_normal(shape)
    if f.kind == "array_loss":
        return tuple(batches.arguments(f.definition, seed, written=True).values())
    if f.kind == "activation" and not f.facts.everywhere:
        low, high = f.facts.domain
        return (low + min(high - low, 6.0) * rng.uniform(0.05, 0.95, shape),)
    if f.kind in ("activation", "row_activation"):
        return (x,)
    if f.kind == "row_loss":
        if f.definition.ordered:
            x = -np.sort(-x, axis=-1)
        if f.takes == "log_probabilities":
            x = x - np.log(np.exp(x).sum(-1, keepdims=True))
        return x, rng.integers(0, shape[-1], shape[:-1])
    if f.takes == "probabilities":
        x = rng.uniform(0.05, 0.95, shape)
    (low, _), (lowest, highest) = f.definition.predictions, f.definition.targets
    if low > -np.inf and f.takes != "probabilities":
        x = low + 0.1 + abs(x)
    target = rng.uniform(0, 1, shape) if highest == 1 else rng.standard_normal(shape)
    if lowest > -np.inf and highest > 1:
        target = lowest + 0.1 + abs(target)
    return x, np.sign(target) if f.kind == "margin_loss" else target


def rounded(values: tuple[np.ndarray, ...], dtype: Any) -> tuple[np.ndarray, ...]:
    """The floats among arguments in another dtype; class indices as they are."""
    return tuple(v.astype(dtype) if v.dtype.kind == "f" else v for v in values)


def tensors(values: Any, dtype: torch.dtype = torch.float64) -> tuple[torch.Tensor, ...]:
    """Arguments as tensors."""
    made = (torch.from_numpy(np.array(v)) for v in values)
    return tuple(t.to(dtype) if t.is_floating_point() else t for t in made)


def takes_rows(f: Any) -> bool:
    """Whether a row loss takes rows of numbers as target, beside class indices."""
    return f.definition.targets not in ("classes", "ranks")


def class_weights(f: Any, x: np.ndarray, axis: int = -1) -> dict[str, np.ndarray]:
    """Class weights as an option, for a row loss that takes them."""
    classes = x.shape[axis] + (f.definition.targets == "ranks")
    return {} if f.definition.targets == "labels" else {"class_weight": np.arange(1.0, 1 + classes)}


def probabilities(x: np.ndarray, seed: int = 1) -> np.ndarray:
    """Rows of target probabilities for scores x."""
    return np.random.default_rng(seed).dirichlet(np.ones(x.shape[-1]), x.shape[:-1])


def calls(f: Any) -> dict[str, Any]:
    """Every method of a function as a call of the function's plain arguments."""
    if f.kind == "activation":
        found = {
            "value": f,
            "derivative": f.derivative,
            "second_derivative": lambda x, **o: f.derivative(x, order=2, **o),
            "vjp": lambda x, **o: f.vjp(x, x, **o),
        }
        for name in f.learnable:
            found[f"derivative_in_{name}"] = lambda x, n=name, **o: f.parameter_derivative(x, n, **o)
        return found
    if f.kind == "row_activation":
        return {
            "value": f,
            "vjp": lambda x, **o: f.vjp(x, x[..., [i % x.shape[-1] for i in range(f(x).shape[-1])]], **o),
            "jvp": lambda x, **o: f.jvp(x, x, **o),
        }
    found = {
        "mean": f,
        "sum": lambda p, t, **o: f(p, t, reduction="sum", **o),
        "gradient": f.gradient,
        "hessian": f.hessian,
    }
    return found | {"each": lambda p, t, **o: f(p, t, reduction="none", **o)}


def assert_same_but_for_rounding(a: Any, b: Any) -> None:
    """A compiler may join other products and sums in one pass than in two; a unit or two may differ."""
    eps = np.finfo(np.asarray(b).dtype).eps
    size = np.max(np.abs(b), where=np.isfinite(b), initial=0.0)
    np.testing.assert_allclose(a, b, rtol=4 * eps, atol=4 * eps * size)


def each_call(*kinds: str, defaults_only: bool = True) -> Any:
    """Parametrise by function, and loop over its methods."""

    def decorate(test: Any) -> Any:
        return each(*(kinds or PLAIN), defaults_only=defaults_only)(over("call", lambda f: calls(f))(test))

    return decorate
