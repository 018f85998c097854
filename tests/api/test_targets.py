"""What the target of a row loss may be, and what its class weights mean."""

import numpy as np
import pytest
import scipy.special
import torch

import slopes
from tests.api.examples import arguments, class_weights, each, probabilities, takes_rows
from tests.laws.reference import M, row, target_row

RNG = np.random.default_rng(43)


@each("row_loss", defaults_only=True)
def test_rows_of_numbers_are_taken_or_refused(f):
    x, _ = arguments(f)
    q = probabilities(x)
    if takes_rows(f):
        assert np.isfinite(f(x, q))
        return
    with pytest.raises(
        ValueError, match=rf"{f.name}: target has shape \(4, 6\); it takes class indices only"
    ):
        f(x, q)
    with pytest.raises(ValueError, match="class indices only"):
        f(torch.from_numpy(x), torch.from_numpy(q))


@each("row_loss", defaults_only=True)
def test_the_largest_class_index(f):
    x, _ = arguments(f)
    largest = 6 if f.definition.targets == "ranks" else 5
    assert np.isfinite(f(x, np.full(4, largest)))
    with pytest.raises(ValueError, match=f"between 0 and {largest}, got {largest + 1}"):
        f(x, np.full(4, largest + 1))


@each("row_loss")
def test_class_weights_multiply_the_loss_of_their_class(f):
    x, y = arguments(f)
    option = class_weights(f, x)
    if not option:
        with pytest.raises(ValueError, match="no one class"):
            f(x, y, class_weight=np.ones(6))
        return
    if f.definition.smoothing:
        return
    (w,) = option.values()
    plain = f(x, y, reduction="none")
    np.testing.assert_allclose(f(x, y, reduction="none", **option), w[y] * plain, rtol=1e-14)
    assert f(x, y, **option) == pytest.approx(np.average(plain, weights=w[y]))
    with pytest.raises(ValueError, match=f"each of the {len(w)} classes"):
        f(x, y, class_weight=np.ones(len(w) + 1))


def test_ranks_are_questions_answered_yes_below_the_rank():
    x = RNG.standard_normal((4, 3))
    levels = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1.0]])
    each_question = slopes.binary_cross_entropy_with_logits(x, levels, reduction="none")
    np.testing.assert_allclose(slopes.coral(x, np.arange(4), reduction="none"), each_question.sum(-1))
    asked = np.array([[1, 0, 0], [1, 1, 0], [1, 1, 1], [1, 1, 1]])
    expected = (asked * each_question).sum(-1)
    np.testing.assert_allclose(slopes.corn(x, np.arange(4), reduction="none"), expected)
    chain = np.cumprod(slopes.sigmoid(x), axis=-1)
    above = np.concatenate([np.ones((4, 1)), chain, np.zeros((4, 1))], axis=-1)
    likelihood = (above[:, :-1] - above[:, 1:])[np.arange(4), np.arange(4)]
    np.testing.assert_allclose(expected, -np.log(likelihood))


def test_class_weights_of_a_distribution_are_what_it_carries():
    x, _ = arguments(slopes.kl_divergence)
    q, w = probabilities(x), np.arange(1.0, 7)
    plain = slopes.kl_divergence(x, q, reduction="none")
    np.testing.assert_allclose(slopes.kl_divergence(x, q, class_weight=w, reduction="none"), (q @ w) * plain)


def test_cumulative_logits_are_differences_of_sigmoids():
    x = np.array([[2.0, 0.5, -3.0]] * 4)
    above = np.concatenate([[1.0], slopes.sigmoid(x[0]), [0.0]])
    found = slopes.cumulative_logit(x, np.arange(4), reduction="none")
    np.testing.assert_allclose(np.exp(-found), above[:-1] - above[1:], rtol=1e-13)
    assert np.exp(-found).sum() == pytest.approx(1)
    assert slopes.cumulative_logit(np.array([[1.0, 1.0]]), np.array([1])) == np.inf
    assert slopes.cumulative_logit(np.array([[0.0, 1.0]]), np.array([1])) == np.inf


def test_cumulative_logits_in_the_tails():
    """Neighbours far from 0 on one side: both sigmoids are 1, or both are 0, to the last digit."""
    for shift in (-700.0, -50.0, 50.0, 700.0):
        x = np.array([[shift + 1, shift]])
        value, gradient = slopes.cumulative_logit.value_and_gradient(x, np.array([1]))
        near = np.log1p(-np.exp(-1.0))
        assert value == pytest.approx(abs(shift + (shift < 0)) - near, rel=1e-14)
        assert np.isfinite(gradient).all()
        assert gradient.sum() == pytest.approx(np.sign(shift), rel=1e-14)


def test_cumulative_probits_are_differences_of_distribution_functions():
    x = np.array([[2.0, 0.5, -3.0]] * 4)
    above = np.concatenate([[1.0], scipy.special.ndtr(x[0]), [0.0]])
    found = slopes.cumulative_probit(x, np.arange(4), reduction="none")
    np.testing.assert_allclose(np.exp(-found), above[:-1] - above[1:], rtol=1e-12)
    assert slopes.cumulative_probit(np.array([[1.0, 1.0]]), np.array([1])) == np.inf


@pytest.mark.parametrize("scores", [(9.0, 8.0), (-8.0, -9.0), (50.0, 49.0), (-49.0, -50.0), (3.0, -5000.0)])
@pytest.mark.parametrize("rank", [0, 1, 2])
def test_cumulative_probits_keep_their_digits_in_the_tails(scores, rank):
    x = np.array([scores])
    exact, q = row(scores), target_row(slopes.cumulative_probit.definition, rank, 2)
    found = (
        slopes.cumulative_probit(x, np.array([rank])),
        *slopes.cumulative_probit.gradient_and_hessian(x, np.array([rank])),
    )
    for got, method in zip(found, ("value", "gradient", "hessian"), strict=True):
        want = getattr(slopes.cumulative_probit.definition, method)(M, exact, q)
        np.testing.assert_allclose(np.ravel(got), [float(w) for w in np.ravel(want)], rtol=2e-12, atol=0)
