"""Images from where people keep them: IDX files, a NumPy archive, a folder for each class."""

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from slopes.trial.problems import targets
from slopes.trial.problems.fetch import fetch, known
from slopes.trial.problems.images.data import ImageData
from slopes.trial.problems.images.idx import read_split

ENDINGS = (".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp")
#: The longer side of images from folders, unless a size is asked for: convolutions cost by the pixel.
LONGEST_SIDE = 64
TEST_SIZE = 0.25
_SPLIT_SEED, _ORDER_SEED = 10_000_006, 10_000_007
_ARRAYS = ("x_train", "y_train", "x_test", "y_test")
_IDX = "train-images-idx3-ubyte"

Images = NDArray[np.uint8]
Labels = NDArray[np.int64]


def read(source: str, size: int | None = None) -> ImageData:
    """Read images from a path, or fetch a set that is known by name.

    Parameters
    ----------
    source : str
        A folder of IDX files with MNIST's names; an ``.npz`` file with arrays ``x_train``, ``y_train``,
        ``x_test`` and ``y_test``; a folder that holds a folder of images for each class, perhaps inside
        ``train`` and ``test``; or the name of a set, such as ``mnist``, where no such path exists.
    size : int, optional
        Height and width that images of class folders are brought to.

    Raises
    ------
    FileNotFoundError
        If it is neither a path nor a name.
    ValueError
        If what is there cannot be read, or has a size of its own and another is asked for.
    """
    path = Path(source)
    folders = path.is_dir() and not any(path.glob(f"{_IDX}*")) and not any(path.glob("t10k-*"))
    if size is not None and path.exists() and not folders:
        raise ValueError(f"a size is given, which only images of class folders get; {source} holds others")
    if not path.exists():
        if source in known("images"):
            return idx_folder(fetch(source, "images"), source)
        raise FileNotFoundError(
            f"{source} is neither a path nor the name of a set; these are known: {', '.join(known('images'))}"
        )
    if path.is_file():
        return npz_file(path)
    return class_folders(path, size) if folders else idx_folder(path)


def idx_folder(folder: Path, name: str | None = None) -> ImageData:
    """Read a folder of IDX files with MNIST's names."""
    training_images, training_labels = read_split(folder, "train")
    test_images, test_labels = read_split(folder, "t10k")
    return ImageData(
        name or folder.resolve().name,
        training_images,
        training_labels.astype(np.int64),
        test_images,
        test_labels.astype(np.int64),
    )


def npz_file(path: Path) -> ImageData:
    """Read a NumPy archive with the names of Keras' mnist.npz.

    ``x_train`` and ``x_test`` are uint8 of shape (n, height, width), (n, height, width, 1) or
    (n, height, width, 3); ``y_train`` and ``y_test`` are integers of shape (n,) or (n, 1).
    """
    if path.suffix.lower() != ".npz" or not zipfile.is_zipfile(path):
        raise ValueError(f"{path} is not a NumPy archive (.npz); a folder or such a file is needed")
    with np.load(path, allow_pickle=False) as archive:
        missing = [name for name in _ARRAYS if name not in archive.files]
        if missing:
            raise ValueError(
                f"{path} has no array {', '.join(missing)}; it needs {', '.join(_ARRAYS)} and holds "
                f"{', '.join(archive.files) or 'nothing'}"
            )
        try:
            x, y, test_x, test_y = (archive[name] for name in _ARRAYS)
        except (ValueError, zipfile.BadZipFile) as error:  # objects, which could run code, or damage
            raise ValueError(f"{path} cannot be read: {error}") from error
    training, test = _images(path, "x_train", x), _images(path, "x_test", test_x)
    return ImageData(
        path.stem,
        training,
        _labels(path, "y_train", y, len(x)),
        test,
        _labels(path, "y_test", test_y, len(test_x)),
    )


