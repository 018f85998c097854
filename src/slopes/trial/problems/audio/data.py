"""Who speaks and what disturbs: the recordings of a trial, split into training and test."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

import numpy as np

from slopes.trial.problems.audio import synthesis
from slopes.trial.problems.audio.files import LONGEST, RATE, Samples, read_folder, speaker

SNRS = (-5.0, 0.0, 5.0, 10.0)
_TEST_PART = 0.25  #: of the speakers, and of the time of each noise that is not held out
_MADE_NOISES = 48
_MADE_SECONDS = 6.0
_SPEAKERS, _UTTERANCES, _UTTERANCE_SECONDS = 16, 2, 3.0
_NOISES_PER_KIND = 6

Recordings = Mapping[str, Samples]


@dataclass(frozen=True)
class AudioData:
    """Speech and noise, split, with the seed and the ratios that the test mixtures are made with.

    Attributes
    ----------
    name : str
        What the ledger and the report call it.
    training_speech, test_speech : mapping of str to numpy.ndarray
        Utterances by file name; no speaker is in both.
    training_noise, test_noise : mapping of str to numpy.ndarray
        Recorded noises by file name.
    added_noise : mapping of str to numpy.ndarray
        Synthesised noises that half of the training mixtures are made with; none if empty.
    synthesised : bool
        Whether the speech and the noise of the test are synthesised too.
    snrs : tuple of float
        Signal-to-noise ratios of the test mixtures in decibels, taken in turn.
    seed : int
        Of the test mixtures.
    """

    name: str
    training_speech: Recordings
    test_speech: Recordings
    training_noise: Recordings
    test_noise: Recordings
    added_noise: Recordings = field(default_factory=dict)
    synthesised: bool = False
    snrs: tuple[float, ...] = SNRS
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse parts that nothing can be trained or tested on."""
        for what, part in (("training speech", self.training_speech), ("test speech", self.test_speech)):
            if not part:
                raise ValueError(f"{self.name}: the {what} is empty")
        if not (self.training_noise or self.added_noise) or not self.test_noise:
            raise ValueError(
                f"{self.name}: no noise is left to {'test' if self.training_noise else 'train'} on"
            )
        both = sorted(set(map(speaker, self.training_speech)) & set(map(speaker, self.test_speech)))
        if both:
            raise ValueError(
                f"{self.name}: {len(both)} speaker(s), such as {both[0]!r}, are in the training and in the "
                "test speech; the test needs speakers of its own"
            )
        if not self.snrs or not np.isfinite(self.snrs).all() or max(map(abs, self.snrs)) > 100:
            raise ValueError(f"the SNRs are {self.snrs}; at least one is needed, each from -100 to 100 dB")

    def for_search(self) -> "AudioData":
        """Give the training part alone, split again: other speakers, and the end of each noise."""
        kept, held_out = split_speakers(self.training_speech, self.name)
        training, test = split_times(self.training_noise or self.added_noise)
        recorded = bool(self.training_noise)
        return replace(
            self,
            name=f"{self.name} (search)",
            training_speech=kept,
            test_speech=held_out,
            training_noise=training if recorded else {},
            added_noise=self.added_noise if recorded else training,
            test_noise=test,
        )

    @property
    def checksum(self) -> str:
        """The SHA-256 of all samples and names, split by split, and of the test's ratios and seed."""
        digest = hashlib.sha256(repr((self.snrs, self.seed)).encode())
        for part in (
            self.training_speech,
            self.training_noise,
            self.added_noise,
            self.test_speech,
            self.test_noise,
        ):
            for name, samples in part.items():
                digest.update(f"{name} {len(samples)}".encode())
                digest.update(np.ascontiguousarray(samples).tobytes())
        return digest.hexdigest()


def synthesised(seed: int = 0, snrs: Sequence[float] = SNRS) -> AudioData:
    """Give synthesised speech-like utterances and synthesised noise; the same seed gives the same samples."""
    random = np.random.default_rng(seed)
    speech: dict[str, Samples] = {}
    for number in range(_SPEAKERS):
        voice = synthesis.Voice.drawn(random)
        for utterance in range(_UTTERANCES):
            samples = synthesis.utterance(voice, _UTTERANCE_SECONDS, random)
            speech[f"voice {number:02}-{utterance}"] = samples
    kept, held_out = split_speakers(speech, "synthesised")
    noises = {
        f"{kind} {number}": make(_MADE_SECONDS, random)
        for kind, make in synthesis.NOISES.items()
        for number in range(_NOISES_PER_KIND)
    }
    training, test = split_times(noises)
    # One noise of each kind stands for it in the test.
    shown = {kind: test[f"{kind} 0"] for kind in synthesis.NOISES}
    return AudioData(
        "synthesised", kept, held_out, training, shown, synthesised=True, snrs=tuple(snrs), seed=seed
    )


