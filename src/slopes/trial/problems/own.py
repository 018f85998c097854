"""A problem of the user's own, from a module or a file."""

import importlib
import sys
import traceback
from pathlib import Path
from types import ModuleType

from slopes.trial.problem import Problem

DEFAULT_NAME = "problem"


def load(reference: str) -> Problem:
    """Give the problem that a module or a file of Python defines.

    Parameters
    ----------
    reference : str
        ``MODULE:NAME`` or ``FILE.py:NAME``. The name is that of a problem, of a class of problems or of
        a function without arguments that gives one; ``problem`` if not given. Modules are also found in
        the working folder, and a file is imported as ``python FILE.py`` finds its neighbours.

    Raises
    ------
    FileNotFoundError
        If there is no such file or module.
    ValueError
        If it cannot be imported, or does not give a problem.
    """
    place, _, name = reference.rpartition(":")
    if not place or name.endswith(".py"):
        place, name = reference, DEFAULT_NAME
    module = _from_file(Path(place)) if place.endswith(".py") else _from_name(place)
    if not hasattr(module, name):
        public = [known for known in vars(module) if not known.startswith("_")]
        raise ValueError(f"{place} has no {name!r}; it defines {', '.join(public) or 'nothing'}")
    found = getattr(module, name)
    if not isinstance(found, Problem) and callable(found):
        try:
            found = found()
        except Exception as error:
            raise ValueError(f"{name} of {place} fails: {_where(error)}") from error
    if not isinstance(found, Problem):
        raise ValueError(
            f"{name} of {place} gives {type(found).__name__}; an ArrayProblem, a KerasProblem or another "
            "slopes.trial.Problem is needed"
        )
    return found


def _from_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}")
    path = path.resolve()
    # By name and not by location, so that worker processes, which get this search path, find it too.
    module = _imported(path.stem, path.parent)
    if module.__file__ is None or Path(module.__file__).resolve() != path:
        raise ValueError(
            f"{path.name} has the name of another module, {path.stem} of {module.__file__}; rename it"
        )
    return module


def _from_name(name: str) -> ModuleType:
    try:
        return _imported(name, Path.cwd())
    except ModuleNotFoundError as error:
        raise FileNotFoundError(f"there is no module {name!r}, here or installed") from error


def _imported(name: str, folder: Path) -> ModuleType:
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(f"{error.name}.")):
            raise
        raise ValueError(f"{name} cannot be imported: {_where(error)}") from error
    except Exception as error:
        raise ValueError(f"{name} cannot be imported: {_where(error)}") from error


def _where(error: Exception) -> str:
    """Say what went wrong and in which line, since the command line shows one line."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(frame.filename).name}, line {frame.lineno})"
