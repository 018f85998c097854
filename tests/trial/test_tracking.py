"""Trials in TensorBoard and MLflow, where they are installed; one clear error where they are not."""

import sys
import types
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from slopes.trial.tracking import trackers
from slopes.trial.tracking.scalars import by_step, parameters

from .sample import FAILS, made_trial

TRIAL = made_trial()


def test_tensorboard_reads_what_is_written(tmp_path: Path) -> None:
    pytest.importorskip("tensorboard", reason="TensorBoard is not installed")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    runs = TRIAL.runs[-2:]
    (log,) = trackers(tensorboard=tmp_path)
    log(replace(TRIAL, runs=runs), tmp_path)
    folders = sorted({path.parent for path in tmp_path.rglob("events.*")})
    assert len(folders) == 2
    for folder, run in zip(folders, runs, strict=True):
        read = EventAccumulator(str(folder)).Reload()
        points = read.Scalars("training_score")
        assert [point.step for point in points] == [10, 20, 30]
        assert points[-1].value == pytest.approx(run.curve[-1].training_score)
        (end,) = read.Scalars("end/accuracy")
        assert (end.step, end.value) == (30, pytest.approx(run.measures["accuracy"]))


def test_a_missing_tracker_is_one_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("mlflow", "torch.utils.tensorboard"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ModuleNotFoundError, match=r"--mlflow needs MLflow.*pip install mlflow-skinny"):
        trackers(mlflow=True)
    with pytest.raises(
        ModuleNotFoundError, match=r"--tensorboard needs TensorBoard.*pip install tensorboard"
    ):
        trackers(tensorboard=tmp_path)
    assert trackers() == []


def test_mlflow_is_told_of_every_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said: list[tuple[str, Any]] = []

    class Started:
        def __enter__(self) -> None:
            said.append(("enter", None))

        def __exit__(self, *_: object) -> None:
            said.append(("exit", None))

    fake: Any = types.ModuleType("mlflow")
    for name in ("set_experiment", "log_params", "log_artifacts", "set_tag"):
        setattr(fake, name, lambda *given, name=name: said.append((name, given)))
    fake.log_metrics = lambda values, step=None: said.append(("log_metrics", (values, step)))
    fake.start_run = lambda run_name, nested=False: (
        said.append(("start_run", (run_name, nested))) or Started()
    )
    monkeypatch.setitem(sys.modules, "mlflow", fake)
    (log,) = trackers(mlflow=True)
    log(TRIAL, tmp_path)
    started = [given for name, given in said if name == "start_run"]
    assert len(started) == 1 + len(TRIAL.runs)
    assert [nested for _, nested in started] == [False] + [True] * len(TRIAL.runs)
    assert [given for name, given in said if name == "log_params"] == [(parameters(r),) for r in TRIAL.runs]
    errors = [given for name, given in said if name == "set_tag" and given[0] == "error"]
    failed = [run for run in TRIAL.runs if run.status == "failed"]
    assert errors == [("error", run.error) for run in failed]
    assert {run.plan.candidate for run in failed} == {FAILS}
    assert sum(name == "enter" for name, _ in said) == sum(name == "exit" for name, _ in said)


def test_a_point_tells_what_is_known() -> None:
    failed = next(run for run in TRIAL.runs if run.status == "failed")
    assert list(by_step(failed)) == [(1, {"training_loss": 9.0, "gradient_norm": 1.0})]
