"""Errors planted in the trial on speech enhancement: file, old, new, functions, tests."""

HOUSE = "src/slopes/trial/problems/audio"
DATA = "tests/trial/problems/audio/test_data.py"
SIGNALS = "tests/trial/problems/audio/test_signals.py"

AUDIO = (
    (f"{HOUSE}/mixing.py", "10 ** (-snr / 10)) * disturbance", "10 ** (snr / 10)) * disturbance", "", DATA),
    (f"{HOUSE}/mixing.py", "10 ** (-snr / 20))", "10 ** (-snr / 10))", "", DATA),
    (f"{HOUSE}/mixing.py", "if not piece.any():", "if False:", "", DATA),
    (f"{HOUSE}/data.py", "self.added_noise if recorded else training", "self.added_noise", "", DATA),
    (f"{HOUSE}/data.py", "if speaker(name) not in last", "", "", DATA),
    (f"{HOUSE}/spectra.py", "halves.flatten(-2)", "(0.99 * halves).flatten(-2)", "", SIGNALS),
    (f"{HOUSE}/network.py", "backwards.flip(0)", "backwards", "", SIGNALS),
    (f"{HOUSE}/network.py", "[:, :frames]", "[:, -frames:]", "", SIGNALS),
    (f"{HOUSE}/wiener.py", "_MINIMUM_BIAS * lowest", "lowest", "", SIGNALS),
    (f"{HOUSE}/wiener.py", "gains[frame] ** 2 * now", "now", "", SIGNALS),
    (f"{HOUSE}/fitting.py", '"si_sdr": _waveforms', '"si_sdr": power', "", SIGNALS),
)
