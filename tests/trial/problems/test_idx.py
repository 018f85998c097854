"""The IDX reader on files made here, on damaged ones and on the real MNIST."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from slopes.trial.problems.images.idx import read_idx
from slopes.trial.problems.images.reading import idx_folder as load_folder
from tests.trial.conftest import WriteFolder, idx_bytes

IMAGES = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
PACKED = gzip.compress(idx_bytes(IMAGES), mtime=0)  # without the time of day, which would enter a test's name


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_reads_what_was_written(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "images"
    path.write_bytes(pack(idx_bytes(IMAGES)))  # type: ignore[operator]
    np.testing.assert_array_equal(read_idx(path, dimensions=3), IMAGES)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "0 bytes"),
        (b"\x89PNG" + bytes(20), "magic number is 0x89504e47"),
        (b"\x00\x00\x07\x03" + bytes(20), "magic number is 0x00000703"),
        (idx_bytes(IMAGES.astype(np.int32), 0x0C), "the elements are int32"),
        (idx_bytes(IMAGES[0]), r"2 dimension\(s\), 3 are needed"),
        (idx_bytes(IMAGES)[:10], "truncated inside its header, 10 of 16 bytes"),
        (idx_bytes(IMAGES)[:-1], "truncated, 23 bytes of data where .* needs 24"),
        (idx_bytes(IMAGES) + b"x", "too long, 25 bytes"),
        (PACKED[:-9], "damaged gzip"),
        (PACKED[:12] + bytes(20), "damaged gzip"),
    ],
)
def test_damaged_files(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "images"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=words) as caught:
        read_idx(path, dimensions=3)
    assert str(path) in str(caught.value)


def test_folder(idx_folder: WriteFolder) -> None:
    data = load_folder(idx_folder())
    assert data.training_images.shape == (40, 8, 6)
    assert data.test_images.shape == (20, 8, 6)
    assert data.classes == 3


def test_missing_folder_and_missing_file(idx_folder: WriteFolder, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere is not a folder"):
        load_folder(tmp_path / "nowhere")
    folder = idx_folder()
    (folder / "t10k-labels-idx1-ubyte").unlink()
    with pytest.raises(FileNotFoundError, match="no file t10k-labels-idx1-ubyte or"):
        load_folder(folder)


def test_counts_must_agree(idx_folder: WriteFolder) -> None:
    folder = idx_folder(train_labels=np.zeros(39, dtype=np.uint8))
    with pytest.raises(ValueError, match=r"has 40 images and .* has 39 labels"):
        load_folder(folder)


def test_test_labels_must_be_known_classes(idx_folder: WriteFolder) -> None:
    folder = idx_folder(test_labels=np.full(20, 9, dtype=np.uint8))
    with pytest.raises(ValueError, match="test labels hold 9, outside the range 0 to 2"):
        load_folder(folder)


def test_one_class_cannot_be_classified(idx_folder: WriteFolder) -> None:
    zeros = np.zeros(40, dtype=np.uint8)
    with pytest.raises(ValueError, match="one class"):
        load_folder(idx_folder(train_labels=zeros, test_labels=zeros[:20]))


def test_mnist(mnist_folder: Path) -> None:
    data = load_folder(mnist_folder)
    assert data.training_images.shape == (60_000, 28, 28)
    assert data.test_images.shape == (10_000, 28, 28)
    # The first labels as LeCun's page shows them, and the pixel mean every tutorial prints.
    assert data.training_labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert data.training_images.mean() / 255 == pytest.approx(0.1307, abs=1e-4)
