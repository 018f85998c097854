"""Small inputs that the trial's tests share."""

import gzip
import os
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from slopes.trial.problems.images.data import ImageData, digits
from slopes.trial.problems.images.problem import ImageProblem

WriteFolder = Callable[..., Path]


def idx_bytes(array: NDArray[np.generic], code: int = 0x08) -> bytes:
    """Write an array as IDX, independently of the reader."""
    header = struct.pack(">HBB", 0, code, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    return header + array.tobytes()


@pytest.fixture
def idx_folder(tmp_path: Path) -> WriteFolder:
    """Give a function that writes a small folder with MNIST's names, half of it compressed."""

    def write(train_labels: object = None, test_labels: object = None) -> Path:
        random = np.random.default_rng(0)
        folder = tmp_path / "idx"
        folder.mkdir()
        for prefix, count, given in (("train", 40, train_labels), ("t10k", 20, test_labels)):
            images = random.integers(0, 256, (count, 8, 6), dtype=np.uint8)
            labels = np.arange(count, dtype=np.uint8) % 3 if given is None else given
            (folder / f"{prefix}-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx_bytes(images)))
            (folder / f"{prefix}-labels-idx1-ubyte").write_bytes(idx_bytes(np.asarray(labels)))
        return folder

    return write


@pytest.fixture(scope="session")
def digit_data() -> ImageData:
    """Give scikit-learn's digits."""
    return digits()


@pytest.fixture(scope="session")
def digit_problem(digit_data: ImageData) -> ImageProblem:
    """Give the problem of classifying the digits."""
    return ImageProblem(digit_data)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Give the folder of real data sets."""
    root = os.environ.get("SLOPES_TEST_DATA")
    if root is None:
        pytest.skip("SLOPES_TEST_DATA does not name the folder of real data sets")
    return Path(root)


@pytest.fixture(scope="session")
def mnist_folder(data_folder: Path) -> Path:
    """Give the folder of the real MNIST files."""
    return data_folder / "mnist-idx"
