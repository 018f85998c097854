"""How exact the functions are: errors in units in the last place, over all floats of a dtype."""

from slopes.accuracy.inputs import blocks
from slopes.accuracy.sweep import Errors, Worst, sweep
from slopes.accuracy.table import markdown

__all__ = ["Errors", "Worst", "blocks", "markdown", "sweep"]
