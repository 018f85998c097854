"""Pictures of functions and their derivatives, by Matplotlib."""

from slopes.plot.display import NoDisplay, show
from slopes.plot.drawing import draw, figure

__all__ = ["NoDisplay", "draw", "figure", "show"]
