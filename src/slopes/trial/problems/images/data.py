"""The images that a trial trains and tests on."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

SMALLEST_SIDE = 4
VALIDATION_PART = 0.25


@dataclass(frozen=True)
class ImageData:
    """Images with class labels, already split.

    Grey ones are of shape (n, height, width), coloured ones of shape (n, height, width, 3).

    The order within a split is the order of the source: neighbours may share a writer, so nothing
    here shuffles across a border.
    """

    name: str
    training_images: NDArray[np.uint8]
    training_labels: NDArray[np.int64]
    test_images: NDArray[np.uint8]
    test_labels: NDArray[np.int64]
    origin: Mapping[str, str] = field(default_factory=dict)  #: what was done to the files, for the report

    def __post_init__(self) -> None:
        """Refuse data that no classifier can be trained and tested on."""
        for split, images, labels in (
            ("training", self.training_images, self.training_labels),
            ("test", self.test_images, self.test_labels),
        ):
            if len(images) == 0:
                raise ValueError(f"{self.name}: the {split} part has no images")
            if images.ndim not in (3, 4) or images.shape[3:] not in ((), (3,)):
                raise ValueError(
                    f"{self.name}: the {split} images are of shape {images.shape}; (n, height, width) is "
                    "needed for grey ones, (n, height, width, 3) for coloured ones"
                )
            if min(images.shape[1:3]) < SMALLEST_SIDE:
                raise ValueError(
                    f"{self.name}: the {split} images are {images.shape[1]} x {images.shape[2]} "
                    f"pixels; a side needs at least {SMALLEST_SIDE}"
                )
            outside = labels[(labels < 0) | (labels >= self.classes)]
            if len(outside):
                raise ValueError(
                    f"{self.name}: the {split} labels hold {outside[0]}, outside the range 0 to "
                    f"{self.classes - 1} of the training labels"
                )
        if self.training_images.shape[1:] != self.test_images.shape[1:]:
            raise ValueError(
                f"{self.name}: training images of {self.training_images.shape[1:]} pixels and "
                f"test images of {self.test_images.shape[1:]}; the sizes must be equal"
            )
        if len(np.unique(self.training_labels)) < 2:
            raise ValueError(f"{self.name}: the training labels hold one class; 2 are needed")

    @property
    def channels(self) -> int:
        """1 for grey images, 3 for coloured ones."""
        return 3 if self.training_images.ndim == 4 else 1

    @property
    def classes(self) -> int:
        """The number of classes: one more than the largest training label."""
        return int(self.training_labels.max()) + 1

    @property
    def checksum(self) -> str:
        """The SHA-256 of all pixels and labels, split by split."""
        digest = hashlib.sha256()
        for part in (self.training_images, self.training_labels, self.test_images, self.test_labels):
            digest.update(str(part.shape).encode())
            digest.update(np.ascontiguousarray(part).tobytes())
        return digest.hexdigest()

    def for_search(self) -> "ImageData":
        """Give the data of the learning-rate search: the training part alone, split again.

        The last quarter is held out as one block. Where neighbours share a writer, as in both
        digits and MNIST, a random hold-out would let the search see every writer.
        """
        held_out = max(1, round(len(self.training_images) * VALIDATION_PART))
        border = len(self.training_images) - held_out
        if border < 1:
            raise ValueError(f"{self.name}: too few training images to hold a part out")
        present = self.training_labels[:border].max()
        if self.training_labels[border:].max() > present:
            raise ValueError(
                f"{self.name}: the last quarter of the training part holds classes that the first "
                "three quarters lack, so a learning rate cannot be searched; shuffle the source, "
                "or give a single learning rate"
            )
        return replace(
            self,
            name=f"{self.name} (search)",
            training_images=self.training_images[:border],
            training_labels=self.training_labels[:border],
            test_images=self.training_images[border:],
            test_labels=self.training_labels[border:],
        )


def digits() -> ImageData:
    """Give scikit-learn's digits, first half against second half.

    The halves were written by different people, so the second half measures what a random split
    flatters: how well the network reads a hand it has not seen.
    """
    from sklearn.datasets import load_digits

    source = load_digits()
    images = source.images.astype(np.uint8)
    labels = source.target.astype(np.int64)
    half = len(images) // 2
    return ImageData("digits", images[:half], labels[:half], images[half:], labels[half:])
