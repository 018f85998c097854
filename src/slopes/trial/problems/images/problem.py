"""The task of classifying images: random affine changes while training, accuracy as the outcome."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Self

import numpy as np
import torch
import torch.nn.functional
from torch import nn

from slopes.trial import library
from slopes.trial.problems import pairing
from slopes.trial.problems.images.data import ImageData, digits
from slopes.trial.problems.images.network import ImageNetwork
from slopes.trial.records import ACCURACY, Plan
from slopes.trial.torch_problem import Layer, TorchProblem, shuffled

Batch = tuple[torch.Tensor, torch.Tensor]

BATCH_SIZE = 64
STEPS = 500
# Two passes over the 60,000 images of MNIST.
MANY_IMAGES, STEPS_OF_MANY = 10_000, 2000
_TEST_BATCH = 1000
# Random affine changes: rotation in radians, shift in half image widths, scale and shear relative.
_ROTATION, _SHIFT, _SCALE, _SHEAR = 0.2, 0.15, 0.1, 0.15


@dataclass(frozen=True)
class ImageProblem(TorchProblem):
    """Images to classify."""

    kind: ClassVar[str] = "images"
    metric = ACCURACY
    data: ImageData = field(default_factory=digits)

    @property
    def name(self) -> str:
        """The name of the data."""
        return self.data.name

    @property
    def steps(self) -> int:  # type: ignore[override]
        """Optimisation steps of a run: more where there are more images than those steps would see."""
        return STEPS if len(self.data.training_images) <= MANY_IMAGES else STEPS_OF_MANY

    def check(self, activation: str, loss: str) -> None:
        """Refuse what a classifier cannot be trained with."""
        library.activation(activation)
        pairing.check(library.loss(loss))

    def for_search(self) -> Self:
        """Give the training part, its last quarter held out."""
        return type(self)(self.data.for_search())

    def network(self, activation: Layer) -> nn.Module:
        """Build the network for images of this size."""
        height, width = self.data.training_images.shape[1:3]
        return ImageNetwork(activation, (height, width), self.data.classes, self.data.channels)

    def batches(self, plan: Plan, random: torch.Generator) -> Iterator[Batch]:
        """Yield images, moved and turned a little, and their classes."""
        images, labels = _tensors(self.data.training_images, self.data.training_labels)
        for chosen in shuffled(len(images), BATCH_SIZE, plan, random):
            moved = _augmented(_planes(images[chosen]), random)
            yield self._standardized(moved), labels[chosen]

    def loss(
        self, network: nn.Module, batch: Batch, loss: library.LossFunction
    ) -> tuple[torch.Tensor, float | None]:
        """Give the loss and the accuracy of a batch."""
        images, labels = batch
        scores = network(images)
        value = pairing.classification_loss(loss, scores, labels)
        return value, float((scores.argmax(dim=1) == labels).double().mean())

    def measure(self, network: nn.Module) -> dict[str, float]:
        """Give the accuracy on the test images."""
        images, labels = _tensors(self.data.test_images, self.data.test_labels)
        correct = 0
        for part, target in zip(
            torch.split(images, _TEST_BATCH), torch.split(labels, _TEST_BATCH), strict=True
        ):
            scores = network(self._standardized(_planes(part)))
            if not bool(torch.isfinite(scores).all()):
                raise FloatingPointError("the trained network gives scores that are not finite")
            correct += int((scores.argmax(dim=1) == target).sum())
        return {"accuracy": correct / len(labels)}

    @property
    def checksum(self) -> str:
        """The SHA-256 of all pixels and labels."""
        return self.data.checksum

    def yardsticks(self) -> dict[str, float]:
        """Give the accuracy of always naming the most frequent class of the training part."""
        frequent = np.bincount(self.data.training_labels).argmax()
        return {"the most frequent class": float((self.data.test_labels == frequent).mean())}

    def description(self) -> Mapping[str, object]:
        """Give the numbers and sizes of the images."""
        height, width = self.data.training_images.shape[1:3]
        return {
            "training images": len(self.data.training_images),
            "test images": len(self.data.test_images),
            "pixels": f"{height} x {width}{', coloured' * (self.data.channels == 3)}",
            "classes": self.data.classes,
            **self.data.origin,
        }

    def _standardized(self, images: torch.Tensor) -> torch.Tensor:
        mean, deviation = self._scale
        return (images - mean) / deviation

    @cached_property
    def _scale(self) -> tuple[float, float]:
        pixels = self.data.training_images
        # A training part of one grey has no spread; any positive divisor serves it.
        return float(pixels.mean()), float(pixels.std(ddof=1)) or 1.0


def _planes(images: torch.Tensor) -> torch.Tensor:
    """Give bytes as floating-point numbers, the channels second."""
    return (images.unsqueeze(1) if images.ndim == 3 else images.movedim(3, 1)).float()


def _augmented(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    count = len(images)
    # Six numbers in [-1, 1) for each image, drawn at once so that the stream never depends on use.
    angle, wide, high, shear, right, down = (2 * torch.rand(6, count, generator=generator) - 1).unbind()
    cosine, sine = torch.cos(_ROTATION * angle), torch.sin(_ROTATION * angle)
    rows = (
        torch.stack([cosine * (1 + _SCALE * wide), _SHEAR * shear - sine, _SHIFT * right], dim=1),
        torch.stack([sine, cosine * (1 + _SCALE * high), _SHIFT * down], dim=1),
    )
    grid = torch.nn.functional.affine_grid(torch.stack(rows, dim=1), list(images.shape), align_corners=False)
    return torch.nn.functional.grid_sample(images, grid, align_corners=False)


def _tensors(
    images: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
    labels: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
) -> tuple[torch.Tensor, torch.Tensor]:
    # Copies, because arrays that joblib maps into a worker are read-only and torch's are not.
    return torch.tensor(images), torch.tensor(labels)
