"""Trials: choose an activation and a loss by a controlled experiment."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slopes.trial.experiment import Interrupted, Stage, hold
    from slopes.trial.outcome import Standing, Trial
    from slopes.trial.problem import Problem
    from slopes.trial.problems.arrays import ArrayProblem
    from slopes.trial.problems.images import ImageProblem
    from slopes.trial.problems.keras_problem import KerasProblem
    from slopes.trial.problems.table import TableProblem
    from slopes.trial.records import Candidate, CurvePoint, Metric, Plan, ProblemFacts, Run
    from slopes.trial.torch_problem import TorchProblem

__all__ = [
    "ArrayProblem",
    "Candidate",
    "CurvePoint",
    "ImageProblem",
    "Interrupted",
    "KerasProblem",
    "Metric",
    "Plan",
    "Problem",
    "ProblemFacts",
    "Run",
    "Stage",
    "Standing",
    "TableProblem",
    "TorchProblem",
    "Trial",
    "hold",
]

# Found when first asked for: a worker process imports its problem alone, and neither what a report is
# drawn with nor, where the problem is not PyTorch's, PyTorch.
_ROOMS = {
    "experiment": ("Interrupted", "Stage", "hold"),
    "outcome": ("Standing", "Trial"),
    "problem": ("Problem",),
    "problems.arrays": ("ArrayProblem",),
    "problems.images": ("ImageProblem",),
    "problems.keras_problem": ("KerasProblem",),
    "problems.table": ("TableProblem",),
    "records": ("Candidate", "CurvePoint", "Metric", "Plan", "ProblemFacts", "Run"),
    "torch_problem": ("TorchProblem",),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'slopes.trial' has no attribute {name!r}")
    return getattr(import_module(f"slopes.trial.{_ROOM_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
