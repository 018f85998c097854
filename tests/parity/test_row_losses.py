"""Cross-entropy and NLL against torch and JAX: every option that they share."""

from itertools import product
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import torch

import slopes
from tests.parity.peers import assert_close, resolve, side

RNG = np.random.default_rng(22)
CLASSES = 4
LOGITS = 3 * RNG.standard_normal((6, CLASSES, 5))  # torch's class axis is 1
INDICES = RNG.integers(0, CLASSES, (6, 5))
PROBABILITIES = RNG.dirichlet(np.ones(CLASSES), (6, 5)).transpose(0, 2, 1)
CLASS_WEIGHT = RNG.uniform(0.2, 2, CLASSES)
DTYPES = ("float64", "float32")

CASES = {("cross_entropy", "torch"), ("nll", "torch")}
NAMES = pytest.mark.parametrize("name", ["cross_entropy", "nll"])
REDUCTIONS = pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
#: our options beside torch's, for class indices; each name says which losses have it
OPTIONS = [
    ({}, {}),
    ({"class_weight": CLASS_WEIGHT}, {"weight": CLASS_WEIGHT}),
    ({"ignore_index": 2}, {"ignore_index": 2}),
    ({"class_weight": CLASS_WEIGHT, "ignore_index": 2}, {"weight": CLASS_WEIGHT, "ignore_index": 2}),
]
SMOOTHINGS = (0.0, 0.1, 0.7, 1.0)
INDEXED = [
    pytest.param("cross_entropy", o | {"label_smoothing": e}, t | {"label_smoothing": e})
    for (o, t), e in product(OPTIONS, SMOOTHINGS)
] + [pytest.param("nll", ours, theirs) for ours, theirs in OPTIONS]
BY_INDEX = pytest.mark.parametrize(("name", "ours", "theirs"), INDEXED)


def scores(name: str, dtype: str = "float64") -> np.ndarray:
    """Logits, or log-probabilities for NLL."""
    return (LOGITS if name == "cross_entropy" else slopes.log_softmax(LOGITS, axis=1)).astype(dtype)


def in_dtype(options: dict[str, Any], dtype: str, convert: Any = np.asarray) -> dict[str, Any]:
    return {k: convert(v.astype(dtype)) if isinstance(v, np.ndarray) else v for k, v in options.items()}


def torch_loss(name: str, target: np.ndarray, options: dict[str, Any], dtype: str = "float64"):
    peer = resolve(slopes.get(name).elsewhere["torch"])
    keywords = in_dtype(options, dtype, torch.from_numpy)
    return lambda x: peer(x, torch.from_numpy(target), **keywords)


@pytest.mark.parametrize("dtype", DTYPES)
@NAMES
def test_defaults_equal_torchs_on_rows_of_classes(name, dtype):
    x, y = scores(name, dtype)[..., 0], INDICES[:, 0]
    expected = torch_loss(name, y, {})(torch.from_numpy(x)).numpy()
    value = slopes.get(name)(x, y)
    assert value.dtype == expected.dtype == dtype
    assert_close(value, expected, dtype, scale=5)


@pytest.mark.parametrize("dtype", DTYPES)
@REDUCTIONS
@BY_INDEX
def test_value_for_class_indices_equals_torchs(name, ours, theirs, reduction, dtype):
    x = scores(name, dtype)
    peer = torch_loss(name, INDICES, theirs | {"reduction": reduction}, dtype)
    options = in_dtype(ours, dtype)
    value = slopes.get(name)(x, INDICES, axis=1, reduction=reduction, **options)
    assert_close(value, peer(torch.from_numpy(x)).numpy(), dtype, scale=10)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@BY_INDEX
