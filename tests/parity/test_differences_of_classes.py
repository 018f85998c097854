"""The deliberate differences in losses of classes, label sets and distributions, measured on both sides."""

import warnings

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812 - everybody's name for it

import slopes


def test_difference_kl_div_mean():
    x, q = np.log(np.full((2, 4), 0.25)), np.eye(4)[:2]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns of its own default
        theirs = F.kl_div(torch.from_numpy(x), torch.from_numpy(q)).item()
    assert theirs == pytest.approx(np.log(4) / 4)
    assert slopes.kl_divergence(x, q) == pytest.approx(np.log(4))


def test_difference_weighted_multi_margin_mean():
    x, y, w = np.array([[0.0, 0.0], [0.0, 1.0]]), np.array([0, 1]), np.array([1.0, 3.0])
    theirs = F.multi_margin_loss(*map(torch.from_numpy, (x, y)), weight=torch.from_numpy(w))
    assert theirs.item() == 0.25
    assert slopes.multi_margin(x, y, class_weight=w) == 0.125


def test_difference_multilabel_class_weight():
    x, t, w = np.zeros((1, 2)), np.ones((1, 2)), np.array([1.0, 3.0])
    theirs = F.multilabel_soft_margin_loss(*map(torch.from_numpy, (x, t, w))).item()
    assert theirs == pytest.approx(2 * np.log(2))
    with pytest.raises(ValueError, match="no one class"):
        slopes.multilabel_soft_margin(x, t, class_weight=w)
    ours = slopes.binary_cross_entropy_with_logits(x, t, weight=w[None], reduction="none").mean()
    assert ours == pytest.approx(theirs)
