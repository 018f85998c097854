"""Losses of sparse probabilities: beside and beyond the edge of the support."""

import mpmath as mp
import numpy as np
import pytest

import slopes
from tests.laws.reference import M, row

LOSSES = [slopes.SparsemaxLoss(), *(slopes.EntmaxLoss(alpha=alpha) for alpha in (1.125, 1.25, 1.5, 2.0))]


@pytest.mark.parametrize("f", LOSSES, ids=repr)
@pytest.mark.parametrize("short", [2.0**-6, 2.0**-10])
def test_a_class_that_is_almost_certain_keeps_the_digits_of_its_derivatives(f, short):
    """Only the distance to the edge is rounded; 1 - p of the largest class is far smaller."""
    lead = 1 / (f.definition.power - 1)
    x = np.array([[0.0, lead - short, -lead]])
    exact, q = row([float(v) for v in x[0]]), row([0, 1, 0])
    gradient, hessian = f.gradient_and_hessian(x, np.array([1]))
    for got, method in ((gradient, "gradient"), (hessian, "hessian")):
        want = getattr(f.definition, method)(M, exact, q)
        assert want[1] != 0
        for g, w in zip(got[0], want, strict=True):
            assert abs(mp.mpf(float(g)) - w) <= mp.mpf(lead / short * 1e-14) * abs(w)


@pytest.mark.parametrize("f", LOSSES, ids=repr)
def test_a_class_that_leads_by_enough_has_no_loss_and_no_derivatives(f):
    lead = 1 / (f.definition.power - 1)
    x, y = np.array([[1000.0, 1000 - lead, 0.0], [np.inf, 0.0, 1.0], [5.0, -np.inf, 0]]), np.array([0, 0, 0])
    x[2, 0] = lead
    np.testing.assert_array_equal(f(x, y, reduction="none"), 0)
    for result in f.gradient_and_hessian(x, y):
        np.testing.assert_array_equal(result, 0)
    assert f(np.array([[0.0, -np.inf]]), np.array([1])) == np.inf


@pytest.mark.parametrize("f", LOSSES, ids=repr)
def test_the_gradient_is_the_probabilities_less_the_target(f):
    x = np.random.default_rng(3).normal(size=(5, 4))
    q = np.random.default_rng(4).dirichlet(np.ones(4), 5)
    p = f.gradient(x, q, reduction="none") + q
    assert (p >= -1e-16).all()
    np.testing.assert_allclose(p.sum(-1), 1, rtol=1e-14)
    np.testing.assert_allclose(f(x, np.maximum(p, 0), reduction="none"), 0, atol=1e-14)


def test_towards_alpha_1_it_is_cross_entropy():
    x, y = np.random.default_rng(3).normal(size=(5, 4)), np.array([0, 1, 2, 3, 0])
    assert slopes.entmax_loss(x, y, alpha=1.0001) == pytest.approx(slopes.cross_entropy(x, y), rel=1e-3)
