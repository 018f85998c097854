"""Speech enhancement, for trials."""

try:
    from slopes.trial.problems.audio.problem import AudioProblem
except ModuleNotFoundError as error:
    if error.name not in ("pystoi", "soundfile"):
        raise
    message = f'{error.name} is not installed; pip install "slopes[trial]" installs all that a trial needs'
    raise ModuleNotFoundError(message, name=error.name) from error

__all__ = ["AudioProblem"]
