"""Lines of the user's program."""

import linecache
import sys
from functools import lru_cache
from pathlib import Path

from slopes.doctor.scene import Place


@lru_cache(maxsize=4096)
def _within(file: str, folders: tuple[str, ...]) -> bool:
    return file.startswith((*folders, "<frozen"))


#: the folders of this library that a program's calls go through
OURS = tuple(
    str(Path(__file__).parents[1] / room) for room in ("api", "backends", "doctor", "keras", "torch")
)


def caller(inside: tuple[str, ...]) -> Place:
    """Return the innermost line that does not lie in one of these folders."""
    frame = sys._getframe(1)
    while frame.f_back is not None and _within(frame.f_code.co_filename, inside):
        frame = frame.f_back
    file, line = frame.f_code.co_filename, frame.f_lineno
    return Place(file, line, linecache.getline(file, line).strip())
