"""Splits by speaker and by noise; mixtures at exact ratios; what is drawn is repeatable."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from slopes.trial.problems.audio import synthesis
from slopes.trial.problems.audio.data import AudioData, from_folders, split_speakers, synthesised
from slopes.trial.problems.audio.files import RATE, speaker
from slopes.trial.problems.audio.mixing import TEST_MIXTURES, Mixer, excerpt, mix, mixtures
from tests.trial.problems.audio.conftest import WriteSounds


def decibels(signal: np.ndarray, noise: np.ndarray) -> float:
    return float(10 * np.log10((signal @ signal) / (noise @ noise)))


def test_synthesis_is_repeatable_and_uses_its_seed(made: AudioData) -> None:
    assert made.checksum == synthesised().checksum
    assert made.checksum != synthesised(seed=1).checksum
    assert made.synthesised


def test_synthesised_sounds_are_sounds() -> None:
    random = np.random.default_rng(0)
    voice = synthesis.Voice.drawn(random)
    for make in (lambda s, r: synthesis.utterance(voice, s, r), *synthesis.NOISES.values()):
        samples = make(1.0, random)
        assert samples.shape == (RATE,)
        assert samples.dtype == np.float32
        assert np.sqrt(np.mean(samples**2)) == pytest.approx(0.1, rel=1e-5)


def test_a_harmonic_source_has_its_harmonics_and_nothing_else() -> None:
    source = synthesis.harmonics(np.full(RATE, 200.0), 1000.0)
    power = np.abs(np.fft.rfft(source)) ** 2
    peaks = [200, 400, 600, 800, 1000]
    np.testing.assert_allclose(power[peaks], power[200], rtol=1e-6)
    assert power.sum() == pytest.approx(power[peaks].sum(), rel=1e-6)


def test_mixtures_have_their_ratio_exactly() -> None:
    random = np.random.default_rng(0)
    speech, noise = random.standard_normal(5000), 7 * random.standard_normal(5000)
    for snr in (-100.0, -5.0, 0.0, 12.5, 60.0):
        assert decibels(speech, mix(speech, noise, snr) - speech) == pytest.approx(snr, abs=1e-6)


def test_test_mixtures(made: AudioData) -> None:
    cases = mixtures(made)
    assert len(cases) == len(made.test_speech) * len(made.test_noise) <= TEST_MIXTURES
    assert {case.snr for case in cases} == set(made.snrs)
    for case, again in zip(cases, mixtures(made), strict=True):
        noise = case.noisy.astype(np.float64) - case.clean
        assert decibels(case.clean.astype(np.float64), noise) == pytest.approx(case.snr, abs=1e-3)
        assert np.array_equal(case.noisy, again.noisy)


def test_an_excerpt_repeats_what_is_short_and_avoids_silence() -> None:
    ramp = np.arange(1, 5, dtype=np.float32)
    assert excerpt(ramp, 10, 0.0).tolist() == [1, 2, 3, 4, 1, 2, 3, 4, 1, 2]
    assert excerpt(ramp, 2, 1.0).tolist() == [3, 4]
    late = np.concatenate([np.zeros(100, np.float32), ramp])
    assert excerpt(late, 3, 0.0).any()


def test_no_speaker_and_no_held_out_noise_is_on_both_sides(write_sounds: WriteSounds) -> None:
    speech = write_sounds("speech", "amy/1.wav", "amy/2.wav", "bob/1.wav", "7-1.wav", "7-2.wav", "8-1.wav")
    noise = write_sounds("noise", "tap.wav", "bike.wav")
    data = from_folders(speech, noise, hold_out_noises=["tap"], add_noises=False)
    for part in (data, data.for_search()):
        sides = [set(map(speaker, side)) for side in (part.training_speech, part.test_speech)]
        assert not sides[0] & sides[1]
        assert all(sides)
    assert list(data.training_noise) == ["bike.wav"]
    assert list(data.test_noise) == ["tap.wav"]
    searched = data.for_search()
    assert set(searched.training_speech) | set(searched.test_speech) == set(data.training_speech)
    assert list(searched.test_noise) == ["bike.wav"]
    whole, parts = data.training_noise["bike.wav"], (searched.training_noise, searched.test_noise)
    assert np.array_equal(np.concatenate([part["bike.wav"] for part in parts]), whole)


def test_a_search_on_added_noises_alone_tests_on_none_that_it_trains_on(made: AudioData) -> None:
    noises = {"a": np.arange(1, 9, dtype=np.float32)}
    searched = dataclasses.replace(made, training_noise={}, added_noise=noises).for_search()
    assert not searched.training_noise
    assert searched.added_noise["a"].tolist() == [1, 2, 3, 4, 5, 6]
    assert searched.test_noise["a"].tolist() == [7, 8]


def test_refusals(write_sounds: WriteSounds) -> None:
    speech = write_sounds("speech", "7-1.wav", "8-1.wav")
    one = write_sounds("one", "7-1.wav", "7-2.wav")
    noise = write_sounds("noise", "tap.wav", "bike.wav")
    with pytest.raises(ValueError, match="all files are of one speaker, '7'; at least 2"):
        from_folders(one, noise)
    with pytest.raises(ValueError, match=r"1 speaker\(s\), such as '7', are in the training and in the test"):
        from_folders(speech, noise, test_speech=one, add_noises=False)
    with pytest.raises(ValueError, match=r"no noise in .* is called 'sink'; there are bike, tap"):
        from_folders(speech, noise, hold_out_noises=["sink"])
    with pytest.raises(ValueError, match="no noise is left to train on"):
        from_folders(speech, noise, hold_out_noises=["tap", "bike"], add_noises=False)
    for snrs in ((), (float("nan"),), (0.0, 300.0)):
        with pytest.raises(ValueError, match="the SNRs are"):
            from_folders(speech, noise, snrs=snrs, add_noises=False)


def test_training_mixtures_depend_on_the_generator_alone(made: AudioData) -> None:
    def batch(seed: int) -> tuple[torch.Tensor, torch.Tensor]:
        parts = [list(part.values()) for part in (made.training_speech, made.training_noise)]
        return Mixer(*parts, [], RATE // 2, torch.Generator().manual_seed(seed)).batch(3)

    first, second, other = batch(0), batch(0), batch(1)
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))
    assert not torch.equal(first[0], other[0])
    mixture, speech = first
    torch.testing.assert_close(mixture.abs().square().mean(dim=(1, 2)), torch.ones(3))
    ratio = speech.abs().square().sum((1, 2)) / (mixture - speech).abs().square().sum((1, 2))
    assert bool(((ratio > 10**-0.501) & (ratio < 10**1.501)).all())  # -5 to 15 dB


def test_speakers_of_real_recordings(data_folder: Path) -> None:
    from slopes.trial.problems.audio.files import read_folder

    speech = read_folder(data_folder / "librispeech-mini" / "train-clean-100", "speech")
    assert len(set(map(speaker, speech))) == 90
    kept, held_out = split_speakers(speech, "real")
    assert (len(kept), len(held_out)) == (68, 22)
