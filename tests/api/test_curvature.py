"""Hessians as matrices, and their products with tangents."""

import numpy as np
import pytest
import torch

import slopes
from tests.api.examples import LOSSES, arguments, class_weights, each, tensors

RNG = np.random.default_rng(41)


def capped():
    return slopes.CrossEntropy(z_loss=0.3, logit_softcap=2.0)


@each(*LOSSES)
def test_the_diagonal_of_the_whole_hessian_is_the_hessian(f):
    args = arguments(f)
    whole = f.full_hessian(*args)
    assert whole.shape == (4, 6, 6)
    np.testing.assert_allclose(np.einsum("nii->ni", whole), f.hessian(*args), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(whole, np.swapaxes(whole, -1, -2), rtol=1e-12, atol=1e-15)


@each(*LOSSES)
def test_the_product_is_that_of_the_matrix_for_every_reduction(f):
    args = arguments(f)
    tangent = RNG.standard_normal(args[0].shape)
    expected = np.einsum("nij,nj->ni", f.full_hessian(*args), tangent)
    count = args[1].size
    for reduction, divisor in (("none", 1), ("sum", 1), ("mean", count)):
        found = f.hvp(*args, tangent, reduction=reduction)
        np.testing.assert_allclose(found * divisor, expected, rtol=1e-11, atol=1e-13)
    out = np.empty_like(tangent)
    assert f.hvp(*args, tangent, out=out) is out
    np.testing.assert_array_equal(out, f.hvp(*args, tangent))


@each(*LOSSES)
def test_the_product_is_the_derivative_of_the_gradient(f):
    if getattr(f.facts, "smooth", 2) < 1:
        return
    x, target = arguments(f)
    tangent, h = RNG.standard_normal(x.shape), 1e-6
    if f.kind == "probability_loss":
        tangent = tangent * 0.01
    ends = [f.gradient(x + s * h * tangent, target) for s in (1, -1)]
    np.testing.assert_allclose(f.hvp(x, target, tangent), (ends[0] - ends[1]) / (2 * h), rtol=3e-6, atol=3e-8)


@each(*LOSSES)
def test_the_gauss_newton_matrix_has_no_negative_curvature(f):
    args = arguments(f)
    tangent = RNG.standard_normal(args[0].shape)
    if not f.facts.convex and f.name != "cross_entropy":
        with pytest.raises(ValueError, match="use hvp"):
            f.gauss_newton_product(*args, tangent)
        return
    product = f.gauss_newton_product(*args, tangent, reduction="sum")
    assert (np.sum(product * tangent, axis=-1) >= 0).all()
    if f.facts.convex:
        np.testing.assert_array_equal(product, f.hvp(*args, tangent, reduction="sum"))


def test_the_gauss_newton_matrix_of_capped_logits_counts_the_cap_as_network():
    f, (x, y) = capped(), arguments(slopes.cross_entropy)
    tangent = RNG.standard_normal(x.shape)
    u, slope = 2 * np.tanh(x / 2), 1 / np.cosh(x / 2) ** 2
    inner = slopes.cross_entropy.hvp(u, y, slope * tangent, reduction="sum")
    p = slopes.softmax(u)
    outer = 2 * 0.3 * p * (p * slope * tangent).sum(-1, keepdims=True)
    found = f.gauss_newton_product(x, y, tangent, reduction="sum")
    np.testing.assert_allclose(found, slope * (inner + outer), rtol=1e-11)
    assert not np.allclose(found, f.hvp(x, y, tangent, reduction="sum"))


@each("row_loss")
def test_weights_masks_and_axes_reach_the_matrix(f):
    x, y = arguments(f)
    options = {
        **class_weights(f, x),
        "weight": np.arange(1.0, 5),
        "where": np.array([True, False, True, True]),
    }
    whole = f.full_hessian(x, y, **options)
    tangent = RNG.standard_normal(x.shape)
    product = f.hvp(x, y, tangent, reduction="sum", **options)
    np.testing.assert_allclose(product, np.einsum("nij,nj->ni", whole, tangent), rtol=1e-11, atol=1e-13)
    np.testing.assert_array_equal(whole[1], 0)
    np.testing.assert_array_equal(f.full_hessian(x.T, y, axis=0, **options), whole)
    np.testing.assert_array_equal(f.hvp(x.T, y, tangent.T, axis=0, reduction="sum", **options), product.T)


@each(*LOSSES)
def test_tensors_agree(f):
    args = arguments(f)
    tangent = RNG.standard_normal(args[0].shape)
    found = f.hvp(*tensors(args), torch.from_numpy(tangent)), f.full_hessian(*tensors(args))
    for got, want in zip(found, (f.hvp(*args, tangent), f.full_hessian(*args)), strict=True):
        np.testing.assert_allclose(got.numpy(), want, rtol=1e-11, atol=1e-14)


def test_a_tangent_of_another_shape_is_refused():
    x, y = arguments(slopes.cross_entropy)
    with pytest.raises(ValueError, match=r"prediction has shape \(4, 6\) and tangent has shape \(4,\)"):
        slopes.cross_entropy.hvp(x, y, x[:, 0])
    with pytest.raises(ValueError, match="no axis"):
        slopes.mse.full_hessian(1.0, 2.0)
