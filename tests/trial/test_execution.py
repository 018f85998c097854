"""Runs in processes and on a cluster, and what befalls them."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from slopes.trial import Candidate, Plan, Run
from slopes.trial.execution import InProcess, hire, perform

from .tiny import TinyProblem, begun


def plans(*activations: str, seeds: int = 1) -> list[Plan]:
    return [Plan(Candidate(a, "mse"), 0.1, seed, 100, "trial") for a in activations for seed in range(seeds)]


def carried_out(problem: TinyProblem, wanted: list[Plan], **workers: Any) -> dict[Plan, Run]:
    with hire(**workers) as hired:
        runs = {run.plan: run for run in hired.carry_out(wanted, problem)}
    assert runs.keys() == set(wanted)
    return runs


def results(runs: dict[Plan, Run]) -> dict[Plan, Any]:
    return {plan: (run.measures, run.curve, run.error) for plan, run in runs.items()}


def test_a_run_holds_only_numbers(tmp_path: Path) -> None:
    run = perform(plans("relu")[0], TinyProblem(tmp_path))
    assert run.measures.keys() == {"score", "width"}
    assert [point.gradient_norm for point in run.curve] == [None, 0.1]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ({"other": 1.0}, "ValueError: tiny measured other, not its metric score"),
        ({}, "ValueError: tiny measured nothing, not its metric score"),
        ({"score": float("nan")}, "FloatingPointError: the score is nan"),
    ],
)
def test_a_run_without_its_metric_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: dict[str, float], words: str
) -> None:
    monkeypatch.setattr(TinyProblem, "train", lambda *_: outcome)
    run = perform(plans("relu")[0], TinyProblem(tmp_path))
    assert (run.status, run.error, run.measures) == ("failed", words, {})


def test_processes_give_what_one_gives_and_outlive_killed_workers(tmp_path: Path) -> None:
    wanted = plans("relu", "tanh", "silu", "gelu", seeds=2)[:-1]
    trouble = {"tanh": "killed once", "silu": "no memory", "gelu": "killed"}
    got = carried_out(TinyProblem(tmp_path, trouble=trouble), wanted, jobs=2)
    calm = {"silu": "no memory"}
    wished = carried_out(TinyProblem(tmp_path, trouble=calm), wanted, jobs=1)
    lost = got.pop(wanted[-1])
    assert lost.error == "the process was ended by SIGKILL, which the system does where memory runs out"
    del wished[wanted[-1]]
    assert results(got) == results(wished)
    assert got[wanted[4]].error == "MemoryError: no room for 1 TB"


def test_workers_that_grow_are_replaced_without_a_word(tmp_path: Path) -> None:
    problem, wanted = TinyProblem(tmp_path, trouble={"relu": "grows"}), plans("relu", seeds=6)
    got: dict[Plan, Run] = {}
    thread = threading.Thread(target=lambda: got.update(carried_out(problem, wanted, jobs=2)), daemon=True)
    thread.start()
    thread.join(timeout=120)  # a warning that ended joblib's thread would keep the runs for ever
    assert [run.error for run in got.values()] == [None] * 6


def test_a_problem_that_cannot_be_sent_is_said_so(tmp_path: Path) -> None:
    problem = TinyProblem(tmp_path, trouble={"relu": threading.Lock()})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match=r"tiny cannot be sent to other processes \(.*lock.*\); give jobs=1"):
        carried_out(problem, plans("relu", "tanh"), jobs=2)


def test_workers_that_there_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="0 jobs are given; at least 1 is needed"):
        hire(0)
    with pytest.raises(ValueError, match="there is no cluster 'slurm'; there is ray"):
        hire(cluster="slurm")
    assert isinstance(hire(1), InProcess)
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.delitem(sys.modules, "slopes.trial.execution_ray", raising=False)
    with pytest.raises(ModuleNotFoundError, match=r'pip install "slopes\[cluster\]"'):
        hire(cluster="ray")


@pytest.mark.skipif(os.name != "posix", reason="kills a worker by a POSIX signal")
# Ray forks its daemons, against which JAX warns where other tests have imported it.
@pytest.mark.filterwarnings("ignore:os.fork:RuntimeWarning")
def test_a_ray_cluster_gives_the_same_and_does_the_run_of_a_killed_worker_again(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray", reason="the extra cluster is not installed")
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    wanted = plans("relu", "tanh", "silu", seeds=2)
    calm = TinyProblem(tmp_path, trouble={"silu": "NaN"})
    with hire(jobs=2, cluster="ray") as hired:
        assert hired.count == 2
        quiet = {run.plan: run for run in hired.carry_out(wanted, calm)}
        assert capfd.readouterr() == ("", "")
        (tmp_path / "begun").unlink()
        troubled = TinyProblem(tmp_path, trouble={"tanh": "killed once", "silu": "NaN"})
        got = {run.plan: run for run in hired.carry_out(wanted, troubled)}
    # One run began twice: that of the worker that was killed.
    assert len(begun(tmp_path)) == len(wanted) + 1
    alone = carried_out(calm, wanted, jobs=1)
    assert results(got) == results(quiet) == results(alone)


def test_a_worker_of_another_framework_imports_no_torch() -> None:
    program = "import sys, slopes.trial.execution_processes; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
