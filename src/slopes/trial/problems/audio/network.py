"""The recurrent network that takes noise out of speech, with an exchangeable hidden activation."""

from collections.abc import Callable, Iterator
from typing import Literal

import torch
from torch import nn

from slopes.trial.problems.audio.spectra import BINS
from slopes.trial.problems.recurrent import RecurrentLayer
from slopes.trial.torch_problem import Layer

Output = Literal["mask", "complex_mask", "spectrum"]
OUTPUTS: tuple[Output, ...] = ("complex_mask", "mask", "spectrum")

# Added to every power, 60 dB below a mixture's mean: the fourth root of a power is infinitely steep at 0.
_POWER_FLOOR = 1e-6
_LEVEL_FLOOR = 1e-4  #: added to the powers that the network is given: what lies lower is not heard
_LEVEL_SPREAD = 2.5  #: of the logarithms of these powers over the bins of a mixture, roughly
_TOGETHER = 2  #: frames in one step of the recurrence


class EnhancementNetwork(nn.Module):
    """Levels of the bins in, recurrent layers with shortcuts, the spectrum of the speech out.

    Two frames make one step of the recurrence, which halves its cost. The mean level of each bin over time
    has weights of its own, apart from what moves around it: noise that stays is told from speech by that.

    Parameters
    ----------
    activation : callable
        Gives a layer of the hidden activation.
    units : int
        States of each direction.
    layers : int
        How many recurrent layers.
    output : str
        "mask" multiplies each bin by a sigmoid; "complex_mask" turns its phase as well; "spectrum" gives
        magnitudes, which keep the phase of the mixture.
    """

    def __init__(self, activation: Layer, units: int, layers: int, output: Output) -> None:
        super().__init__()
        self.output = output
        self.encode = nn.Linear(_TOGETHER * BINS, 2 * units)
        self.encode_mean = nn.Linear(BINS, 2 * units)
        self.layers = nn.ModuleList(
            RecurrentLayer(2 * units, units, activation, directions=2) for _ in range(layers)
        )
        self.decode = nn.Linear(2 * units, _TOGETHER * BINS * (3 if output == "complex_mask" else 1))

    def recurrent_layers(self) -> Iterator[RecurrentLayer]:
        """Give the recurrent layers, the first first."""
        return (layer for layer in self.layers if isinstance(layer, RecurrentLayer))

    def forward(self, mixture: torch.Tensor) -> torch.Tensor:
        """Give the spectrum of the speech in the spectrum of a mixture that has unit power."""
        batch, frames, bins = mixture.shape
        levels = (power(mixture) + _LEVEL_FLOOR).log() / _LEVEL_SPREAD
        mean = levels.mean(dim=1, keepdim=True)
        around = nn.functional.pad(levels - mean, (0, 0, 0, -frames % _TOGETHER))
        hidden = self.encode(around.view(batch, -1, _TOGETHER * bins)) + self.encode_mean(mean)
        for layer in self.recurrent_layers():
            both = torch.stack([hidden, hidden.flip(1)]).transpose(1, 2)
            forwards, backwards = layer(both, hidden.new_zeros(2, batch, layer.units))
            states = torch.cat([forwards, backwards.flip(0)], dim=-1)
            hidden = hidden + states.transpose(0, 1)
        outputs = self.decode(hidden).view(batch, around.shape[1], -1)[:, :frames]
        return _APPLY[self.output](outputs, mixture)


def magnitude(spectrum: torch.Tensor) -> torch.Tensor:
    """Give the square roots of magnitudes, the compression of the features and of the losses."""
    return power(spectrum).sqrt().sqrt()


def compressed(spectrum: torch.Tensor) -> torch.Tensor:
    """Give the spectrum with its magnitudes compressed to their square roots, for a loss.

    Returns
    -------
    torch.Tensor
        Real, of shape ``(..., BINS, 3)``: the compressed magnitude, and the real and imaginary parts of the
        compressed spectrum. Magnitudes alone leave the phase free; the parts alone reward too quiet speech
        wherever the phase is uncertain.
    """
    root = magnitude(spectrum)
    return torch.stack([root, spectrum.real / root, spectrum.imag / root], dim=-1)


def power(spectrum: torch.Tensor) -> torch.Tensor:
    """Give the powers of the bins, all above 0."""
    return spectrum.real.square() + spectrum.imag.square() + _POWER_FLOOR


def _mask(outputs: torch.Tensor, mixture: torch.Tensor) -> torch.Tensor:
    return torch.sigmoid(outputs) * mixture


def _complex_mask(outputs: torch.Tensor, mixture: torch.Tensor) -> torch.Tensor:
    # The outputs are a size and a direction; at 0 the direction is that of the mixture.
    size, real, imaginary = outputs.chunk(3, dim=-1)
    real = 1 + real
    factor = torch.sigmoid(size) * torch.rsqrt(real.square() + imaginary.square() + _POWER_FLOOR)
    return torch.complex(factor * real, factor * imaginary) * mixture


def _spectrum(outputs: torch.Tensor, mixture: torch.Tensor) -> torch.Tensor:
    wanted = nn.functional.softplus(outputs)
    return mixture * (wanted / magnitude(mixture)).square()


_APPLY: dict[Output, Callable[[torch.Tensor, torch.Tensor], torch.Tensor]] = {
    "mask": _mask,
    "complex_mask": _complex_mask,
    "spectrum": _spectrum,
}
