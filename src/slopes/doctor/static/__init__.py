"""Reading programs of PyTorch, Keras and TensorFlow without running them."""

import ast
from collections.abc import Iterable, Iterator
from linecache import checkcache
from pathlib import Path

from slopes.doctor.case import ORDER
from slopes.doctor.scene import Finding, Place
from slopes.doctor.static.interpreter import Reader
from slopes.doctor.static.rules import judge

__all__ = ["files_in", "read"]

#: what a file of Python 2 is known by, where it is no Python 3
OLD = ("Missing parentheses in call to 'print'", "multiple exception types must be parenthesized")


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files, and all .py files of the folders."""
    for path in paths:
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def read(file: Path) -> tuple[list[Finding], int]:
    """Return what the source of a program proves, the worst first, and how many losses were understood.

    Parameters
    ----------
    file : Path
        A program of PyTorch, Keras 1 to 3 or tf.keras. It is not run, and may import what is not installed.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If it is no Python 3; a file of Python 2 is called so.
    """
    checkcache()  # the file may have changed since it was read last
    try:
        source = file.read_text(encoding="utf-8-sig")
        reader = Reader(str(file), source)
    except UnicodeDecodeError as error:
        raise ValueError(f"{file} is not UTF-8: {error.reason} at byte {error.start}") from None
    except SyntaxError as error:
        what = str(error.msg)
        if any(words in what for words in OLD) or _looks_old(source):
            raise ValueError(
                f"{file}, line {error.lineno}, is Python 2, which cannot be read; 2to3 translates it"
            ) from None
        raise ValueError(f"{file}, line {error.lineno}, is no Python: {what}") from None
    except ValueError as error:  # ast says so of null bytes
        raise ValueError(f"{file} is no Python: {error}") from None
    reader.read()
    found: dict[tuple[str, Place], Finding] = {}
    for pairing in reader.pairings:
        for finding in judge(pairing):  # a mistake once, however many losses meet it
            found.setdefault((finding.name, finding.place), finding)
    places = {(p.place, p.loss.place) for p in reader.pairings if p.path}
    return sorted(found.values(), key=lambda f: (ORDER[f.severity], int(f.code[1:]), f.place)), len(places)


def _looks_old(source: str) -> bool:
    """Whether a source that is no Python 3 has statements that only Python 2 has."""
    for line in source.splitlines():
        words = line.strip()
        if words.startswith(("print ", 'print"', "print'", "exec ", "raise ")) and "(" not in words[:7]:
            try:
                ast.parse(words)
            except SyntaxError:
                return True
    return False
