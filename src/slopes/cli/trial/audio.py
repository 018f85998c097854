"""The command ``slopes trial audio``."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from slopes.cli.trial import options

if TYPE_CHECKING:
    from slopes.trial import Problem

# One line for each paragraph: Typer breaks lines where the text does.
HELP = """Compare activations and losses for taking noise out of speech.

Trains a recurrent network over short-time spectra (gated recurrent units whose hidden activation is \
the candidate's, a mask as output) on speech mixed with noise. The outcome is the improvement of \
SI-SDR in dB on mixtures of speakers that were not trained on; STOI, and PESQ where pesq is installed, \
stand beside it. So do the mixture as it is and a decision-directed Wiener filter.

Without --speech and --noise, speech-like sounds and noises are synthesised: that shows how a trial \
works, not what your recordings need.

A file's speaker is the sub-folder of --speech that it lies in, or else its name up to the first \
'-'. The last quarter of the speakers is held out for the test, or all of --test-speech is the test. \
Of each noise the last quarter of its time is held out, or whole noises by --hold-out-noise.

The folder of --out then holds the report and, in sounds/, the noisy, clean and enhanced WAV files \
of some test mixtures, for the first seed of each candidate.

How long it takes: the defaults 5 minutes of processor time, shared among the processors; a run on \
recordings 2 to 3 minutes.

\b
Examples:
  slopes trial audio
  slopes trial audio --activations tanh,sigmoid --losses mse,si_sdr
  slopes trial audio --speech speech --noise noise --hold-out-noise running_tap --seeds 3
"""


def audio(
    speech: Annotated[
        Path | None,
        typer.Option(help="Folder of clean speech, WAV or FLAC.", show_default="synthesised sounds"),
    ] = None,
    noise: Annotated[Path | None, typer.Option(help="Folder of noise, WAV or FLAC.")] = None,
    test_speech: Annotated[
        Path | None,
        typer.Option(help="Folder of the speech of the test.", show_default="a quarter of the speakers"),
    ] = None,
    hold_out_noise: Annotated[
        list[str] | None,
        typer.Option(help="A noise, by file name without its ending, for the test alone; can be repeated."),
    ] = None,
    snrs: Annotated[
        str, typer.Option(help="Signal-to-noise ratios of the test in dB, separated by commas.")
    ] = "-5,0,5,10",
    output: Annotated[
        str, typer.Option(help="What the network gives: complex_mask, mask or spectrum.")
    ] = "complex_mask",
    units: Annotated[
        int | None,
        typer.Option(help="States of each direction of a recurrent layer.", show_default="32, recorded: 96"),
    ] = None,
    out: options.Out = None,
) -> "tuple[Callable[[], Problem], list[str]]":
    """Compare activations and losses for taking noise out of speech."""
    source = ["audio", "--snrs", snrs, "--output", output]
    for option, value in (
        ("--speech", speech),
        ("--noise", noise),
        ("--test-speech", test_speech),
        ("--units", units),
        *(("--hold-out-noise", name) for name in hold_out_noise or ()),
    ):
        source += [] if value is None else [option, str(value)]

    def make() -> "Problem":
        if (speech is None) != (noise is None):
            raise ValueError("--speech and --noise are given together, or neither: then both are synthesised")
        if speech is None and (test_speech is not None or hold_out_noise):
            raise ValueError("--test-speech and --hold-out-noise need --speech and --noise")
        from slopes.trial.problems.audio import AudioProblem
        from slopes.trial.problems.audio.data import from_folders, synthesised

        ratios = tuple(options.numbers("--snrs", snrs) or ())
        given: dict[str, Any] = {} if units is None else {"units": units}
        given |= {"output": output, "sounds": (out or Path("trial-audio")) / "sounds"}
        if speech is None or noise is None:
            return AudioProblem(synthesised(snrs=ratios), **given)
        data = from_folders(
            speech, noise, test_speech=test_speech, hold_out_noises=hold_out_noise or (), snrs=ratios
        )
        return AudioProblem.recorded(data, **given)

    return make, source
