"""Gumbel-softmax: one seed, one sample, with the probabilities that logits say."""

import numpy as np
import pytest
import torch

import slopes

LOGITS = np.log(np.array([0.1, 0.2, 0.7]))


def test_hard_samples_have_the_probabilities_of_the_softmax():
    rows = np.broadcast_to(LOGITS, (40_000, 3))
    sample = slopes.gumbel_softmax(rows, seed=3, temperature=0.3, hard=True)
    assert set(np.unique(sample)) == {0.0, 1.0}
    np.testing.assert_array_equal(sample.sum(-1), 1)
    np.testing.assert_allclose(sample.mean(0), np.exp(LOGITS), atol=0.01)  # four standard errors


def test_a_soft_sample_is_a_softmax_of_noisy_logits():
    noise = np.random.default_rng(5).gumbel(size=(4, 3))
    soft = slopes.gumbel_softmax(np.tile(LOGITS, (4, 1)), seed=5, temperature=0.5)
    np.testing.assert_array_equal(soft, slopes.softmax((LOGITS + noise) / 0.5))


def test_a_generator_moves_on_and_a_seed_does_not():
    generator = np.random.default_rng(0)
    first, second = (slopes.gumbel_softmax(LOGITS, seed=generator) for _ in range(2))
    assert (first != second).any()
    np.testing.assert_array_equal(first, slopes.gumbel_softmax(LOGITS, seed=0))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_torch_gets_the_same_sample_and_a_hard_one_has_the_gradient_of_the_soft(dtype):
    rows = np.tile(LOGITS, (6, 1)).astype(dtype).T
    leaf = torch.tensor(rows, requires_grad=True)
    gradients = []
    for hard in (False, True):
        sample = slopes.gumbel_softmax(leaf, seed=7, temperature=0.5, hard=hard, axis=0)
        ours = slopes.gumbel_softmax(rows, seed=7, temperature=0.5, hard=hard, axis=0)
        assert sample.dtype == leaf.dtype
        np.testing.assert_allclose(sample.detach().numpy(), ours, rtol=1e-6)
        gradients += torch.autograd.grad((sample * torch.arange(3)[:, None]).sum(), leaf)
    assert gradients[0].abs().max() > 0
    torch.testing.assert_close(*gradients)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"seed": 0, "temperature": 0.0}, ValueError, "temperature must be a finite number above 0, got 0.0"),
        ({"seed": -1}, ValueError, "seed must be at least 0, got -1"),
        ({"seed": None}, TypeError, "seed must be an integer or a numpy.random.Generator, got None"),
        ({"seed": 0, "axis": 3}, ValueError, "axis 3 is out of range"),
    ],
)
def test_mistakes(options, error, words):
    with pytest.raises(error, match=words):
        slopes.gumbel_softmax(LOGITS, **options)
