"""The task as a whole: it learns, it repeats, it measures, it writes sounds, it refuses."""

import dataclasses
import math
import pickle
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from torch import nn

from slopes.trial import Candidate, CurvePoint, Plan
from slopes.trial.problems.audio import AudioProblem
from slopes.trial.problems.audio.data import AudioData
from slopes.trial.problems.audio.files import RATE
from slopes.trial.problems.audio.mixing import mixtures
from slopes.trial.problems.audio.problem import enhance

PLAN = Plan(Candidate("tanh", "si_sdr"), 0.01, seed=0, steps=60, phase="trial")


class Gain(nn.Module):
    """Multiplies by a number."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self.factor = factor

    def forward(self, spectrum: torch.Tensor) -> torch.Tensor:
        return self.factor * spectrum


@pytest.fixture(scope="module")
def problem(made: AudioData) -> AudioProblem:
    chosen = {name: made.test_speech[name] for name in list(made.test_speech)[::4]}
    coloured = {name: noise for name, noise in made.training_noise.items() if name.startswith("coloured")}
    shown = {name: made.test_noise[name] for name in ("coloured", "cries")}
    small = dataclasses.replace(made, test_speech=chosen, training_noise=coloured, test_noise=shown)
    return AudioProblem(small, units=16, layers=1, batch_size=4, seconds=0.5)


def test_it_learns_repeats_and_writes_what_it_enhanced(problem: AudioProblem, tmp_path: Path) -> None:
    problem = dataclasses.replace(problem, sounds=tmp_path)
    curve: list[CurvePoint] = []
    measures = problem.train(PLAN, curve.append)
    assert measures["si_sdr_improvement in coloured"] > 0.3
    assert {"si_sdr", "stoi", "dead_units", "si_sdr_improvement in cries"} <= set(measures)
    again: list[CurvePoint] = []
    quick = dataclasses.replace(problem, beside=False, sounds=None)
    assert quick.train(PLAN, again.append)["si_sdr_improvement"] == measures["si_sdr_improvement"]
    assert again == curve
    folders = sorted(tmp_path.iterdir())
    assert len(folders) == 4
    for folder in folders:
        lengths = {path.name: soundfile.info(path).frames for path in folder.iterdir()}
        assert lengths.keys() == {"clean.wav", "noisy.wav", "wiener.wav", "tanh-si_sdr.wav"}
        assert set(lengths.values()) == {3 * RATE}


def test_only_one_seed_of_the_trial_itself_leaves_sounds(problem: AudioProblem, tmp_path: Path) -> None:
    searched = dataclasses.replace(problem, sounds=tmp_path).for_search()
    assert searched.sounds is None
    measures = searched.train(dataclasses.replace(PLAN, steps=1), lambda _: None)
    assert "si_sdr_improvement" in measures
    assert "stoi" not in measures  # the search needs the outcome alone
    problem = dataclasses.replace(problem, sounds=tmp_path, beside=False)
    for change in ({"seed": 1}, {"phase": "search"}, {"phase": "confirm"}, {"fraction": 0.5}):
        problem.train(dataclasses.replace(PLAN, steps=1, **change), lambda _: None)
    assert list(tmp_path.iterdir()) == []


def test_a_network_that_gives_no_sound_has_failed(problem: AudioProblem) -> None:
    cases = mixtures(problem.data)[:1]
    for factor, message in ((0.0, "gives silence"), (math.nan, "sound that is not finite")):
        with pytest.raises(FloatingPointError, match=message):
            enhance(Gain(factor), cases)
    (unchanged,) = enhance(Gain(1.0), cases)
    np.testing.assert_allclose(unchanged, cases[0].noisy, atol=1e-6)


def test_the_yardsticks_are_of_the_same_mixtures(problem: AudioProblem) -> None:
    yardsticks = problem.yardsticks()
    assert yardsticks["the mixture"] == 0
    assert yardsticks["a decision-directed Wiener filter"] > 0
    words = problem.description()
    assert words["speech and noise of the test"] == "synthesised, not recorded"
    assert words["test mixtures"] == "4 at -5, 0, 5, 10 dB"


def test_a_problem_pickles_and_its_checksum_tells_data_apart(problem: AudioProblem) -> None:
    copy = pickle.loads(pickle.dumps(problem))
    assert copy.checksum == problem.checksum
    other = dataclasses.replace(problem, data=dataclasses.replace(problem.data, seed=1))
    assert other.checksum != problem.checksum
    assert problem.for_search().checksum != problem.checksum


def test_refusals(problem: AudioProblem) -> None:
    problem.check("gelu", "mae")
    with pytest.raises(
        ValueError, match="'cross_entropy' compares scores of classes; speech enhancement has"
    ):
        problem.check("tanh", "cross_entropy")
    with pytest.raises(ValueError, match="works on a whole row"):
        problem.check("softmax", "mse")
    for change, message in (
        ({"units": 0}, "units is 0; at least 1"),
        ({"output": "wave"}, "the output is 'wave'; it must be one of complex_mask, mask, spectrum"),
        ({"seconds": 0.01}, r"seconds is 0\.01"),
    ):
        with pytest.raises(ValueError, match=message):
            dataclasses.replace(problem, **change)
