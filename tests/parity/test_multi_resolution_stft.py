"""The multi-resolution STFT loss beside the paper's terms, made of `torch.stft`; and what it refuses."""

import numpy as np
import pytest
import torch

import slopes

RESOLUTIONS = ((1024, 120, 600), (2048, 240, 1200), (512, 50, 240))
SMALL = ((16, 5, 12), (9, 4, 9))


def peer(p, t, resolutions):
    """The loss of each signal."""

    def magnitudes(x, size, hop, length):
        window = torch.hann_window(length, dtype=x.dtype)
        z = torch.stft(x, size, hop, length, window, return_complex=True)
        return torch.sqrt(torch.clamp(z.real**2 + z.imag**2, min=1e-7))

    parts = []
    for resolution in resolutions:
        a, b = magnitudes(p, *resolution), magnitudes(t, *resolution)
        convergence = torch.linalg.matrix_norm(a - b) / torch.linalg.matrix_norm(b)
        parts.append(convergence + torch.mean(torch.abs(torch.log(a) - torch.log(b)), (-2, -1)))
    return sum(parts) / len(parts)


@pytest.mark.parametrize(("resolutions", "samples"), [(RESOLUTIONS, 2500), (SMALL, 40)])
def test_value_and_gradient_are_those_of_the_paper(resolutions, samples):
    p, t = np.random.default_rng(0).standard_normal((2, 2, samples))
    p[1, samples // 2 :] = 0  # magnitudes below the floor
    leaf = torch.tensor(p, requires_grad=True)
    want = peer(leaf, torch.tensor(t), resolutions)
    want.mean().backward()
    sizes, hops, windows = zip(*resolutions, strict=True)
    f = slopes.MultiResolutionSTFT(fft_sizes=sizes, hop_sizes=hops, win_lengths=windows)
    if resolutions is RESOLUTIONS:
        assert f == slopes.multi_resolution_stft
    np.testing.assert_allclose(f(p, t, reduction="none"), want.detach().numpy(), rtol=1e-12)
    value, gradient = f.value_and_gradient(p, t)
    assert value == pytest.approx(want.mean().item(), rel=1e-12)
    np.testing.assert_allclose(gradient, leaf.grad.numpy(), rtol=1e-9, atol=1e-12)


def test_equal_and_silent_sounds_have_no_loss_and_no_gradient():
    for p in (np.zeros(20), np.arange(20.0)):
        value, gradient = slopes.multi_resolution_stft.value_and_gradient(
            p, p.copy(), fft_sizes=(8,), hop_sizes=(2,), win_lengths=(8,)
        )
        assert value == 0
        np.testing.assert_array_equal(gradient, 0)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"fft_sizes": (1024, 2048)},
            "must have equally many entries, got \\(1024, 2048\\), \\(120, 240, 50\\)",
        ),
        ({"win_lengths": (600, 1200, 513)}, "must not be longer than its Fourier transform, got 513 for 512"),
        (
            {"hop_sizes": (120, 240, 0)},
            "hop_sizes must be a tuple of integers at least 1, got \\(120, 240, 0\\)",
        ),
        ({"hop_sizes": 120}, "hop_sizes must be a tuple of integers at least 1, got 120"),
        ({"hop_sizes": ()}, "hop_sizes must be a tuple of integers at least 1, got \\(\\)"),
    ],
)
def test_resolutions_that_cannot_be_are_refused(parameters, message):
    with pytest.raises(ValueError, match=message):
        slopes.MultiResolutionSTFT(**parameters)


def test_a_signal_too_short_to_be_reflected_is_refused():
    for x in (np.zeros(1024), torch.zeros(1024)):
        with pytest.raises(
            ValueError, match=r"a signal of 1024 samples is too short .* it needs more than 1024"
        ):
            slopes.multi_resolution_stft(x, x)


def test_a_list_of_sizes_is_a_tuple():
    f = slopes.MultiResolutionSTFT(fft_sizes=[1024, 2048, 512])
    assert f == slopes.multi_resolution_stft
    assert hash(f) == hash(slopes.multi_resolution_stft)
    assert f.parameters["fft_sizes"] == (1024, 2048, 512)
