"""How images are split and what is refused."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from slopes.trial.problems.images.data import ImageData


def make(labels: list[int], side: int = 8, test_side: int = 8) -> ImageData:
    count = len(labels)
    return ImageData(
        "made",
        np.zeros((count, side, side), np.uint8),
        np.array(labels, np.int64),
        np.zeros((2, test_side, test_side), np.uint8),
        np.array([0, 1], np.int64),
    )


def test_digits_are_split_in_the_middle_and_not_shuffled(digit_data: ImageData) -> None:
    source = load_digits()
    together = np.concatenate([digit_data.training_images, digit_data.test_images])
    np.testing.assert_array_equal(together, source.images)
    np.testing.assert_array_equal(digit_data.test_labels, source.target[898:])


def test_search_sees_the_training_half_only(digit_data: ImageData) -> None:
    search = digit_data.for_search()
    together = np.concatenate([search.training_images, search.test_images])
    np.testing.assert_array_equal(together, digit_data.training_images)
    assert len(search.test_images) == 224


def test_checksum_changes_with_one_pixel(digit_data: ImageData) -> None:
    images = digit_data.test_images.copy()
    images[0, 0, 0] += 1
    changed = ImageData(
        "digits", digit_data.training_images, digit_data.training_labels, images, digit_data.test_labels
    )
    assert changed.checksum != digit_data.checksum


@pytest.mark.parametrize(
    ("labels", "sides", "words"),
    [
        ([], (8, 8), "the training part has no images"),
        ([1, 1, 1, 1], (8, 8), "one class"),
        ([0, 1], (3, 3), "at least 4"),
        ([0, 1], (8, 9), "sizes must be equal"),
        ([0, -1, 1], (8, 8), "labels hold -1, outside the range 0 to 1"),
    ],
)
def test_refused_data(labels: list[int], sides: tuple[int, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make(labels, *sides)


def test_sorted_classes_cannot_be_searched() -> None:
    with pytest.raises(ValueError, match="shuffle the source"):
        make([0] * 5 + [1] * 4 + [2] * 3).for_search()