def class_folders(folder: Path, size: int | None = None) -> ImageData:
    """Read a folder that holds a folder of images for each class.

    With sub-folders ``train`` and ``test``, each holds the classes; otherwise a quarter of each class
    is drawn to test on, always the same. Images are brought to one size: the median height and
    width, the longer side at most 64, or `size`. They are grey if all files are, else coloured.
    """
    parts = [folder / "train", folder / "test"]
    if all(part.is_dir() for part in parts):
        training, test = (_files_by_class(part) for part in parts)
        unknown = sorted(test.keys() - training.keys())
        if unknown:
            raise ValueError(f"{parts[1]} has a class {unknown[0]!r} that {parts[0]} lacks")
    else:
        training, test = _files_by_class(folder), {}
    if len(training) < 2:
        raise ValueError(f"{folder} holds one class, {next(iter(training))!r}; at least 2 folders are needed")
    names = sorted(training)
    paths, labels = _flattened(training, names)
    order = np.random.default_rng(_ORDER_SEED).permutation(len(paths))
    if test:
        test_paths, test_labels = _flattened(test, names)
        paths, labels = [paths[place] for place in order], labels[order]
    else:
        single = [name for name in names if len(training[name]) < 2]
        if single:
            raise ValueError(f"the class {single[0]!r} has one image; at least 2 are needed, one to test on")
        kept, held = targets.hold_out(labels, "classes", TEST_SIZE, _SPLIT_SEED)
        test_paths, test_labels = [paths[place] for place in held], labels[held]
        paths, labels = [paths[place] for place in kept], labels[kept]
    height, width, coloured = _common(paths, size)
    return ImageData(
        folder.resolve().name,
        _loaded(paths, height, width, coloured),
        labels,
        _loaded(test_paths, height, width, coloured),
        test_labels,
        {
            "images brought to": f"{height} x {width} pixels, {'coloured' if coloured else 'grey'}",
            "split": "by the folders train and test" if test else f"{TEST_SIZE:g} of each class at random",
        },
    )


def _images(path: Path, name: str, x: NDArray[np.generic]) -> Images:
    if x.dtype != np.uint8:
        raise ValueError(f"{path}: {name} is of type {x.dtype}; pixels must be uint8, from 0 to 255")
    return np.asarray(x[..., 0] if x.ndim == 4 and x.shape[3] == 1 else x)


def _labels(path: Path, name: str, y: NDArray[np.generic], count: int) -> Labels:
    if y.dtype.kind not in "iu" or y.shape not in ((count,), (count, 1)):
        raise ValueError(
            f"{path}: {name} is {y.dtype} of shape {y.shape}; integers of shape ({count},) are needed"
        )
    return y.reshape(-1).astype(np.int64)


def _files_by_class(folder: Path) -> dict[str, list[Path]]:
    result = {}
    for inner in sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")):
        files = sorted(path for path in inner.iterdir() if path.suffix.lower() in ENDINGS)
        if not files:
            raise ValueError(f"the class folder {inner} has no image ({', '.join(ENDINGS)})")
        result[inner.name] = files
    if not result:
        raise ValueError(
            f"{folder} holds no images: a folder of images for each class is needed, IDX files with "
            f"MNIST's names ({_IDX} and so on), or an .npz file"
        )
    return result


def _flattened(files: dict[str, list[Path]], names: Sequence[str]) -> tuple[list[Path], Labels]:
    paths = [path for name in names for path in files.get(name, ())]
    labels = [place for place, name in enumerate(names) for _ in files.get(name, ())]
    return paths, np.array(labels, np.int64)


def _common(paths: Iterable[Path], size: int | None) -> tuple[int, int, bool]:
    """Find the size that suits most images, and whether one of them has colours."""
    from PIL import Image

    sizes, coloured = [], False
    for path in paths:
        try:
            with Image.open(path) as image:
                sizes.append((image.height, image.width))
                coloured = coloured or image.mode not in ("1", "L", "LA")
        except (OSError, SyntaxError) as error:
            raise ValueError(f"{path} cannot be read as an image ({error})") from error
    if size is not None:
        return size, size, coloured
    height, width = np.median(sizes, axis=0)
    shrink = min(1.0, LONGEST_SIDE / max(height, width))
    return max(1, round(height * shrink)), max(1, round(width * shrink)), coloured


def _loaded(paths: Sequence[Path], height: int, width: int, coloured: bool) -> Images:
    from PIL import Image, ImageOps

    shape = (len(paths), height, width, 3) if coloured else (len(paths), height, width)
    result = np.empty(shape, np.uint8)
    for place, path in enumerate(paths):
        try:
            with Image.open(path) as image:
                if image.mode[0] in "IF":
                    raise ValueError(f"{path} has pixels of mode {image.mode}; those of 8 bits are read")
                upright = ImageOps.exif_transpose(image).convert("RGB" if coloured else "L")
                result[place] = np.asarray(upright.resize((width, height), Image.Resampling.BILINEAR))
        except (OSError, SyntaxError) as error:
            raise ValueError(f"{path} cannot be read as an image ({error})") from error
    return result
