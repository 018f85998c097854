"""How fast the functions are: ratios to other libraries, measured in turn within one run."""

from slopes.speed.cases import CASES, LOSSES, TIMED, Case, cases
from slopes.speed.memory import extra_peak
from slopes.speed.timing import Timing, race

__all__ = ["CASES", "LOSSES", "TIMED", "Case", "Timing", "cases", "extra_peak", "race"]
