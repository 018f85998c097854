"""Short-time spectra: windows of 32 ms, each half over the next, there and back without loss.

A spectrum is complex, of shape ``(..., frames, BINS)``. The square root of a Hann window is applied on the
way there and on the way back: half overlapping, their products add to exactly 1.
"""

import torch

WINDOW = 512
HOP = WINDOW // 2
BINS = WINDOW // 2 + 1


def frames(samples: int) -> int:
    """Give the number of frames that cover so many samples, each sample twice."""
    return -(-samples // HOP) + 1


def spectrum(waveform: torch.Tensor) -> torch.Tensor:
    """Give the short-time spectrum of waveforms of shape ``(..., samples)``."""
    samples = waveform.shape[-1]
    after = frames(samples) * HOP - samples
    padded = torch.nn.functional.pad(waveform, (HOP, after))
    result: torch.Tensor = torch.fft.rfft(padded.unfold(-1, WINDOW, HOP) * _window(waveform), norm="ortho")
    return result


def waveform(spectrum: torch.Tensor, samples: int) -> torch.Tensor:
    """Give back waveforms of so many samples: the inverse of `spectrum`."""
    pieces = torch.fft.irfft(spectrum, n=WINDOW, norm="ortho")
    pieces = pieces * _window(pieces)
    halves = pieces[..., :-1, HOP:] + pieces[..., 1:, :HOP]
    result: torch.Tensor = halves.flatten(-2)[..., :samples]
    return result


def _window(like: torch.Tensor) -> torch.Tensor:
    return torch.hann_window(WINDOW, dtype=like.dtype, device=like.device).sqrt()