def from_folders(
    speech: Path,
    noise: Path,
    *,
    test_speech: Path | None = None,
    hold_out_noises: Sequence[str] = (),
    snrs: Sequence[float] = SNRS,
    seed: int = 0,
    add_noises: bool = True,
) -> AudioData:
    """Read folders of speech and of noise, and hold out speakers and noises for the test.

    Parameters
    ----------
    speech, noise : Path
        Folders of WAV or FLAC files, sub-folders included. A file's speaker is the sub-folder that it lies
        in, directly below the folder, or else its name up to the first ``-``.
    test_speech : Path, optional
        A folder of speakers of the test. If not given, the last quarter of the speakers of ``speech``, in
        the order of their names, is held out.
    hold_out_noises : sequence of str
        Names of noise files, without their endings, that only the test uses. If none is given, the last
        quarter of the time of each noise is held out.
    snrs : sequence of float
        Signal-to-noise ratios of the test in decibels.
    seed : int
        Of the test mixtures and of the added noises.
    add_noises : bool
        Whether half of the training mixtures are made with synthesised noises, so that few recordings
        suffice.

    Raises
    ------
    ValueError
        If a folder, a file or a name is not as it must be; the message says what was found.
    """
    read = read_folder(speech, "speech")
    if test_speech is None:
        kept, held_out = split_speakers(read, str(speech))
    else:
        kept, held_out = read, read_folder(test_speech, "test speech")
    noises = read_folder(noise, "noise")
    if hold_out_noises:
        training, test = split_names(noises, hold_out_noises, noise)
    else:
        training, test = split_times(noises)
    random = np.random.default_rng(seed)
    makers = list(synthesis.NOISES.items())
    added = {
        f"synthesised {kind} {number}": make(_MADE_SECONDS, random)
        for number in range(_MADE_NOISES // len(makers))
        for kind, make in makers
        if add_noises
    }
    name = f"{speech.resolve().name} and {noise.resolve().name}"
    if hold_out_noises:
        name += f", {', '.join(hold_out_noises)} held out"
    return AudioData(name, kept, _shortened(held_out), training, test, added, snrs=tuple(snrs), seed=seed)


def split_speakers(speech: Recordings, where: str) -> tuple[dict[str, Samples], dict[str, Samples]]:
    """Hold the last quarter of the speakers out, in the order of their names, at least one."""
    speakers = sorted(set(map(speaker, speech)))
    if len(speakers) < 2:
        raise ValueError(
            f"{where}: all files are of one speaker, {speakers[0]!r}; at least 2 are needed to hold one out. "
            "A file's speaker is its sub-folder, or else its name up to the first '-'"
        )
    last = set(speakers[-max(1, round(_TEST_PART * len(speakers))) :])
    kept = {name: samples for name, samples in speech.items() if speaker(name) not in last}
    return kept, _shortened({name: samples for name, samples in speech.items() if speaker(name) in last})


def split_times(noises: Recordings) -> tuple[dict[str, Samples], dict[str, Samples]]:
    """Hold the last quarter of the time of every noise out."""
    borders = {name: round((1 - _TEST_PART) * len(samples)) for name, samples in noises.items()}
    training = {name: samples[: borders[name]] for name, samples in noises.items()}
    return training, {name: samples[borders[name] :] for name, samples in noises.items()}


def split_names(
    noises: Recordings, held_out: Sequence[str], folder: Path
) -> tuple[dict[str, Samples], dict[str, Samples]]:
    """Hold the noises of some names out."""
    known = {PurePath(name).stem for name in noises}
    for name in held_out:
        if name not in known:
            raise ValueError(f"no noise in {folder} is called {name!r}; there are {', '.join(sorted(known))}")
    training = {name: samples for name, samples in noises.items() if PurePath(name).stem not in held_out}
    return training, {name: samples for name, samples in noises.items() if name not in training}


def seconds(part: Recordings) -> float:
    """Give how long all recordings of a part are together."""
    return sum(map(len, part.values())) / RATE


def _shortened(speech: Recordings) -> dict[str, Samples]:
    return {name: samples[:LONGEST] for name, samples in speech.items()}
