"""Speech enhancement, for trials."""

from slopes.trial.problems.audio.problem import AudioProblem

__all__ = ["AudioProblem"]
