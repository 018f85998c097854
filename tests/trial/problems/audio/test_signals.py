"""Spectra and back, the recurrent layer, masks, the Wiener filter, scores."""

import contextlib
import math

import numpy as np
import pytest
import torch
from torch import nn

import slopes
from slopes.torch import Activation
from slopes.trial import library
from slopes.trial.problems.audio import fitting, scores, spectra
from slopes.trial.problems.audio.files import RATE
from slopes.trial.problems.audio.mixing import mix
from slopes.trial.problems.audio.network import OUTPUTS, EnhancementNetwork, compressed
from slopes.trial.problems.audio.wiener import noise_power, wiener


@pytest.mark.parametrize("samples", [1, 255, 256, 257, 5000])
def test_spectra_lead_back_to_their_waveform(samples: int) -> None:
    wave = torch.randn(2, samples, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    spectrum = spectra.spectrum(wave)
    assert spectrum.shape == (2, spectra.frames(samples), spectra.BINS)
    torch.testing.assert_close(spectra.waveform(spectrum, samples), wave, atol=1e-12, rtol=0)


@pytest.mark.parametrize("direction", ["forwards", "backwards"])
def test_each_direction_sees_what_came_before_it(direction: str) -> None:
    generator = torch.Generator().manual_seed(0)
    network = EnhancementNetwork(lambda: Activation("tanh"), 4, 2, "mask").double()
    ahead = direction == "forwards"
    for layer in network.recurrent_layers():
        layer.initialise(1.0, generator)
        with torch.no_grad():  # without weights a direction's states stay 0
            for weights in (layer.inputs, layer.recurrent):
                weights[int(ahead)] = 0
    mixture = torch.randn(1, 12, spectra.BINS, 2, generator=generator).double()
    swapped = mixture.clone()  # of two steps of two frames, so that the mean over time is the same
    if ahead:
        swapped[:, 8:10], swapped[:, 10:] = mixture[:, 10:], mixture[:, 8:10]
    else:
        swapped[:, :2], swapped[:, 2:4] = mixture[:, 2:4], mixture[:, :2]
    outputs = [network(torch.view_as_complex(x)).detach() for x in (mixture, swapped)]
    same = [bool(torch.isclose(a, b).all()) for a, b in zip(*(o[0] for o in outputs), strict=True)]
    assert same == ([True] * 8 + [False] * 4 if ahead else [False] * 4 + [True] * 8)


def constant(output: str, *values: float) -> EnhancementNetwork:
    """Give a network whose outputs are these, one value for each part of the output."""
    network = EnhancementNetwork(lambda: Activation("tanh"), 4, 1, output)
    nn.init.zeros_(network.decode.weight)
    parts = torch.tensor(values).repeat_interleave(spectra.BINS)
    with torch.no_grad():
        network.decode.bias.copy_(parts.repeat(len(network.decode.bias) // len(parts)))
    return network


@pytest.mark.parametrize("samples", [2000, 2100])  # an even and an odd number of frames
def test_outputs(samples: int) -> None:
    mixture = spectra.spectrum(torch.randn(2, samples, generator=torch.Generator().manual_seed(0)))
    for output in OUTPUTS:
        result = EnhancementNetwork(lambda: Activation("tanh"), 4, 1, output)(mixture)
        assert result.shape == mixture.shape
        if output != "spectrum":  # a mask never adds
            assert bool((result.abs() <= mixture.abs() * (1 + 1e-5)).all())
    for output, rest in (("mask", ()), ("complex_mask", (0.0, 0.0))):
        torch.testing.assert_close(constant(output, 30.0, *rest)(mixture), mixture, rtol=1e-4, atol=1e-4)
        assert constant(output, -30.0, *rest)(mixture).abs().max().item() < 1e-10
    turned = constant("complex_mask", 30.0, -1.0, 1.0)(mixture)
    torch.testing.assert_close(turned, 1j * mixture, rtol=1e-4, atol=1e-4)
    found = constant("spectrum", math.log(math.expm1(2.0)))(mixture)
    loud = mixture.abs() > 0.1  # elsewhere the floor under the power shows
    torch.testing.assert_close(found.abs()[loud], torch.full((int(loud.sum()),), 4.0), rtol=1e-3, atol=0)
    torch.testing.assert_close(found.angle()[loud], mixture.angle()[loud])


def test_each_frame_gets_its_own_output() -> None:
    mixture = spectra.spectrum(
        torch.randn(1, 5 * spectra.HOP + 1, generator=torch.Generator().manual_seed(0))
    )
    assert mixture.shape[1] == 7
    kept = constant("mask", 30.0, -30.0)(mixture)  # of two frames together, the first
    torch.testing.assert_close(kept[:, ::2], mixture[:, ::2])
    assert kept[:, 1::2].abs().max().item() < 1e-10


def test_a_silent_mixture_sends_finite_gradients() -> None:
    for output in OUTPUTS:
        network = EnhancementNetwork(lambda: Activation("tanh"), 4, 1, output)
        compressed(network(torch.zeros(1, 3, spectra.BINS, dtype=torch.complex64))).sum().backward()
        assert all(bool(p.grad.isfinite().all()) for p in network.parameters() if p.grad is not None)


def test_the_wiener_filter_takes_white_noise_away() -> None:
    random = np.random.default_rng(0)
    time = np.arange(3 * RATE) / RATE
    speech = np.sin(2 * np.pi * 300 * time) * (np.sin(2 * np.pi * 1.5 * time) > 0)
    noisy = mix(speech, random.standard_normal(len(time)), 5.0).astype(np.float32)
    clean = speech.astype(np.float32)
    assert scores.si_sdr(wiener(noisy), clean) > scores.si_sdr(noisy, clean) + 5
    noise = random.standard_normal(len(time)).astype(np.float32)
    assert wiener(noise).std() < 0.2 * noise.std()


def test_the_tracked_noise_is_unbiased_on_white_noise_and_ignores_short_sounds() -> None:
    random = np.random.default_rng(0)
    power = random.exponential(size=(600, 200))
    assert noise_power(power).mean() == pytest.approx(1.0, rel=0.1)
    louder = power.copy()
    louder[300:330] *= 1000
    assert noise_power(louder)[310].mean() == pytest.approx(noise_power(power)[310].mean(), rel=0.3)


def test_scores_of_known_estimates() -> None:
    random = np.random.default_rng(0)
    clean = random.standard_normal(RATE).astype(np.float32)
    other = random.standard_normal(RATE)
    other -= (other @ clean) / (clean.astype(np.float64) @ clean) * clean
    for snr in (-10.0, 0.0, 20.0):
        assert scores.si_sdr(mix(clean, other, snr), clean) == pytest.approx(snr, abs=1e-4)
    assert scores.stoi(clean, clean) == pytest.approx(1.0, abs=1e-6)
    assert math.isnan(scores.stoi(clean[:2000], clean[:2000]))
    if "pesq" in scores.available():
        assert scores.pesq(clean, clean) > 4.6
        assert math.isnan(scores.pesq(0 * clean, clean))
    assert scores.mean([1.0, math.nan, 3.0]) == 2.0
    assert math.isnan(scores.mean([math.nan]))


def test_what_losses_compare() -> None:
    wave = torch.randn(2, 4 * spectra.HOP, generator=torch.Generator().manual_seed(0))
    spectrum = spectra.spectrum(wave)
    for name in ("si_sdr", "snr"):
        torch.testing.assert_close(fitting.shape(library.loss(name))(spectrum), wave, rtol=0, atol=1e-5)
    for name in ("log_spectral", "gamma_deviance"):
        powers = fitting.shape(library.loss(name))(spectrum)
        torch.testing.assert_close(powers, spectrum.abs().square(), rtol=1e-4, atol=1e-5)
    magnitude, real, imaginary = fitting.shape(library.loss("mse"))(spectrum).unbind(-1)
    root = torch.polar(magnitude, spectrum.angle())
    torch.testing.assert_close(torch.complex(real, imaginary), root, rtol=1e-2, atol=1e-2)
    torch.testing.assert_close(magnitude.square(), spectrum.abs(), rtol=1e-2, atol=1e-2)


def fits(loss: library.LossFunction) -> bool:
    with contextlib.suppress(ValueError):
        return bool(fitting.shape(loss))
    return False


def test_every_loss_is_either_finite_with_a_gradient_or_refused() -> None:
    generator = torch.Generator().manual_seed(0)
    clean = spectra.spectrum(torch.randn(2, 1000, generator=generator))
    known = {"mse", "mae", "huber", "log_cosh", "si_sdr", "snr", "log_spectral", "gamma_deviance"}
    unfit = {"cross_entropy", "hinge", "binary_cross_entropy", "dice", "triplet_margin", "poisson_nll"}
    for name in slopes.losses:
        loss = library.loss(name)
        if name in unfit or not fits(loss):
            assert name not in known
            with pytest.raises(ValueError, match=f"^'{name}' compares "):
                fitting.shape(loss)
            continue
        shape = fitting.shape(loss)
        estimate = (0.5 * clean + 0.1 * clean.flip(1)).requires_grad_()
        value = loss(shape(estimate), shape(clean))
        value.backward()
        assert bool(value.isfinite()), name
        assert estimate.grad is not None
        assert bool(torch.view_as_real(estimate.grad).isfinite().all()), name
