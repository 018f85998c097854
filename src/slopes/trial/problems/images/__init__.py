"""Classifying images with a small convolutional network."""

from slopes.trial.problems.images.problem import ImageProblem

__all__ = ["ImageProblem"]
