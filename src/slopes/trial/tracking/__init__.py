"""Trials in the trackers that people already look at; each is imported only when it is asked for."""

from collections.abc import Callable
from pathlib import Path

from slopes.trial.outcome import Trial

#: Takes a finished trial and the folder of its report.
Tracker = Callable[[Trial, Path], None]


def trackers(*, mlflow: bool = False, tensorboard: Path | None = None) -> list[Tracker]:
    """Give the trackers that are asked for, before anything runs.

    Parameters
    ----------
    mlflow : bool
        Whether to send trials to MLflow, to the server or folder that its own settings name.
    tensorboard : Path, optional
        Where to write what ``tensorboard --logdir`` shows; what the folder holds already stays.

    Raises
    ------
    ModuleNotFoundError
        If one is not installed; the message says what to install.
    """
    result: list[Tracker] = []
    if mlflow:
        from slopes.trial.tracking.mlflow import connect

        result.append(connect())
    if tensorboard is not None:
        from slopes.trial.tracking.tensorboard import open_folder

        result.append(open_folder(tensorboard))
    return result
