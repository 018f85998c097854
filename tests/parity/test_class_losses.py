"""The other losses of classes, label sets and distributions, against torch, SciPy and scikit-learn."""

import numpy as np
import pytest
import scipy.spatial.distance
import torch

import slopes
from tests.parity.peers import assert_close, resolve, side

RNG = np.random.default_rng(29)
CLASSES = 5
LOGITS = 2 * RNG.standard_normal((7, CLASSES))
INDICES = RNG.integers(0, CLASSES, 7)
PROBABILITIES = RNG.dirichlet(np.ones(CLASSES), 7)
LABELS = RNG.integers(0, 2, (7, CLASSES)).astype(float)
CLASS_WEIGHT = RNG.uniform(0.2, 2, CLASSES)

CASES = {
    ("kl_divergence", "torch"),
    ("kl_divergence", "scipy"),
    ("multi_margin", "torch"),
    ("multilabel_soft_margin", "torch"),
    ("categorical_hinge", "sklearn"),
}
#: loss -> prediction, target, and sets of parameters that torch has too
IN_TORCH = {
    "kl_divergence": (slopes.log_softmax(LOGITS), PROBABILITIES, [{}]),
    "multi_margin": (LOGITS, INDICES, [{}, {"p": 2}, {"margin": 0.3}, {"p": 2, "margin": 2.0}]),
    "multilabel_soft_margin": (LOGITS, LABELS, [{}]),
}
EACH = pytest.mark.parametrize(
    ("name", "parameters"),
    [
        pytest.param(name, given, id=f"{name}-{given}")
        for name, (*_, sets) in IN_TORCH.items()
        for given in sets
    ],
)


def torch_loss(name, target, **options):
    peer = resolve(slopes.get(name).elsewhere["torch"])
    return lambda x: peer(x, torch.from_numpy(target), **options)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@EACH
def test_value_equals_torchs(name, parameters, dtype):
    x, target, _ = IN_TORCH[name]
    x, target = x.astype(dtype), target.astype(dtype) if target.dtype.kind == "f" else target
    expected = torch_loss(name, target, **parameters)(torch.from_numpy(x)).numpy()
    assert_close(slopes.get(name)(x, target, **parameters), expected, dtype, scale=5)


@pytest.mark.parametrize("order", [1, 2])
@EACH
def test_derivatives_equal_torchs(name, parameters, order):
    x, target, _ = IN_TORCH[name]
    f, peer = slopes.get(name), torch_loss(name, target, **parameters)
    if order == 1:
        assert_close(f.gradient(x, target, **parameters), side("torch").derivative(peer, x), "float64", 5)
        return
    tangent = np.cos(x)
    if name == "multi_margin":  # torch has no second derivative; between kinks its first one is a line
        h = 2.0**-20
        ends = [side("torch").derivative(peer, x + s * h * tangent) for s in (1, -1)]
        expected, scale = (ends[0] - ends[1]) / (2 * h), 1e6
    else:
        whole = torch.autograd.functional.hessian(peer, torch.from_numpy(x)).numpy()
        expected, scale = np.tensordot(whole, tangent, 2), 10
    assert_close(f.hvp(x, target, tangent, **parameters), expected, "float64", scale)
    assert_close(f.gauss_newton_product(x, target, tangent, **parameters), expected, "float64", scale)


@pytest.mark.parametrize("reduction", ["sum", "none"])
def test_weighted_multi_margin_equals_torchs_but_for_the_mean(reduction):
    weight = torch.from_numpy(CLASS_WEIGHT)
    expected = torch_loss("multi_margin", INDICES, weight=weight, reduction=reduction)(
        torch.from_numpy(LOGITS)
    )
    value = slopes.multi_margin(LOGITS, INDICES, class_weight=CLASS_WEIGHT, reduction=reduction)
    assert_close(value, expected.numpy(), "float64", 5)


def test_kl_divergence_of_probabilities_equals_scipys():
    q = slopes.softmax(LOGITS)
    theirs = resolve(slopes.kl_divergence.elsewhere["scipy"])(PROBABILITIES, q).sum(-1)
    assert_close(slopes.kl_divergence(np.log(q), PROBABILITIES, reduction="none"), theirs, "float64", 5)


def test_js_divergence_is_the_square_of_scipys_distance():
    q = slopes.softmax(LOGITS)
    distance = scipy.spatial.distance.jensenshannon(q, PROBABILITIES, axis=-1)
    assert_close(slopes.js_divergence(np.log(q), PROBABILITIES, reduction="none"), distance**2, "float64", 20)


def test_gradient_of_kl_divergence_in_its_target_equals_torchs():
    x = torch.from_numpy(slopes.log_softmax(LOGITS))
    expected, found = (
        side("torch").derivative(lambda q, f=f: f(x, q), PROBABILITIES)
        for f in (lambda x, q: torch.nn.functional.kl_div(x, q, reduction="batchmean"), slopes.kl_divergence)
    )
    assert_close(found, expected, "float64", 10)


def test_categorical_hinge_equals_scikit_learns():
    theirs = resolve(slopes.categorical_hinge.elsewhere["sklearn"])(INDICES, LOGITS, labels=range(CLASSES))
    assert_close(slopes.categorical_hinge(LOGITS, INDICES), theirs, "float64", 5)
    weight = RNG.uniform(0, 2, 7)
    theirs = resolve(slopes.categorical_hinge.elsewhere["sklearn"])(
        INDICES, LOGITS, labels=range(CLASSES), sample_weight=weight
    )
    assert_close(slopes.categorical_hinge(LOGITS, INDICES, weight=weight), theirs, "float64", 5)


def test_the_whole_hessian_of_cross_entropy_equals_torchs():
    peer = torch.nn.functional.cross_entropy
    found = slopes.cross_entropy.full_hessian(LOGITS, INDICES, class_weight=CLASS_WEIGHT)
    for x, y, ours in zip(LOGITS, INDICES, found, strict=True):
        target, weight = torch.tensor(y), torch.from_numpy(CLASS_WEIGHT)
        theirs = torch.autograd.functional.hessian(
            lambda x, t=target, w=weight: peer(x, t, weight=w, reduction="sum"), torch.from_numpy(x)
        )
        assert_close(ours, theirs.numpy(), "float64", 10)


@pytest.mark.parametrize(
    "parameters", [{"z_loss": 0.01}, {"logit_softcap": 5.0}, {"z_loss": 0.1, "logit_softcap": 2.0}]
)
def test_z_loss_and_soft_cap_equal_the_formulas_on_torch(parameters):
    """Written out on tensors, with autograd's derivatives."""
    z_loss, cap = parameters.get("z_loss", 0.0), parameters.get("logit_softcap", 0.0)
    y = torch.from_numpy(INDICES)

    def written(x):
        x = cap * torch.tanh(x / cap) if cap else x
        z = torch.logsumexp(x, -1)
        return torch.nn.functional.cross_entropy(x, y) + z_loss * (z * z).mean()

    f = slopes.CrossEntropy(**parameters)
    assert_close(f(LOGITS, INDICES), written(torch.from_numpy(LOGITS)).numpy(), "float64", 10)
    assert_close(f.gradient(LOGITS, INDICES), side("torch").derivative(written, LOGITS), "float64", 10)
    whole = torch.autograd.functional.hessian(written, torch.from_numpy(LOGITS)).numpy()
    tangent = np.cos(LOGITS)
    assert_close(f.hvp(LOGITS, INDICES, tangent), np.tensordot(whole, tangent, 2), "float64", 20)
