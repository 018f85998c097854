"""Pointwise losses: every reduction, parameter, weight and derivative that a peer has."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch

import slopes
from tests.parity.peers import ENTRIES, assert_close, resolve, side

RNG = np.random.default_rng(21)
SHAPE = (6, 5)
REAL, TARGET = 3 * RNG.standard_normal(SHAPE), 3 * RNG.standard_normal(SHAPE)
PROBABILITY, SOFT = RNG.uniform(0.01, 0.99, SHAPE), RNG.uniform(0, 1, SHAPE)
HARD = np.round(SOFT)
WEIGHT = RNG.uniform(0.1, 2, SHAPE)
DTYPES = ("float64", "float32")


#: prediction and target
ARGUMENTS = {
    "real": (REAL, TARGET),
    "logits": (4 * REAL, SOFT),
    "probabilities": (PROBABILITY, SOFT),
    "probabilities and labels": (PROBABILITY, HARD),
    "amounts": (np.exp(REAL / 3), np.exp(TARGET / 3)),
    "logarithms and counts": (REAL / 2, np.floor(6 * SOFT)),
    "scores and signs": (REAL, 2 * HARD - 1),
}


@dataclass(frozen=True)
class Case:
    """The arguments, and our parameters beside theirs."""

    arguments: str = "real"
    parameters: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = ()


def _same(name: str, *values: float) -> tuple[tuple[dict[str, Any], dict[str, Any]], ...]:
    return tuple(({name: v}, {name: v}) for v in values)


LEVELS = tuple(({"level": v}, {"alpha": v}) for v in (0.1, 0.5, 0.75))
CASES: dict[tuple[str, str], Case] = {
    ("binary_cross_entropy", "torch"): Case("probabilities"),
    ("binary_cross_entropy", "sklearn"): Case("probabilities and labels"),
    ("binary_cross_entropy_with_logits", "torch"): Case(
        "logits", tuple(({"pos_weight": w}, {"pos_weight": torch.tensor(w)}) for w in (0.25, 3.0))
    ),
    ("gamma_deviance", "sklearn"): Case("amounts"),
    ("hinge", "sklearn"): Case("scores and signs"),
    ("huber", "torch"): Case(parameters=_same("delta", 0.25, 1.0, 3.0)),
    ("huber", "scipy"): Case(parameters=_same("delta", 0.25, 1.0, 3.0)),
    ("mape", "sklearn"): Case(),
    ("msle", "sklearn"): Case("amounts"),
    ("poisson_deviance", "sklearn"): Case("amounts"),
    ("poisson_nll", "torch"): Case("logarithms and counts"),
    ("pseudo_huber", "scipy"): Case(parameters=_same("delta", 0.25, 1.0, 3.0)),
    ("smooth_l1", "torch"): Case(parameters=_same("beta", 0.25, 1.0, 3.0)),
    ("soft_margin", "torch"): Case("scores and signs"),
    ("tweedie_deviance", "sklearn"): Case("amounts", _same("power", 1.2, 1.5, 1.9)),
    ("mae", "torch"): Case(),
    ("mae", "sklearn"): Case(),
    ("mse", "torch"): Case(),
    ("mse", "sklearn"): Case(),
    ("quantile", "sklearn"): Case(parameters=LEVELS),
}
POINTWISE = ("residual_loss", "margin_loss", "logit_loss", "probability_loss", "pointwise_loss")


def _calls(*libraries: str) -> Any:
    return pytest.mark.parametrize(
        ("name", "library", "ours", "theirs"),
        [
            pytest.param(name, library, ours, theirs, id=f"{name}-{library}-{ours or 'default'}")
            for (name, library), case in CASES.items()
            for ours, theirs in (({}, {}), *case.parameters)
            if library in libraries
        ],
    )


def case_of(name: str, library: str, dtype: str = "float64") -> tuple[Any, Any, Any]:
    """Return the peer, and prediction and target in a dtype."""
    case = CASES[name, library]
    peer = resolve(slopes.get(name).elsewhere[library])
    prediction, target = ARGUMENTS[case.arguments]
    return peer, prediction.astype(dtype), target.astype(dtype)


def torch_peer(peer: Callable[..., Any], target: np.ndarray, **options: Any) -> Callable[[Any], Any]:
    return lambda p: peer(p, torch.from_numpy(target), **options)


def textbook(p: torch.Tensor, t: torch.Tensor, reduction: str) -> torch.Tensor:
    """Binary cross-entropy as a sum over plain torch operations."""
    assert reduction == "sum"
    return -(t * torch.log(p) + (1 - t) * torch.log1p(-p)).sum()


def logistic(p: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    """The mean logistic loss of a margin over plain torch operations."""
    return torch.log1p(torch.exp(-p * t)).mean()


def test_every_pointwise_loss_that_a_peer_has_is_compared():
    wanted = {(n, lib) for n, lib, _ in ENTRIES if slopes.get(n).kind in POINTWISE}
    assert wanted <= CASES.keys()


@pytest.mark.parametrize("dtype", DTYPES)
@_calls("torch")
def test_default_reduction_and_value_equal_torchs(name, library, ours, theirs, dtype):
    peer, p, t = case_of(name, library, dtype)
    expected = torch_peer(peer, t, **theirs)(torch.from_numpy(p)).numpy()
    value = slopes.get(name)(p, t, **ours)
    assert value.dtype == expected.dtype == dtype
    assert_close(value, expected, dtype, scale=10)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@_calls("torch")
def test_each_reduction_equals_torchs(name, library, ours, theirs, reduction, dtype):
    peer, p, t = case_of(name, library, dtype)
    expected = torch_peer(peer, t, reduction=reduction, **theirs)(torch.from_numpy(p)).numpy()
    assert_close(slopes.get(name)(p, t, reduction=reduction, **ours), expected, dtype, scale=10)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@_calls("torch")
def test_gradient_equals_torchs_autograd(name, library, ours, theirs, reduction):
    peer, p, t = case_of(name, library)
    expected = side("torch").derivative(torch_peer(peer, t, reduction=reduction, **theirs), p)
    gradient = slopes.get(name).gradient(p, t, reduction=reduction, **ours)
    assert_close(gradient, expected, "float64", scale=10)
    by_autograd = side("torch").derivative(
        lambda p: slopes.get(name)(p, torch.from_numpy(t), reduction=reduction, **ours), p
    )
    assert_close(by_autograd, expected, "float64", scale=10)


@_calls("torch")
def test_hessian_equals_torchs_double_backward(name, library, ours, theirs):
    peer, p, t = case_of(name, library)
    if name == "binary_cross_entropy":
        peer = textbook  # torch's own double backward adds 1e-12: see differences.py
    expected = side("torch").derivative(torch_peer(peer, t, reduction="sum", **theirs), p, order=2)
    assert_close(slopes.get(name).hessian(p, t, **ours), expected, "float64", scale=10)


@_calls("torch")
def test_gradient_in_the_target_equals_torchs_autograd(name, library, ours, theirs):
    peer, p, t = case_of(name, library)
    prediction = torch.from_numpy(p)
    if name == "soft_margin":  # torch's own has no derivative in the target
        peer = logistic
    expected = side("torch").derivative(lambda t: peer(prediction, t, **theirs), t)
    gradient = side("torch").derivative(lambda t: slopes.get(name)(prediction, t, **ours), t)
    assert_close(gradient, expected, "float64", scale=10)


@pytest.mark.parametrize("name", ["mse", "mae"])
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_weighted_residual_loss_equals_torchs(name, reduction):
    peer, p, t = case_of(name, "torch")
    options = {"reduction": reduction, "weight": torch.from_numpy(WEIGHT)}
    expected = torch_peer(peer, t, **options)(torch.from_numpy(p)).numpy()
    value = slopes.get(name)(p, t, weight=WEIGHT, reduction=reduction)
    assert_close(value, expected, "float64")


@pytest.mark.parametrize("name", ["huber", "binary_cross_entropy", "binary_cross_entropy_with_logits"])
@pytest.mark.parametrize("reduction", ["sum", "none"])
def test_weighted_loss_equals_torchs_but_for_the_mean(name, reduction):
    peer, p, t = case_of(name, "torch")
    options = {"reduction": reduction, "weight": torch.from_numpy(WEIGHT)}
    expected = torch_peer(peer, t, **options)(torch.from_numpy(p)).numpy()
    value = slopes.get(name)(p, t, weight=WEIGHT, reduction=reduction)
    assert_close(value, expected, "float64", scale=10)


@_calls("scipy")
def test_value_equals_scipys(name, library, ours, theirs):
    for dtype in DTYPES:
        peer, p, t = case_of(name, library, dtype)
        delta = np.asarray(theirs.get("delta", 1.0), dtype)
        expected = peer(delta, p - t)
        assert expected.dtype == dtype
        assert_close(slopes.get(name)(p, t, reduction="none", **ours), expected, dtype)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("dtype", DTYPES)
@_calls("sklearn")
def test_mean_equals_the_metric_of_scikit_learn(name, library, ours, theirs, dtype, weighted):
    peer, p, t = case_of(name, library, dtype)
    p, t, w = p.reshape(-1), t.reshape(-1), WEIGHT.reshape(-1).astype(dtype)
    given = {"sample_weight": w} if weighted else {}
    expected = np.asarray(peer(t, p, **given, **theirs))
    value = slopes.get(name)(p, t, weight=w if weighted else None, **ours)
    assert_close(value, expected, dtype, scale=10)


def test_sum_equals_the_unnormalised_log_loss_of_scikit_learn():
    peer, p, t = case_of("binary_cross_entropy", "sklearn")
    p, t, w = p.reshape(-1), t.reshape(-1), WEIGHT.reshape(-1)
    expected = np.asarray(peer(t, p, normalize=False, sample_weight=w))
    value = slopes.binary_cross_entropy(p, t, weight=w, reduction="sum")
    assert_close(value, expected, "float64", scale=10)
