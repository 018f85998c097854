"""Class weights from counts."""

import numpy as np
import pytest
import torch

import slopes

COUNTS = np.array([1, 10, 1000, 5_000_000])


@pytest.mark.parametrize("beta", [0.0, 0.9, 0.999, 0.999999])
def test_they_are_those_of_the_paper(beta):
    weights = slopes.class_balanced_weights(COUNTS, beta)
    assert weights.mean() == pytest.approx(1)
    paper = (1 - beta) / (1 - beta ** COUNTS.astype(float))
    np.testing.assert_allclose(weights, 4 * paper / paper.sum(), rtol=1e-9)


def test_towards_beta_1_they_are_the_inverse_of_the_counts():
    weights = slopes.class_balanced_weights(COUNTS[:3], 1 - 2.0**-50)
    np.testing.assert_allclose(weights / weights[0], 1 / COUNTS[:3], rtol=1e-11)


def test_tensors_give_tensors_that_a_loss_takes():
    counts = torch.tensor([2.0, 8.0], dtype=torch.float64)
    weights = slopes.class_balanced_weights(counts)
    np.testing.assert_allclose(weights.numpy(), slopes.class_balanced_weights(counts.numpy()))
    x = torch.zeros(2, 2, dtype=torch.float64)
    assert slopes.cross_entropy(x, torch.tensor([0, 1]), class_weight=weights) == pytest.approx(np.log(2))


@pytest.mark.parametrize(
    ("counts", "beta", "message"),
    [
        (np.array([0, 3]), 0.9, "at least 1"),
        (np.array([np.nan, 3]), 0.9, "at least 1"),
        (np.ones((2, 2)), 0.9, "one entry for each class"),
        (np.ones(0), 0.9, "one entry for each class"),
        (np.ones(2), 1.0, "below 1, got 1.0"),
        (np.ones(2), -0.1, "at least 0"),
    ],
)
def test_what_does_not_fit_is_refused(counts, beta, message):
    with pytest.raises(ValueError, match=message):
        slopes.class_balanced_weights(counts, beta)
