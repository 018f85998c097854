"""Trials: choose an activation and a loss by a controlled experiment."""

from slopes.trial.image_trial import images
from slopes.trial.outcome import Standing, Trial
from slopes.trial.records import Candidate, CurvePoint, Plan, Run

__all__ = ["Candidate", "CurvePoint", "Plan", "Run", "Standing", "Trial", "images"]
