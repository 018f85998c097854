"""Trials in MLflow: an experiment for the problem, a run for each run, its curve as metrics by step."""

from pathlib import Path

from slopes.trial.outcome import Trial
from slopes.trial.tracking.scalars import by_step, parameters


def log(trial: Trial, folder: Path) -> None:
    """Send a trial to MLflow, to the server or folder that its own settings name.

    Parameters
    ----------
    trial : Trial
        A finished trial.
    folder : Path
        Its report, records and pictures, which are attached.

    Raises
    ------
    ModuleNotFoundError
        If MLflow is missing.
    """
    try:
        import mlflow
    except ImportError as error:
        raise ModuleNotFoundError(
            f"--mlflow needs MLflow, which cannot be imported ({error}); pip install mlflow-skinny",
            name="mlflow",
        ) from error
    mlflow.set_experiment(f"slopes trial: {trial.problem.kind} ({trial.problem.name})")
    with mlflow.start_run(run_name="the trial"):
        mlflow.log_param("command", trial.command)
        mlflow.log_artifacts(str(folder))
        for run in trial.runs:
            with mlflow.start_run(
                run_name=f"{run.plan.candidate.name}, {run.plan.phase}, seed {run.plan.seed}", nested=True
            ):
                mlflow.log_params(parameters(run))
                mlflow.log_metrics(dict(run.measures))
                for step, values in by_step(run):
                    mlflow.log_metrics(values, step=step)
                mlflow.set_tag("status", run.status)
                if run.error is not None:
                    mlflow.set_tag("error", run.error)
