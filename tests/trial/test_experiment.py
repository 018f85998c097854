"""Whole trials, small ones, through the Python interface."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from slopes.trial import ImageProblem, Trial, hold
from slopes.trial.problems.images.reading import idx_folder as read_idx_folder
from slopes.trial.records import Run

from .conftest import WriteFolder


def outcomes(trial: Trial) -> list[tuple[float | None, tuple[object, ...]]]:
    return [(run.value(trial.problem.metric), run.curve) for run in trial.runs]


def test_jobs_and_order_do_not_change_results() -> None:
    alone, together = (
        hold(
            ImageProblem(),
            activations=["relu", "tanh"],
            losses=["mse"],
            seeds=1,
            learning_rates=[0.003, 0.01],
            steps=12,
            jobs=jobs,
        )
        for jobs in (1, 2)
    )
    assert outcomes(alone) == outcomes(together)
    assert [run.plan for run in alone.runs] == [run.plan for run in together.runs]
    assert len(alone.runs) == 2 * (2 + 1)


def test_files(tmp_path: Path) -> None:
    trial = hold(
        ImageProblem(),
        activations=["relu", "swish"],
        losses=["cross_entropy", "mse"],
        seeds=2,
        learning_rates=[0.003, 0.01],
        steps=10,
        jobs=1,
        out=tmp_path,
    )
    names = {"report.html", "runs.json", "runs.csv", "summary.json", "outcomes.png", "learning_curves.png"}
    assert names < {path.name for path in tmp_path.iterdir()}
    for name in ("outcomes.png", "learning_curves.png"):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")
    record = json.loads((tmp_path / "runs.json").read_text())
    assert len(record["runs"]) == 4 * (2 + 2)
    assert record["data"]["sha256"] == trial.problem.checksum
    assert (record["data"]["training images"], record["data"]["test images"]) == (898, 899)
    assert set(record["versions"]) >= {"python", "numpy", "torch", "slopes"}
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["baseline"] == "relu + cross_entropy"
    assert [c["activation"] for c in summary["candidates"]] == ["relu", "relu", "silu", "silu"]
    for candidate in summary["candidates"]:
        own = [
            run["accuracy"]
            for run in record["runs"]
            if run["phase"] == "trial" and f"{run['activation']} + {run['loss']}" == candidate["name"]
        ]
        assert candidate["mean"] == pytest.approx(np.mean(own))
        assert len(own) == candidate["seeds"] == 2
    page = (tmp_path / "report.html").read_text()
    assert trial.command in page
    assert "Plotly.react" in page
    # No element loads anything: every source is in the file.
    assert not re.search(r"<(script|img|link|iframe)[^>]*\s(src|href)=", page)


def test_failed_runs_are_in_every_record(tmp_path: Path) -> None:
    trial = hold(
        ImageProblem(),
        activations=["relu"],
        losses=["cross_entropy", "mse"],
        seeds=1,
        learning_rates=[1e30],
        steps=10,
        jobs=1,
        out=tmp_path,
    )
    assert [run.status for run in trial.runs] == ["failed"] * 2
    record = json.loads((tmp_path / "runs.json").read_text())
    assert all(run["error"].startswith("FloatingPointError") for run in record["runs"])
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert [c["failed"] for c in summary["candidates"]] == [1, 1]
    assert [c["mean"] for c in summary["candidates"]] == [None, None]
    assert "became nan at step" in (tmp_path / "report.html").read_text()


def test_idx_data(idx_folder: WriteFolder) -> None:
    trial = hold(
        ImageProblem(read_idx_folder(idx_folder())),
        activations=["relu"],
        losses=["mse"],
        seeds=1,
        steps=3,
        jobs=1,
    )
    assert len(trial.runs) == trial.design.total_runs == 4
    assert all(run.status == "ok" for run in trial.runs)


def test_mnist(mnist_folder: Path) -> None:
    trial = hold(
        ImageProblem(read_idx_folder(mnist_folder)),
        activations=["relu"],
        losses=["cross_entropy"],
        seeds=1,
        learning_rates=[0.01],
        steps=150,
        jobs=1,
    )
    assert trial.runs[0].measures["accuracy"] > 0.94


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"activations": []}, "no activation is given"),
        ({"losses": []}, "no loss is given"),
        ({"learning_rates": []}, "no learning rate is given"),
        ({"activations": ["softmax"]}, "'softmax' works on a whole row"),
        ({"activations": ["mse"]}, "'mse' is a residual_loss, not an activation"),
        ({"losses": ["relu"]}, "'relu' is an activation, not a loss"),
        ({"losses": ["softmax"]}, "'softmax' is an activation, not a loss"),
        ({"activations": ["silu", "swish"]}, "'silu' and 'swish' are the same function, 'silu'"),
        ({"losses": ["mse", "mse"]}, "the same function"),
        ({"seeds": 0}, "0 seeds are given"),
        ({"steps": -1}, "-1 steps are given"),
        ({"jobs": 0}, "0 jobs are given"),
        ({"learning_rates": [0.0]}, "must be positive and finite"),
        ({"learning_rates": [float("nan")]}, "must be positive and finite"),
        ({"learning_rates": [0.1, 0.1]}, "given twice"),
        ({"fractions": [0.5, 2.0]}, "the fraction 2.0 is given; it must be positive and at most 1"),
    ],
)
def test_bad_input(options: dict[str, object], words: str) -> None:
    def never(_run: Run) -> None:
        raise AssertionError("something ran")

    with pytest.raises(ValueError, match=words):
        hold(ImageProblem(), **options, watch=never)  # type: ignore[arg-type]
