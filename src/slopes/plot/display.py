"""Showing a picture in a window."""

from collections.abc import Iterable

from matplotlib.backend_bases import FigureManagerBase

from slopes.api.function import Function
from slopes.plot.drawing import draw


class NoDisplay(RuntimeError):  # noqa: N818 - it reads as what went wrong
    """There is nowhere to show a window."""


def show(
    functions: Function | Iterable[Function],
    derivatives: bool = False,
    second: bool = False,
    start: float = -6,
    stop: float = 6,
) -> None:
    """Draw as `figure` does and show it in a window, until that is closed.

    Raises
    ------
    NoDisplay
        If Matplotlib finds no display, or its backend can only write files.
    """
    # pyplot chooses a backend when it is imported, which writing files does not need
    import matplotlib.pyplot as plt

    try:
        window = plt.figure()
    except ImportError as error:  # the backend that the user set needs a display
        raise NoDisplay(str(error)) from error
    try:
        # backends that open windows have managers of their own
        if type(window.canvas.manager) is FigureManagerBase:
            raise NoDisplay(f"Matplotlib's backend {plt.get_backend()} opens no windows")
        draw(window, functions, derivatives, second, start, stop)
        plt.show()
    finally:
        plt.close(window)
