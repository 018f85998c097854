"""How a trial is fitted into a time."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from slopes.trial import Candidate, Run, experiment, hold
from slopes.trial.budget import fit, pilot_plans, seconds
from slopes.trial.design import Design

from .tiny import TinyProblem, begun

RELU, TANH = Candidate("relu", "mse"), Candidate("tanh", "mse")
DESIGN = Design((RELU, TANH), (0.1, 0.2), tuple(range(10)), 1000, looks=(10,))


def pilot(design: Design, workers: int = 1, start: float = 1.0, step: float = 0.01) -> list[Run]:
    """Runs that take as long to begin and for each step as is said; tanh's steps twice as long."""
    return [
        Run(plan, {"score": 1.0}, (), start + plan.steps * step * (1 + (plan.candidate == TANH)), None)
        for plan in pilot_plans(design, workers)
    ]


def fitted(budget: float, design: Design = DESIGN, workers: int = 1, **clock: float) -> tuple[Design, str]:
    return fit(design, pilot(design, workers, **clock), budget, workers, confirm=True)


def true_seconds(design: Design, start: float = 1.0, step: float = 0.01) -> float:
    """The time of the pilot and of the whole trial, with a confirmation, by one worker."""
    relu, tanh = start + design.steps * step, start + 2 * design.steps * step
    runs = (len(design.learning_rates) + 2 * len(design.seeds)) * (relu + tanh)
    return runs + sum(run.seconds for run in pilot(DESIGN))


@pytest.mark.parametrize(
    ("budget", "seeds", "steps"), [(1000, 10, 1000), (540, 6, 1000), (310, 3, 1000), (200, 3, 600)]
)
def test_seeds_are_cut_before_steps(budget: float, seeds: int, steps: int) -> None:
    design, note = fitted(budget)
    assert (len(design.seeds), design.candidates, design.learning_rates) == (
        seeds,
        DESIGN.candidates,
        DESIGN.learning_rates,
    )
    assert design.steps == pytest.approx(steps, rel=0.05)
    assert design.looks == (seeds,)
    assert 0.7 * budget < true_seconds(design) < budget or design == DESIGN
    assert ("nothing was cut" in note) == (design == DESIGN)
    assert ("seeds from 10 to" in note) == (seeds < 10)
    assert (f"steps from 1000 to {design.steps}" in note) == (steps < 1000)


def test_the_smallest_budget_that_is_named_is_enough() -> None:
    words = r"a budget of 60 s is too small: 2 candidates at 2 learning rates, with 3 seeds and 250 steps, "
    with pytest.raises(
        ValueError, match=words + r"take about (\d+) s; give that or more, or fewer"
    ) as caught:
        fitted(60)
    named = int(str(caught.value).partition("take about ")[2].split()[0])
    design, _ = fitted(named)
    assert len(design.seeds) == 3
    assert design.steps in (250, 251)
    with pytest.raises(ValueError, match="too small"):
        fitted(named - 1)


def test_more_workers_more_seeds_and_fewer_for_looks_and_fractions() -> None:
    alone = len(fitted(400)[0].seeds)
    assert len(fitted(400, workers=2)[0].seeds) > alone
    assert len(fitted(400, replace(DESIGN, fractions=(0.1, 1.0)))[0].seeds) < alone
    looks, _ = fitted(540, replace(DESIGN, seeds=tuple(range(20)), looks=(4, 8, 16, 20)))
    assert (len(looks.seeds), looks.looks) == (6, (4, 6))


def test_candidates_that_fail_are_taken_for_the_slowest() -> None:
    runs = [replace(run, error="NaN") if run.plan.candidate == RELU else run for run in pilot(DESIGN)]
    cut, _ = fit(DESIGN, runs, 500, 1, confirm=True)
    assert len(cut.seeds) < len(fitted(500)[0].seeds)
    with pytest.raises(ValueError, match=r"no run can be timed for the budget: .* with NaN"):
        fit(DESIGN, [replace(run, error="NaN") for run in runs], 500, 1, confirm=True)


@pytest.mark.parametrize("text", ["", "10", "m", "-3s", "10 m", "5d", "1m1h"])
def test_times_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="must be one such as 90s, 10m or 1h30m"):
        seconds(text)


def test_a_trial_within_a_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiment, "write_result", lambda *_: None)
    problem = TinyProblem(tmp_path, pause=0.001)
    options: dict[str, Any] = {"activations": ["relu", "tanh"], "losses": ["mse"], "seeds": 1000, "jobs": 1}
    trial = hold(problem, budget=8, out=tmp_path / "out", **options)
    assert 3 <= len(trial.design.seeds) < 20
    assert trial.design.steps == 100
    assert "has cut seeds from 1000 to" in trial.notes[0]
    assert "--budget" not in trial.command
    assert f"--seeds {len(trial.design.seeds)} " in trial.command
    assert {run.plan.phase for run in trial.runs} <= {"search", "trial", "confirm"}
    # Taken up again, it is cut alike, because its short runs are kept.
    before = begun(tmp_path)
    assert hold(problem, budget=8, out=tmp_path / "out", **options) == trial
    assert begun(tmp_path) == before
