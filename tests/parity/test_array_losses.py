"""Losses of several arrays against torch and SciPy: values, and gradients in every learned array."""

import numpy as np
import pytest
import scipy.stats
import torch

import slopes
from tests.parity.peers import assert_close, resolve

RNG = np.random.default_rng(43)
X, Y, Z = RNG.standard_normal((3, 6, 5))
SCORES, OTHERS = RNG.standard_normal((2, 9))
SPREAD = RNG.uniform(0.2, 3, 9)
SIGNS = np.array([1.0, -1, 1, 1, -1, -1])
ORDER = np.array([1.0, -1, 1, 1, -1, -1, 1, -1, 1])

CASES = {
    ("cosine_embedding", "torch"),
    ("cosine_similarity", "torch"),
    ("gaussian_nll", "torch"),
    ("laplace_nll", "scipy"),
    ("margin_ranking", "torch"),
    ("multilabel_margin", "torch"),
    ("rmsle", "sklearn"),
    ("triplet_margin", "torch"),
}
#: loss -> its arrays, parameters that torch has too, and what torch loses by adding 1e-12 to squared norms
IN_TORCH = {
    "cosine_embedding": ((X, Y, SIGNS), [{}, {"margin": 0.3}], 100),
    "gaussian_nll": ((SCORES, OTHERS, SPREAD), [{}], 1),
    "margin_ranking": ((SCORES, OTHERS, ORDER), [{}, {"margin": 0.4}], 1),
    "triplet_margin": ((X, Y, Z), [{}, {"margin": 0.2}], 10),
}
EACH = pytest.mark.parametrize(
    ("name", "parameters"),
    [
        pytest.param(name, given, id=f"{name}-{given}")
        for name, (_, sets, _) in IN_TORCH.items()
        for given in sets
    ],
)


def theirs(name, arrays, **options):
    """Torch's result on fresh leaves, and the leaves."""
    leaves = [torch.tensor(a, requires_grad=True) for a in arrays]
    return resolve(slopes.get(name).elsewhere["torch"])(*leaves, **options), leaves


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@EACH
def test_value_equals_torchs(name, parameters, reduction):
    arrays, _, scale = IN_TORCH[name]
    expected, _ = theirs(name, arrays, **parameters, reduction=reduction)
    got = slopes.get(name)(*arrays, **parameters, reduction=reduction)
    assert_close(got, expected.detach().numpy(), "float64", scale)


@EACH
def test_gradients_equal_torchs(name, parameters):
    arrays, _, scale = IN_TORCH[name]
    value, leaves = theirs(name, arrays, **parameters)
    function = slopes.get(name)
    names = [argument for argument, _ in function.arguments][: len(arrays)]
    learned = [i for i, a in enumerate(names) if function.definition.arrays[a].learned]
    expected = torch.autograd.grad(value, [leaves[i] for i in learned])
    got = function.gradient(*arrays, **parameters)
    for ours, peer in zip(got, expected, strict=True):
        assert_close(ours, peer.numpy(), "float64", scale)


def test_cosine_similarity_equals_torchs():
    expected = resolve(slopes.cosine_similarity.elsewhere["torch"])(torch.from_numpy(X), torch.from_numpy(Y))
    assert_close(slopes.cosine_similarity(X, Y, reduction="none"), expected.numpy(), "float64")


def test_laplace_equals_scipys():
    expected = -scipy.stats.laplace.logpdf(OTHERS, SCORES, SPREAD)
    assert_close(slopes.laplace_nll(SCORES, OTHERS, SPREAD, reduction="none"), expected, "float64")


def test_rmsle_equals_scikit_learns_of_all_and_of_columns():
    peer, p, t = resolve(slopes.rmsle.elsewhere["sklearn"]), np.exp(X), np.exp(Y)
    assert_close(slopes.rmsle(p[:, 0], t[:, 0]), peer(t[:, 0], p[:, 0]), "float64")
    assert_close(slopes.rmsle(p, t, axis=0), peer(t, p), "float64")


def test_multilabel_margin_equals_torchs_of_padded_indices():
    labels = (RNG.random(X.shape) < 0.5).astype(float)
    indices = np.full(X.shape, -1)
    for row, present in zip(indices, labels, strict=True):
        at = np.flatnonzero(present)
        row[: len(at)] = at
    z = torch.tensor(X, requires_grad=True)
    expected = resolve(slopes.multilabel_margin.elsewhere["torch"])(z, torch.from_numpy(indices))
    expected.backward()
    got, gradient = slopes.multilabel_margin.value_and_gradient(X, labels)
    assert_close(got, expected.detach().numpy(), "float64")
    assert_close(gradient, z.grad.numpy(), "float64")


def test_losses_with_an_option_that_takes_nothing_away_are_the_plain_ones():
    targets, levels = np.array([0, 2, 1, 4, 3, 3]), np.array([0.3])
    plain = slopes.cross_entropy(X, targets, reduction="none")
    even = np.ones(5)
    for got in (
        slopes.top_k_cross_entropy(X, targets, k=1, reduction="none"),
        slopes.logit_adjusted(X, targets, even, reduction="none"),
        slopes.ldam(X, targets, even, max_margin=0.0, scale=1.0, reduction="none"),
    ):
        assert_close(got, plain, "float64", 2)
    one = slopes.multi_quantile(X[:, :1], Y[:, 0], levels, reduction="none")
    np.testing.assert_array_equal(one, slopes.quantile(X[:, 0], Y[:, 0], level=0.3, reduction="none"))
