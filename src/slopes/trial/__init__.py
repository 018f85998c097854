"""Trials: choose an activation and a loss by a controlled experiment."""

from slopes.trial.experiment import hold
from slopes.trial.outcome import Standing, Trial
from slopes.trial.problem import Problem
from slopes.trial.problems.images import ImageProblem
from slopes.trial.records import Candidate, CurvePoint, Metric, Plan, Run
from slopes.trial.torch_problem import TorchProblem

__all__ = [
    "Candidate",
    "CurvePoint",
    "ImageProblem",
    "Metric",
    "Plan",
    "Problem",
    "Run",
    "Standing",
    "TorchProblem",
    "Trial",
    "hold",
]
