"""The command ``slopes trial null``; the outcomes of its training are made of numbers."""

import re

import numpy as np
import pytest
from typer.testing import CliRunner

from slopes.cli.trial import app
from slopes.trial.problems.images import ImageProblem
from slopes.trial.records import Plan


@pytest.fixture(autouse=True)
def _no_training(monkeypatch: pytest.MonkeyPatch) -> None:
    def train(_self: ImageProblem, plan: Plan, _record: object) -> dict[str, float]:
        return {"accuracy": 0.9 + 0.01 * np.random.default_rng(plan.seed).normal()}

    monkeypatch.setattr(ImageProblem, "train", train)


def test_it_says_how_often_nothing_was_found() -> None:
    result = CliRunner().invoke(app, ["null", "--runs", "30", "--trials", "300", "--candidates", "3"])
    assert result.exit_code == 0, result.output
    assert "under 4 names, looked at after 5 seeds" in result.output
    ties = re.search(r"nobody was called in (\d+) of 300 trials \(passed", result.output)
    found = re.search(r"found in (\d+) of 300 trials \(stated: 80%\)", result.output)
    assert ties
    assert int(ties[1]) >= 279
    assert found
    assert 220 < int(found[1]) < 265


def test_a_rule_that_calls_too_often_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    from slopes.trial import statistics

    # As a trial would be that takes 25 % for 5 %.
    monkeypatch.setattr(statistics, "spend", lambda looks: tuple(0.25 / len(looks) for _ in looks))
    result = CliRunner().invoke(app, ["null", "--runs", "30", "--trials", "300"])
    assert result.exit_code == 1
    assert "FAILED" in result.output


def test_most_seeds_below_the_first() -> None:
    result = CliRunner().invoke(app, ["null", "--max-seeds", "3"])
    assert result.exit_code == 2
    assert "at most 3 seeds are given; a trial starts with 5" in result.output
