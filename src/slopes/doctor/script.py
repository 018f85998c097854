"""Run somebody's program as Python would, and watch it."""

import runpy
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

from slopes.doctor.case import Case
from slopes.doctor.on_import import when_imported


def run(script: Path, arguments: Sequence[str], steps: int) -> tuple[Case, int | str | None]:
    """Run a script with arguments; return what was seen, and what it exited with.

    The script sees itself as ``__main__``, its own folder first on the path, and its own ``sys.argv``.
    An exception is printed as Python prints it, and counts as exit status 1.
    """
    case = Case()
    argv, path = sys.argv, sys.path[:]
    sys.argv = [str(script), *arguments]
    sys.path[0:1] = [str(script.resolve().parent)]
    try:
        with _watching(case, steps):
            runpy.run_path(str(script), run_name="__main__")
    except SystemExit as exit_:
        return case, exit_.code
    except KeyboardInterrupt:
        return case, 130
    except BaseException as error:
        _print(error, script)
        return case, 1
    finally:
        sys.argv, sys.path = argv, path
    return case, None


@contextmanager
def _watching(case: Case, steps: int) -> Iterator[None]:
    """Watch PyTorch, if it is installed, and Keras from when the program imports it."""
    with ExitStack() as stack:
        if find_spec("torch"):
            from slopes.doctor.watching_torch import Watch

            stack.enter_context(Watch(case, steps))

        def watch_keras() -> None:
            if hasattr(sys.modules["keras"], "Operation"):  # Keras 2 has none, and is not watched
                from slopes.doctor.watching_keras import Watch

                stack.enter_context(Watch(case, steps))

        stack.enter_context(when_imported("keras", watch_keras))
        yield


def _print(error: BaseException, script: Path) -> None:
    """Print a traceback that begins in the script."""
    trace = error.__traceback__
    while trace is not None and Path(trace.tb_frame.f_code.co_filename) != script:
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace or error.__traceback__)
