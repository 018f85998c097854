"""The deliberate differences of regression and margin losses, measured on both sides."""

import numpy as np
import pytest
import sklearn.metrics
import torch
from torch.nn import functional as F  # noqa: N812 - everybody's name for it

import slopes
from tests.parity.peers import TorchSide


def test_difference_soft_margin_overflow():
    z, t = np.array([-100], np.float32), np.ones(1, np.float32)
    assert F.soft_margin_loss(torch.from_numpy(z), torch.from_numpy(t)).item() == np.inf
    assert np.isnan(TorchSide.derivative(lambda z: F.soft_margin_loss(z, torch.from_numpy(t)), z)).all()
    assert slopes.soft_margin(z, t) == 100
    assert slopes.soft_margin.gradient(z, t) == -1


def test_difference_deviance_near_0():
    p, t = np.ones(1), np.array([1 + 1e-9])
    for theirs, ours in (
        (sklearn.metrics.mean_gamma_deviance, slopes.gamma_deviance),
        (sklearn.metrics.mean_poisson_deviance, slopes.poisson_deviance),
    ):
        assert theirs(t, p) == 0
        assert ours(p, t) == pytest.approx(1e-18, rel=1e-6)


def test_difference_mape_of_0():
    assert sklearn.metrics.mean_absolute_percentage_error([0.0], [1.0]) == 2.0**52
    assert slopes.mape(1.0, 0.0) == np.inf
    assert slopes.mape(0.0, 0.0) == 0


def test_difference_poisson_deviance_of_mean_0():
    with pytest.raises(ValueError, match="strictly positive"):
        sklearn.metrics.mean_poisson_deviance([1.0], [0.0])
    assert slopes.poisson_deviance(0.0, 1.0) == np.inf
    assert slopes.poisson_deviance(0.0, 0.0) == 0


def test_difference_poisson_nll_full():
    z, t = torch.tensor([1.0]), torch.tensor([5.0])
    full = F.poisson_nll_loss(z, t, full=True) - F.poisson_nll_loss(z, t)
    assert full.item() == pytest.approx(np.log(120), abs=0.02)
    of_mean = F.poisson_nll_loss(torch.exp(z), t, log_input=False)
    assert of_mean.item() == pytest.approx(slopes.poisson_nll(z, t).item(), rel=1e-6)
    with pytest.raises(TypeError, match="no parameter 'full'"):
        slopes.poisson_nll(z, t, full=True)


def test_difference_smooth_l1_beta_0():
    p, t = torch.tensor([0.5]), torch.tensor([0.0])
    assert F.smooth_l1_loss(p, t, beta=0.0) == slopes.mae(p, t)
    with pytest.raises(ValueError, match="beta must be a finite number above 0"):
        slopes.smooth_l1(p, t, beta=0.0)
