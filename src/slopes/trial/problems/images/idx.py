"""Reader of IDX files, the format of MNIST and its relatives.

An IDX file is two zero bytes, a byte that names the element type, a byte that counts the
dimensions, each dimension as a big-endian 32-bit integer, and then the elements.
"""

import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_UNSIGNED_BYTE = 0x08
_TYPES = {0x08: "uint8", 0x09: "int8", 0x0B: "int16", 0x0C: "int32", 0x0D: "float32", 0x0E: "float64"}
_GZIP_MAGIC = b"\x1f\x8b"


def read_idx(path: Path, dimensions: int) -> NDArray[np.uint8]:
    """Read one IDX file of unsigned bytes, compressed by gzip or not.

    Parameters
    ----------
    path : Path
        The file. Compression is found from its content, not from its name.
    dimensions : int
        How many dimensions the array must have: 3 for images, 1 for labels.

    Returns
    -------
    numpy.ndarray
        The elements.

    Raises
    ------
    ValueError
        If the file is not such an IDX file, or is shorter or longer than it says.
    """
    content = _decompressed(path)
    if len(content) < 4:
        raise ValueError(f"{path}: {len(content)} bytes, an IDX file has a header of 4 or more")
    zeros, code, rank = struct.unpack(">HBB", content[:4])
    if zeros != 0 or code not in _TYPES:
        raise ValueError(
            f"{path}: the magic number is 0x{content[:4].hex()}, not that of an IDX file; "
            f"0x000008{dimensions:02x} is needed here"
        )
    if code != _UNSIGNED_BYTE:
        raise ValueError(
            f"{path}: the elements are {_TYPES[code]} (type byte 0x{code:02x}); "
            "only uint8 (0x08), as in MNIST, is read"
        )
    if rank != dimensions:
        raise ValueError(f"{path}: {rank} dimension(s), {dimensions} are needed here")
    start = 4 + 4 * rank
    if len(content) < start:
        raise ValueError(f"{path}: truncated inside its header, {len(content)} of {start} bytes")
    shape = struct.unpack(f">{rank}I", content[4:start])
    expected = math.prod(shape)
    found = len(content) - start
    if found != expected:
        state = "truncated" if found < expected else "too long"
        raise ValueError(f"{path}: {state}, {found} bytes of data where its shape {shape} needs {expected}")
    return np.frombuffer(content, dtype=np.uint8, offset=start).reshape(shape)


def read_split(folder: Path, prefix: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Read the images and labels of one split, ``train`` or ``t10k``.

    Raises
    ------
    FileNotFoundError
        If a file is missing; the message names it.
    ValueError
        If a file cannot be read, or images and labels differ in number.
    """
    images_path = find(folder, f"{prefix}-images-idx3-ubyte")
    labels_path = find(folder, f"{prefix}-labels-idx1-ubyte")
    images = read_idx(images_path, dimensions=3)
    labels = read_idx(labels_path, dimensions=1)
    if len(images) != len(labels):
        raise ValueError(
            f"{images_path.name} has {len(images)} images and {labels_path.name} has "
            f"{len(labels)} labels; the numbers must be equal"
        )
    return images, labels


def find(folder: Path, name: str) -> Path:
    """Find an IDX file by its name, with or without ``.gz``."""
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is not a folder")
    for candidate in (folder / name, folder / f"{name}.gz"):
        if candidate.is_file():
            return candidate
    raise FileNotFoundError(f"{folder} has no file {name} or {name}.gz")


def _decompressed(path: Path) -> bytes:
    content = path.read_bytes()
    if not content.startswith(_GZIP_MAGIC):
        return content
    try:
        return gzip.decompress(content)
    except (EOFError, OSError, zlib.error) as error:
        raise ValueError(f"{path}: truncated or damaged gzip data ({error})") from error
