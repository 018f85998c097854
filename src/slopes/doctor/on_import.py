"""Doing something when a program imports a package, without importing it before."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any


class _Finder(MetaPathFinder):
    def __init__(self, package: str, then: Callable[[], None]) -> None:
        self.package, self.then = package, then

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the package as Python would, with something more to do when it is loaded."""
        if fullname != self.package:
            return None
        found = PathFinder.find_spec(fullname, path, target)
        loader: Any = found.loader if found else None
        if loader is not None:
            load = loader.exec_module

            def loaded(module: ModuleType) -> None:
                load(module)
                self.then()

            loader.exec_module = loaded
        return found


@contextmanager
def when_imported(package: str, then: Callable[[], None]) -> Iterator[None]:
    """Inside the block, call `then` once the package is imported: now, or when the program does it."""
    if package in sys.modules:
        then()
        yield
        return
    finder = _Finder(package, then)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
