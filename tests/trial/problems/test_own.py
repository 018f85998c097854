"""Problems of the user's own, from a file or a module, and what is refused."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from slopes.cli.trial import app
from slopes.cli.trial.own import HELP
from slopes.trial import ArrayProblem
from slopes.trial.problems.own import load

GOOD = """
import numpy as np
from torch import nn
from slopes.trial import ArrayProblem

def model(activation):
    return nn.Sequential(nn.Linear(2, 8), activation(), nn.Linear(8, 2))

class Mine(ArrayProblem):
    def __init__(self):
        x = np.random.default_rng(0).normal(size=(80, 2))
        super().__init__("mine", model, (x, (x[:, 0] > 0).astype(int)), steps=30)

def problem():
    return Mine()

ready = Mine()
number = 3

def broken():
    return 1 / 0
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    before = set(sys.modules)
    (tmp_path / "own_problem.py").write_text(GOOD)
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("own_"):
            del sys.modules[name]


@pytest.mark.parametrize(
    "reference", ["own_problem.py", "own_problem.py:Mine", "own_problem:ready", "own_problem"]
)
@pytest.mark.usefixtures("folder")
def test_every_way_to_name_a_problem(reference: str) -> None:
    found = load(reference)
    assert isinstance(found, ArrayProblem)
    assert found.name == "mine"


def test_trials_in_two_processes_from_the_command_line(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    paths = folder / "own_problem.py", folder / "elsewhere" / "own_elsewhere.py"
    shutil.copy(*paths)
    for path in paths:  # the second has workers of its own, which find its module
        arguments = [str(path), "--activations", "relu,tanh", "--losses", "hinge", "--seeds", "1"]
        arguments += ["--learning-rates", "0.03", "--jobs", "2", "--out", f"out-{path.stem}"]
        result = CliRunner().invoke(app, ["own", *arguments])
        assert result.exit_code == 0, result.stderr
        assert "Trial on mine" in result.stdout
        assert "failed" not in result.stdout


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("nothing.py", "there is no file nothing.py"),
        ("own_nothing:problem", "there is no module 'own_nothing', here or installed"),
        ("own_problem:nothing", "own_problem has no 'nothing'; it defines np, nn, ArrayProblem, model"),
        ("own_problem:number", "number of own_problem gives int; an ArrayProblem, a KerasProblem or another"),
        (
            "own_problem:broken",
            r"broken of own_problem fails: ZeroDivisionError: .* \(own_problem.py, line 21\)",
        ),
        ("own_wrong.py", r"own_wrong cannot be imported: ModuleNotFoundError: .*'own_missing'"),
        ("own_syntax.py", "own_syntax cannot be imported: SyntaxError"),
        ("json.py", "json.py has the name of another module, json of .*; rename it"),
    ],
)
def test_refused_references(folder: Path, reference: str, words: str) -> None:
    (folder / "own_wrong.py").write_text("import own_missing\n")
    (folder / "own_syntax.py").write_text("def (:\n")
    (folder / "json.py").write_text(GOOD)
    import json  # noqa: F401  # as it is whenever the command line runs

    with pytest.raises((ValueError, FileNotFoundError), match=words):
        load(reference)


def test_the_example_of_the_help_runs(folder: Path) -> None:
    lines = HELP[HELP.index("  import numpy") : HELP.index("Examples:")].replace("\b", "").splitlines()
    (folder / "own_help.py").write_text("\n".join(line[2:] for line in lines))
    import numpy as np

    np.savez(folder / "mine.npz", x=np.eye(60, 20), y=np.arange(60) % 3)
    found = load("own_help.py")
    assert (found.name, found.metric.name) == ("mine", "accuracy")
