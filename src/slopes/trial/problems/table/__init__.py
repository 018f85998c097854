"""Learning one column of a table from the others."""

from slopes.trial.problems.table.problem import TableProblem
from slopes.trial.problems.table.reading import Table, read

__all__ = ["Table", "TableProblem", "read"]
