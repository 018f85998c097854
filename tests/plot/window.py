"""A Matplotlib backend that opens windows, as far as Matplotlib can see."""

from typing import ClassVar

from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


class FigureManager(FigureManagerBase):
    shown: ClassVar[list[Figure]] = []

    def show(self) -> None:
        self.shown.append(self.canvas.figure)


class FigureCanvas(FigureCanvasAgg):
    manager_class = FigureManager
