"""The convolutional network of a trial on images: convolution, pooling, dense."""

import torch
from torch import nn

from slopes.trial.torch_problem import Layer

_CHANNELS = (12, 24)
_HIDDEN_UNITS = 64
_DROPOUT = 0.3
# An 8 x 8 digit pooled twice keeps 2 x 2 cells, which cost 3 points of validation accuracy.
_SIDE_FOR_TWO_POOLINGS = 16


class ImageNetwork(nn.Module):
    """Two convolutions with pooling and two dense layers.

    There is no normalisation layer: it would hide most of the difference between activations.
    Pooling comes before the activation, which for an increasing one is the same function at a
    quarter of the cost.

    Parameters
    ----------
    activation : callable
        Gives a layer of the activation that stands behind every layer but the last.
    side_lengths : tuple of int
        Height and width of the images.
    classes : int
        The number of outputs.
    channels : int
        1 for grey images, 3 for coloured ones.
    """

    def __init__(
        self, activation: Layer, side_lengths: tuple[int, int], classes: int, channels: int = 1
    ) -> None:
        super().__init__()
        first, second = _CHANNELS
        pool_early = min(side_lengths) >= _SIDE_FOR_TWO_POOLINGS
        shrink = 4 if pool_early else 2
        cells = (side_lengths[0] // shrink) * (side_lengths[1] // shrink)
        self.layers = nn.Sequential(
            nn.Conv2d(channels, first, kernel_size=3, padding=1),
            nn.MaxPool2d(2) if pool_early else nn.Identity(),
            activation(),
            nn.Conv2d(first, second, kernel_size=3, padding=1),
            nn.MaxPool2d(2),
            activation(),
            nn.Flatten(),
            nn.Linear(second * cells, _HIDDEN_UNITS),
            activation(),
            nn.Dropout(_DROPOUT),
            nn.Linear(_HIDDEN_UNITS, classes),
        )
        # A CPU pools faster with the channels last in memory: a tenth of the time of a step.
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Give the scores of each class, before softmax."""
        scores: torch.Tensor = self.layers(images.contiguous(memory_format=torch.channels_last))
        return scores
