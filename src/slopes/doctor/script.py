"""Run somebody's program as Python would, and watch it."""

import runpy
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from slopes.doctor.case import Case
from slopes.doctor.watching import watching


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
        with watching(case, steps):
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


def _print(error: BaseException, script: Path) -> None:
    """Print a traceback that begins in the script."""
    trace = error.__traceback__
    while trace is not None and Path(trace.tb_frame.f_code.co_filename) != script:
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace or error.__traceback__)
