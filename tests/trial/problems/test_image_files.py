"""Images from NumPy archives and from folders of classes, and what is refused."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from slopes.trial import Candidate, ImageProblem, Plan
from slopes.trial.problems.images.reading import class_folders, read
from tests.trial.conftest import WriteFolder

SHADES = {"bright": 200, "dark": 30, "middle": 110}


def archive(folder: Path, **changes: Any) -> Path:
    random = np.random.default_rng(0)
    content = {
        "x_train": random.integers(0, 256, (30, 8, 6), np.uint8),
        "y_train": np.arange(30) % 3,
        "x_test": random.integers(0, 256, (9, 8, 6), np.uint8),
        "y_test": np.arange(9) % 3,
        **changes,
    }
    np.savez(folder / "mine.npz", **{name: array for name, array in content.items() if array is not None})
    return folder / "mine.npz"


def photos(folder: Path, count: int = 12, size: tuple[int, int] = (20, 10), mode: str = "L") -> Path:
    """Write a folder of images for each shade, all a little different."""
    for name, shade in SHADES.items():
        (folder / name).mkdir(parents=True)
        for place in range(count):
            colour = (shade + place) if mode == "L" else (shade + place, 0, shade)
            Image.new(mode, size, colour).save(folder / name / f"{place}.png")
    return folder


def test_an_archive_is_read_as_it_is(tmp_path: Path) -> None:
    path = archive(tmp_path)
    data = read(str(path))
    with np.load(path) as content:
        np.testing.assert_array_equal(data.training_images, content["x_train"])
        np.testing.assert_array_equal(data.test_labels, content["y_test"])
    assert (data.name, data.classes, data.channels) == ("mine", 3, 1)


def test_an_archive_of_coloured_images_trains(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    train, test = (random.integers(0, 256, (n, 8, 9, 3), np.uint8) for n in (30, 9))
    labels = (np.arange(30)[:, None] % 3).astype(np.uint8)
    data = read(str(archive(tmp_path, x_train=train, x_test=test, y_train=labels)))
    problem = ImageProblem(data)
    assert problem.description()["pixels"] == "8 x 9, coloured"
    plan = Plan(Candidate("relu", "cross_entropy"), 0.01, seed=0, steps=3, phase="trial")
    assert 0 <= problem.train(plan, lambda _: None)["accuracy"] <= 1
    [(batch, _)] = problem.batches(Plan(plan.candidate, 0.01, 0, 1, "trial"), torch.Generator())
    assert batch.shape == (30, 3, 8, 9)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"x_test": None}, "has no array x_test; it needs x_train, y_train, x_test, y_test and holds"),
        ({"x_train": np.zeros((30, 8, 6))}, "x_train is of type float64; pixels must be uint8"),
        ({"y_train": np.zeros(29, int)}, r"y_train is int64 of shape \(29,\); integers of shape \(30,\)"),
        ({"y_test": np.zeros(9)}, "y_test is float64"),
        ({"y_test": np.array([None] * 9)}, "cannot be read: Object arrays"),
        ({"x_train": np.zeros((30, 8, 6, 4), np.uint8)}, r"of shape \(30, 8, 6, 4\); \(n, height, width\)"),
        ({"y_train": np.zeros(30, int)}, "outside the range|one class"),
    ],
)
def test_refused_archives(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read(str(archive(tmp_path, **changes)))


def test_a_file_that_is_no_archive_and_a_name_that_is_no_set(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(b"no")
    with pytest.raises(ValueError, match="is not a NumPy archive"):
        read(str(tmp_path / "a.npz"))
    with pytest.raises(ValueError, match="a size is given, which only images of class folders get"):
        read(str(archive(tmp_path)), 16)
    with pytest.raises(FileNotFoundError, match=r"mnits is neither a path nor the name of a set; .* mnist"):
        read("mnits")


def test_idx_folders_are_found(idx_folder: WriteFolder) -> None:
    assert read(str(idx_folder())).classes == 3


def test_class_folders(tmp_path: Path) -> None:
    data = read(str(photos(tmp_path / "photos")))
    assert data.training_images.shape == (27, 10, 20)
    assert data.test_images.shape == (9, 10, 20)
    assert dict(data.origin) == {
        "images brought to": "10 x 20 pixels, grey",
        "split": "0.25 of each class at random",
    }
    shades = np.array(list(SHADES.values()))  # classes are the sorted names
    for images, labels in (
        (data.training_images, data.training_labels),
        (data.test_images, data.test_labels),
    ):
        assert set(labels) == {0, 1, 2}
        assert ((images[:, 0, 0] - shades[labels]) < 12).all()
    together = np.concatenate([data.training_images, data.test_images])[:, 0, 0]
    assert sorted(together) == sorted(shade + place for shade in SHADES.values() for place in range(12))
    assert data.checksum == class_folders(tmp_path / "photos").checksum


def test_train_and_test_folders_and_a_size(tmp_path: Path) -> None:
    photos(tmp_path / "train", size=(300, 150), mode="RGB")
    photos(tmp_path / "test", count=2, size=(30, 30))
    data = read(str(tmp_path))
    assert data.training_images.shape == (36, 32, 64, 3)
    assert data.test_images.shape == (6, 32, 64, 3)
    assert data.origin["split"] == "by the folders train and test"
    assert len(set(data.training_labels[:9])) == 3  # not sorted by class, or the search could not split
    assert class_folders(tmp_path, 16).test_images.shape == (6, 16, 16, 3)


def test_a_photograph_is_turned_upright(tmp_path: Path) -> None:
    folder = photos(tmp_path / "photos", size=(16, 16))
    image = Image.new("L", (16, 16), 30)
    image.paste(250, (0, 0, 16, 4))
    exif = Image.Exif()
    exif[0x0112] = 3  # turned by half
    for path in (folder / "dark").iterdir():
        image.save(path, exif=exif)
    data = class_folders(folder)
    upright = data.training_images[data.training_labels == 1][0]
    assert upright[0, 0] == 30
    assert upright[-1, 0] == 250


def test_refused_folders(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="empty holds no images: a folder of images for each class"):
        read(str(tmp_path / "empty"))
    folder = photos(tmp_path / "photos")
    (folder / "dark" / "x.png").write_bytes(b"no image")
    with pytest.raises(ValueError, match=r"x\.png cannot be read as an image"):
        read(str(folder))
    (folder / "dark" / "x.png").write_bytes((folder / "dark" / "0.png").read_bytes()[:50])
    with pytest.raises(ValueError, match=r"x\.png cannot be read as an image"):
        read(str(folder))
    (folder / "dark" / "x.png").unlink()
    Image.fromarray(np.zeros((10, 20), np.uint16)).save(folder / "dark" / "x.png")
    with pytest.raises(ValueError, match="pixels of mode I;16"):
        read(str(folder))
    for path in (folder / "dark").iterdir():
        path.unlink()
    with pytest.raises(ValueError, match=r"the class folder .*dark has no image"):
        read(str(folder))
    Image.new("L", (20, 10)).save(folder / "dark" / "0.png")
    with pytest.raises(ValueError, match="the class 'dark' has one image; at least 2"):
        read(str(folder))
    (folder / "dark" / "0.png").unlink()
    (folder / "dark").rmdir()
    (folder / "middle").rename(tmp_path / "middle")
    with pytest.raises(ValueError, match="holds one class, 'bright'"):
        read(str(folder))
