"""Trials in TensorBoard: a folder for each run, with its curve and its measures."""

from pathlib import Path

from slopes.trial.outcome import Trial
from slopes.trial.tracking import Tracker
from slopes.trial.tracking.scalars import by_step, parameters


def open_folder(target: Path) -> Tracker:
    """Give what writes a trial where ``tensorboard --logdir target`` shows it.

    Raises
    ------
    ModuleNotFoundError
        If TensorBoard is missing.
    """
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise ModuleNotFoundError(
            f"--tensorboard needs TensorBoard, which cannot be imported ({error}); pip install tensorboard"
        ) from error

    def log(trial: Trial, _folder: Path) -> None:
        for run in trial.runs:
            plan = run.plan
            name = f"{plan.candidate.name}/{plan.phase} {plan.fraction:g} {plan.learning_rate:g} {plan.seed}"
            with SummaryWriter(str(target / name.replace(" ", "_"))) as writer:
                for step, values in by_step(run):
                    for measure, value in values.items():
                        writer.add_scalar(measure, value, step)
                for measure, value in run.measures.items():
                    writer.add_scalar(f"end/{measure}", value, plan.steps)
                text = {**parameters(run), "status": run.status, "error": run.error or ""}
                for word, said in text.items():
                    writer.add_text(word, str(said))

    return log
