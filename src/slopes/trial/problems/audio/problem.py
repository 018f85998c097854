"""The task of taking noise out of speech: SI-SDR is the outcome, STOI and PESQ stand beside it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
import torch
from torch import nn

from slopes.trial import library
from slopes.trial.problems.audio import data as sources
from slopes.trial.problems.audio import fitting, scores, spectra
from slopes.trial.problems.audio.data import AudioData
from slopes.trial.problems.audio.files import RATE, Samples, speaker, write
from slopes.trial.problems.audio.mixing import Mixer, Mixture, mixtures, unit_power
from slopes.trial.problems.audio.network import OUTPUTS, EnhancementNetwork, Output
from slopes.trial.problems.audio.wiener import wiener
from slopes.trial.records import Metric, Plan
from slopes.trial.torch_problem import Layer, TorchProblem

Batch = tuple[torch.Tensor, torch.Tensor]

IMPROVEMENT = Metric("si_sdr_improvement", unit="dB")
_FIRST_OUTPUTS = 0.1  #: the spread of the outputs before training: it would turn phases at random
_TEST_BATCH = 16
_KEPT = 6  #: mixtures whose enhanced sound is written for each candidate


@dataclass(frozen=True)
class AudioProblem(TorchProblem):
    """Speech in noise, to be enhanced by a recurrent network over short-time spectra.

    Parameters
    ----------
    data : AudioData
        Speech and noise; synthesised ones if not given.
    units, layers : int
        States of each direction of a recurrent layer, and how many such layers.
    output : str
        "complex_mask", "mask" or "spectrum"; see `EnhancementNetwork`.
    batch_size : int
        Mixtures a step.
    seconds : float
        Length of a training mixture.
    sounds : Path, optional
        Where enhanced, noisy and clean WAV files of the first seed go; nowhere if not given.
    beside : bool
        Whether STOI and PESQ are measured beside the outcome.

    Raises
    ------
    ValueError
        If a size makes no network, or the output is none of the three.

    Examples
    --------
    >>> from slopes.trial.problems.audio import AudioProblem
    >>> problem = AudioProblem(units=16)
    >>> problem.name, problem.metric.label
    ('synthesised', 'si_sdr_improvement (dB)')
    >>> problem.check("gelu", "hinge")
    Traceback (most recent call last):
    ValueError: 'hinge' compares a score with one of two classes; speech enhancement has spectra and ...
    """

    kind: ClassVar[str] = "audio"
    metric = IMPROVEMENT
    activations = ("tanh", "sigmoid", "relu")
    losses = ("mse",)
    learning_rates = (0.002, 0.006, 0.02)
    clip_norm = 1.0

    data: AudioData = field(default_factory=sources.synthesised)
    units: int = 32
    layers: int = 2
    output: Output = "complex_mask"
    batch_size: int = 8
    seconds: float = 1.0
    steps: int = 200
    sounds: Path | None = None
    beside: bool = True

    def __post_init__(self) -> None:
        """Refuse sizes that make no network."""
        for what, value in (("units", self.units), ("layers", self.layers), ("batch_size", self.batch_size)):
            if value < 1:
                raise ValueError(f"{what} is {value}; at least 1 is needed")
        if self.output not in OUTPUTS:
            raise ValueError(f"the output is {self.output!r}; it must be one of {', '.join(OUTPUTS)}")
        if not 0.1 <= self.seconds <= 30:
            raise ValueError(f"seconds is {self.seconds}; a training mixture lasts from 0.1 to 30 s")

    @classmethod
    def recorded(cls, data: AudioData, **given: Any) -> Self:
        """Give the problem of recorded speech: a larger network, and more and longer mixtures.

        Parameters
        ----------
        data : AudioData
            As `from_folders` gives it.
        **given : object
            Fields of the problem, in place of those sizes.
        """
        return cls(data, **{"units": 96, "batch_size": 24, "seconds": 2.0, "steps": 500, **given})

    @property
    def name(self) -> str:
        """The name of the data."""
        return self.data.name

    @property
    def checksum(self) -> str:
        """The SHA-256 of all samples."""
        return self.data.checksum

    def check(self, activation: str, loss: str) -> None:
        """Refuse a loss that compares no signals."""
        library.activation(activation)
        fitting.shape(library.loss(loss))

    def for_search(self) -> Self:
        """Give the training speakers and noises alone, split again; only the outcome is measured."""
        return replace(self, data=self.data.for_search(), sounds=None, beside=False)

    def network(self, activation: Layer) -> nn.Module:
        """Build the recurrent network."""
        return EnhancementNetwork(activation, self.units, self.layers, self.output)

    def initialise(self, network: nn.Module, gain: float, weights: torch.Generator) -> None:
        """Suit the weights between states to the activation, and begin with outputs near 0."""
        # What else the layers are given is no output of an activation: gain 1 keeps its spread.
        super().initialise(network, 1.0, weights)
        assert isinstance(network, EnhancementNetwork)
        for layer in network.recurrent_layers():
            layer.initialise(gain, weights)
        with torch.no_grad():
            network.decode.weight.mul_(_FIRST_OUTPUTS)

    def batches(self, plan: Plan, random: torch.Generator) -> Iterator[Batch]:
        """Yield spectra of mixtures and of the speech in them; a fraction takes the first utterances."""
        speech = list(self.data.training_speech.values())
        mixer = Mixer(
            speech[: max(1, round(plan.fraction * len(speech)))],
            list(self.data.training_noise.values()),
            list(self.data.added_noise.values()),
            round(self.seconds * RATE),
            random,
        )
        for _ in range(plan.steps):
            yield mixer.batch(self.batch_size)

    def loss(
        self, network: nn.Module, batch: Batch, loss: library.LossFunction
    ) -> tuple[torch.Tensor, float | None]:
        """Give the loss of a batch of mixtures."""
        mixture, speech = batch
        shape = fitting.shape(loss)
        return loss(shape(network(mixture)), shape(speech)), None

    def measure(self, network: nn.Module) -> dict[str, float]:
        """Give mean scores over the test mixtures, and the improvement in each kind of noise."""
        return self._measures(enhance(network, self._mixtures))

    def keep(self, network: nn.Module, plan: Plan) -> None:
        """Write the enhanced sound of the first test mixtures, for the first seed of each candidate."""
        if self.sounds is None or plan.phase != "trial" or plan.seed != 0 or plan.fraction != 1:
            return
        chosen = self._shown()
        with torch.inference_mode():
            enhanced = enhance(network, chosen)
        for mixture, samples in zip(chosen, enhanced, strict=True):
            folder = self.sounds / _file_name(f"{mixture.name} {mixture.noise} {mixture.snr:g} dB")
            folder.mkdir(parents=True, exist_ok=True)
            write(folder / f"{plan.candidate.activation}-{plan.candidate.loss}.wav", samples)
            # Every candidate writes the same three; there is no first among processes.
            write(folder / "clean.wav", mixture.clean)
            write(folder / "noisy.wav", mixture.noisy)
            write(folder / "wiener.wav", wiener(mixture.noisy))

    def yardsticks(self) -> dict[str, float]:
        """Give the improvement of leaving the mixture as it is, 0, and of a Wiener filter."""
        return {name: measures[self.metric.name] for name, measures in self._yardsticks.items()}

    def description(self) -> Mapping[str, object]:
        """Give the sizes of the data and the scores of what needs no training."""
        data = self.data
        result: dict[str, object] = {
            "speech and noise of the test": "synthesised, not recorded" if data.synthesised else "recorded",
            "training speech": _sizes(data.training_speech),
            "training noise": _noise_sizes(data.training_noise),
            "test speech": _sizes(data.test_speech),
            "test noise": _noise_sizes(data.test_noise),
            "test mixtures": f"{len(self._mixtures)} at {', '.join(f'{snr:g}' for snr in data.snrs)} dB",
        }
        if data.added_noise:
            result["synthesised noise added to the training"] = f"{len(data.added_noise)} noises"
        for name, measures in self._yardsticks.items():
            result[name] = ", ".join(f"{measure} {value:.3f}" for measure, value in measures.items())
        return result

    @cached_property
    def _mixtures(self) -> list[Mixture]:
        return mixtures(self.data)

    @cached_property
    def _noisy_si_sdr(self) -> list[float]:
        return [scores.si_sdr(mixture.noisy, mixture.clean) for mixture in self._mixtures]

    @cached_property
    def _yardsticks(self) -> dict[str, dict[str, float]]:
        noisy = [mixture.noisy for mixture in self._mixtures]
        return {
            "the mixture": self._measures(noisy),
            "a decision-directed Wiener filter": self._measures([wiener(samples) for samples in noisy]),
        }

    def _measures(self, estimates: list[Samples]) -> dict[str, float]:
        measured = scores.available() if self.beside else {"si_sdr": scores.si_sdr}
        found = {
            name: [
                score(*pair) for pair in zip(estimates, (case.clean for case in self._mixtures), strict=True)
            ]
            for name, score in measured.items()
        }
        gains = np.subtract(found["si_sdr"], self._noisy_si_sdr)
        noises = np.array([mixture.noise for mixture in self._mixtures])
        by_noise = {
            f"{self.metric.name} in {noise}": float(gains[noises == noise].mean())
            for noise in dict.fromkeys(noises)
        }
        means = {name: scores.mean(values) for name, values in found.items()}
        return {
            self.metric.name: float(gains.mean()),
            **{name: value for name, value in means.items() if np.isfinite(value)},
            **(by_noise if len(by_noise) > 1 else {}),
        }

    def _shown(self) -> list[Mixture]:
        places = np.unique(np.linspace(0, len(self._mixtures) - 1, _KEPT).astype(int))
        return [self._mixtures[place] for place in places]


def enhance(network: nn.Module, cases: list[Mixture]) -> list[Samples]:
    """Give the speech that a trained network finds in mixtures.

    Raises
    ------
    FloatingPointError
        If it gives samples that are not finite, or nothing but zeros.
    """
    result: list[Samples] = [np.empty(0, np.float32)] * len(cases)
    # Mixtures of one length make a batch; padding would reach the states of the backward direction.
    by_length: dict[int, list[int]] = {}
    for place, case in enumerate(cases):
        by_length.setdefault(len(case.noisy), []).append(place)
    for length, places in by_length.items():
        for start in range(0, len(places), _TEST_BATCH):
            chosen = places[start : start + _TEST_BATCH]
            inputs, levels = zip(*(unit_power(cases[place].noisy) for place in chosen), strict=True)
            outputs = spectra.waveform(network(torch.stack(inputs)), length)
            if not bool(torch.isfinite(outputs).all()):
                raise FloatingPointError("the trained network gives sound that is not finite")
            if not bool(outputs.any(dim=-1).all()):
                raise FloatingPointError("the trained network gives silence, whose SI-SDR is not defined")
            for place, output, level in zip(chosen, outputs, levels, strict=True):
                result[place] = (output * level).numpy()
    return result


def _file_name(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.+-]+", "_", text)


def _sizes(speech: sources.Recordings) -> str:
    speakers = len(set(map(speaker, speech)))
    return f"{len(speech)} utterances of {speakers} speakers, {sources.seconds(speech):.0f} s"


def _noise_sizes(noise: sources.Recordings) -> str:
    return f"{', '.join(noise) or 'none'}, {sources.seconds(noise):.0f} s"