def test_gradient_for_class_indices_equals_torchs(name, ours, theirs, reduction):
    x = scores(name)
    peer = torch_loss(name, INDICES, theirs | {"reduction": reduction})
    expected = side("torch").derivative(peer, x)
    gradient = slopes.get(name).gradient(x, INDICES, axis=1, reduction=reduction, **ours)
    assert_close(gradient, expected, "float64", scale=10)
    options = in_dtype(ours, "float64", torch.from_numpy)
    by_autograd = side("torch").derivative(
        lambda x: slopes.get(name)(x, torch.from_numpy(INDICES), axis=1, reduction=reduction, **options), x
    )
    assert_close(by_autograd, expected, "float64", scale=10)


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
@REDUCTIONS
def test_value_and_gradient_for_probabilities_equal_torchs(reduction, smoothing):
    theirs = {"reduction": reduction, "label_smoothing": smoothing}
    peer = torch_loss("cross_entropy", PROBABILITIES, theirs)
    ours = {"axis": 1, "reduction": reduction, "label_smoothing": smoothing}
    value = slopes.cross_entropy(LOGITS, PROBABILITIES, **ours)
    if reduction == "mean":  # torch divides by the rows, not by the entries
        assert value.shape == ()
    assert_close(value, peer(torch.from_numpy(LOGITS)).numpy(), "float64", scale=10)
    gradient = slopes.cross_entropy.gradient(LOGITS, PROBABILITIES, **ours)
    assert_close(gradient, side("torch").derivative(peer, LOGITS), "float64", scale=10)


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
@pytest.mark.parametrize("reduction", ["sum", "none"])
def test_weighted_probabilities_equal_torchs_but_for_the_mean(reduction, smoothing):
    theirs = {"reduction": reduction, "label_smoothing": smoothing, "weight": CLASS_WEIGHT}
    peer = torch_loss("cross_entropy", PROBABILITIES, theirs)
    ours = {"axis": 1, "reduction": reduction, "label_smoothing": smoothing}
    value = slopes.cross_entropy(LOGITS, PROBABILITIES, class_weight=CLASS_WEIGHT, **ours)
    assert_close(value, peer(torch.from_numpy(LOGITS)).numpy(), "float64", scale=10)


def test_gradient_in_the_target_probabilities_equals_torchs():
    one_hot = np.eye(CLASSES)[INDICES[:, 0]]
    for target in (PROBABILITIES[..., 0], one_hot):
        logits = torch.from_numpy(LOGITS[..., 0].copy())
        expected, gradient = (
            side("torch").derivative(lambda q, f=f, x=logits: f(x, q), target)
            for f in (torch.nn.functional.cross_entropy, slopes.cross_entropy)
        )
        assert_close(gradient, expected, "float64", scale=10)


@pytest.mark.parametrize("class_weight", [None, CLASS_WEIGHT])
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_double_backward_equals_torchs(smoothing, class_weight):
    """Along the vector of scores, because along ones the Hessian of a shift-invariant loss is 0."""
    weight = None if class_weight is None else torch.from_numpy(class_weight)
    y, direction = torch.from_numpy(INDICES), torch.from_numpy(LOGITS**2)

    def along(f: Any, **options: Any) -> np.ndarray:
        x = torch.from_numpy(LOGITS).requires_grad_()
        (first,) = torch.autograd.grad(f(x, y, **options), x, create_graph=True)
        return torch.autograd.grad((first * direction).sum(), x)[0].numpy()

    theirs = {"weight": weight, "label_smoothing": smoothing}
    ours = {"class_weight": weight, "label_smoothing": smoothing, "axis": 1}
    expected = along(torch.nn.functional.cross_entropy, **theirs)
    assert np.abs(expected).max() > 1e-3
    assert_close(along(slopes.cross_entropy, **ours), expected, "float64", scale=100)


def test_hessian_diagonal_equals_jaxs():
    x, y = jnp.asarray(LOGITS[0, :, 0]), int(INDICES[0, 0])
    full = np.asarray(jax.jacrev(jax.grad(lambda x: -jax.nn.log_softmax(x)[y]))(x))
    hessian = slopes.cross_entropy.hessian(np.asarray(x), np.int64(y))
    assert_close(hessian, np.diag(full), "float64", scale=10)


@pytest.mark.parametrize("target", ["indices", "probabilities"])
def test_gradient_equals_that_of_jaxs_log_softmax(target):
    x, y, p = LOGITS[..., 0], INDICES[:, 0], PROBABILITIES[..., 0]
    q = jnp.asarray(np.eye(CLASSES)[y] if target == "indices" else p)
    expected = np.asarray(jax.grad(lambda x: -(q * jax.nn.log_softmax(x)).sum() / len(q))(jnp.asarray(x)))
    gradient = slopes.cross_entropy.gradient(x, y if target == "indices" else p)
    assert_close(gradient, expected, "float64", scale=10)
