"""Trials: choose an activation and a loss by a controlled experiment."""

from importlib import import_module
from typing import TYPE_CHECKING

from slopes.trial.experiment import hold
from slopes.trial.outcome import Standing, Trial
from slopes.trial.problem import Problem
from slopes.trial.problems.arrays import ArrayProblem
from slopes.trial.problems.images import ImageProblem
from slopes.trial.records import Candidate, CurvePoint, Metric, Plan, Run
from slopes.trial.torch_problem import TorchProblem

if TYPE_CHECKING:
    from slopes.trial.problems.keras_problem import KerasProblem
    from slopes.trial.problems.table import TableProblem

__all__ = [
    "ArrayProblem",
    "Candidate",
    "CurvePoint",
    "ImageProblem",
    "KerasProblem",
    "Metric",
    "Plan",
    "Problem",
    "Run",
    "Standing",
    "TableProblem",
    "TorchProblem",
    "Trial",
    "hold",
]

# Keras, with its framework, and pandas take seconds to import.
_LATE = {"KerasProblem": "slopes.trial.problems.keras_problem", "TableProblem": "slopes.trial.problems.table"}


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)
