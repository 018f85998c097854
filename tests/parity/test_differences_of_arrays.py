"""The deliberate differences of losses of several arrays, measured on both sides."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812 - everybody's name for it

import slopes


def test_difference_triplet_margin_eps():
    a = torch.ones(1, 4, dtype=torch.float64)
    assert F.pairwise_distance(a, a).item() == pytest.approx(2e-6)
    assert F.triplet_margin_loss(a, a, 9 * a, margin=16.0).item() == pytest.approx(4e-6)
    assert slopes.triplet_margin(a, a, 9 * a, margin=16.0) == 0


def test_difference_gaussian_nll_floor():
    one, tiny = np.ones(1), np.full(1, 1e-8)
    peer = F.gaussian_nll_loss(*map(torch.from_numpy, (one, one, tiny)))
    assert peer.item() == pytest.approx(np.log(1e-6) / 2, rel=1e-7)
    assert slopes.gaussian_nll(one, one, tiny) == pytest.approx(np.log(1e-8) / 2, rel=1e-15)


def test_difference_multilabel_margin_targets():
    x = torch.tensor([[0.1, 0.2, 0.4, 0.8]])
    peer = F.multilabel_margin_loss(x, torch.tensor([[3, 0, -1, 1]]))
    assert slopes.multilabel_margin(x, torch.tensor([[1.0, 0, 0, 1]])).item() == pytest.approx(peer.item())
    with pytest.raises(ValueError, match="target must be 0 or 1"):
        slopes.multilabel_margin(x, torch.tensor([[3.0, 0, -1, 1]]))


def test_difference_ctc_logits():
    x, y = torch.tensor([[[0.0, 30.0, 0.0]]]), torch.tensor([[1]])
    peer = F.ctc_loss(x.log_softmax(-1).transpose(0, 1), y, torch.tensor([1]), torch.tensor([1]))
    assert peer == 0
    assert slopes.ctc(x, y).item() == pytest.approx(1.87152e-13, rel=1e-5)


def test_difference_ctc_mean():
    x, y = torch.randn(2, 5, 3, generator=torch.Generator().manual_seed(0)), torch.tensor([[1, 2], [2, 1]])
    lengths = torch.tensor([5, 5]), torch.tensor([2, 1])
    each = slopes.ctc(x, y, target_length=lengths[1], reduction="none")
    peer = F.ctc_loss(x.log_softmax(-1).transpose(0, 1), y, *lengths)
    assert peer.item() == pytest.approx((each / lengths[1]).mean().item(), rel=1e-6)
    assert slopes.ctc(x, y, target_length=lengths[1]).item() == pytest.approx(each.mean().item(), rel=1e-6)
