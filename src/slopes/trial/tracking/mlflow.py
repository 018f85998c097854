"""Trials in MLflow: an experiment for the problem, a run for each run, its curve as metrics by step."""

from pathlib import Path

from slopes.trial.outcome import Trial
from slopes.trial.tracking import Tracker
from slopes.trial.tracking.scalars import by_step, parameters


def connect() -> Tracker:
    """Give what sends a trial to MLflow and attaches the files of its folder.

    Raises
    ------
    ModuleNotFoundError
        If MLflow is missing.
    """
    try:
        import mlflow
    except ImportError as error:
        raise ModuleNotFoundError(
            f"--mlflow needs MLflow, which cannot be imported ({error}); pip install mlflow-skinny"
        ) from error

    def log(trial: Trial, folder: Path) -> None:
        mlflow.set_experiment(f"slopes trial: {trial.problem.kind} ({trial.problem.name})")
        with mlflow.start_run(run_name="the trial"):
            mlflow.set_tag("command", trial.command)
            mlflow.log_artifacts(str(folder))
            for run in trial.runs:
                name = f"{run.plan.candidate.name}, {run.plan.phase}, seed {run.plan.seed}"
                with mlflow.start_run(run_name=name, nested=True):
                    mlflow.log_params(parameters(run))
                    mlflow.log_metrics(dict(run.measures))
                    for step, values in by_step(run):
                        mlflow.log_metrics(values, step=step)
                    mlflow.set_tag("status", run.status)
                    if run.error is not None:
                        mlflow.set_tag("error", run.error)

    return log
