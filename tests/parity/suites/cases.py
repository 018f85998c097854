"""Cases of a peer's suite: which of our functions each of them called, and how it ended."""

import unittest
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any
from unittest import mock

import numpy as np

import slopes


@dataclass(frozen=True)
class Outcome:
    """How one case ended."""

    case: str
    called: tuple[str, ...]  #: our functions
    missing: tuple[str, ...]  #: functions that it needs and that are not in our register
    error: str = ""  #: the last line of the failure; "" for a case that passed


class NotHereYet(Exception):  # noqa: N818 - it reads as what it says
    """A function that is not in our register."""


@dataclass
class Ours:
    """Our functions by name, `ours.silu`, as shims call them; it notes which were asked for."""

    called: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # Python's own questions, of `inspect` for one
            raise AttributeError(name)
        try:
            function = slopes.get(name)
        except slopes.UnknownName:
            self.missing.add(name)
            raise NotHereYet(name) from None
        self.called.add(function.name)
        return function


ours = Ours()


@contextmanager
def strict() -> Iterator[None]:
    """Make a warning an error where our code raises it; a peer's test may overflow as it likes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.filterwarnings("error", module=r"slopes\b")
        yield


def outcome(case: str, run: Callable[[], str]) -> Outcome:
    """Run one case, which returns its error, and note what it asked of our register."""
    ours.called.clear()
    ours.missing.clear()
    np.random.seed(0)  # the peers draw from the global generator
    with strict():
        error = run()
    return Outcome(case, tuple(sorted(ours.called)), tuple(sorted(ours.missing)), error)


def run_unittests(module: ModuleType, target: ModuleType, shims: Mapping[str, Any]) -> list[Outcome]:
    """Run the unittest cases of a peer's test module while `target` holds our shims."""
    with mock.patch.multiple(target, **shims):
        suite = unittest.defaultTestLoader.loadTestsFromModule(module)
        return [outcome(_name(test), lambda test=test: _error(test)) for test in _flat(suite)]


def _flat(suite: unittest.TestSuite) -> Iterator[unittest.TestCase]:
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from _flat(test)
        else:
            yield test


def _name(test: unittest.TestCase) -> str:
    return f"{type(test).__name__}.{test._testMethodName}"


class _Result(unittest.TestResult):
    """Keeps the first exception of a case."""

    error: BaseException | None = None

    def addError(self, test: Any, err: Any) -> None:  # noqa: N802 - unittest's name
        super().addError(test, err)
        self.error = self.error or err[1]

    addFailure = addError  # noqa: N815


def _error(test: unittest.TestCase) -> str:
    result = _Result()
    test.run(result)
    if result.error is not None:
        return described(result.error)
    return "skipped" if result.skipped else ""


def described(error: BaseException) -> str:
    """Return an exception in one line: its type, and where its message begins and ends."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [""]
    return f"{type(error).__name__}: {' ... '.join(dict.fromkeys((lines[0], lines[-1])))}"
