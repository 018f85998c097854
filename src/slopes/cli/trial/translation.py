"""The command ``slopes trial translation``."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from slopes.trial import Problem


class SourceUnits(StrEnum):
    """How sources are read."""

    WORDS = "words"
    CHARACTERS = "characters"
    BOTH = "both"


# One line for each paragraph: Typer breaks lines where the text does.
HELP = """Compare activations and losses for translating short sentences.

Trains an encoder and a decoder of gated recurrent units (whose usual tanh is the activation that is \
exchanged) with attention between them, which writes characters; softmax over characters follows, and \
padding counts nowhere. The outcome is chrF, with BLEU and perplexity beside it; the yardstick is the \
translation of the most similar sentence known. No source sentence is in both parts.

Without --data it translates the user interface of JupyterLab: pip install \
jupyterlab-language-pack-zh-CN. That ends in under 4 minutes on 2 processors.

\b
Examples:
  slopes trial translation
  slopes trial translation --language fr-FR --activations tanh,softsign
  slopes trial translation --data tatoeba-cmn --units 192 --embedding 128 --batch-size 64 --steps 2600
  slopes trial translation --data europarl.en --target europarl.de --longest 10
"""


def translation(
    data: Annotated[
        str | None,
        typer.Option(
            help="Lines of a sentence, a tab and its translation (Tatoeba, Anki); a .po or .mo catalogue; "
            "with --target, lines of sentences; or a set to fetch: tatoeba-cmn.",
            show_default="the JupyterLab language pack of --language",
        ),
    ] = None,
    target: Annotated[
        Path | None, typer.Option(help="Lines of translations of the lines of --data (Moses).")
    ] = None,
    language: Annotated[
        str, typer.Option(help="Language pack of JupyterLab, where there is no --data: zh-CN, fr-FR, de-DE.")
    ] = "zh-CN",
    longest: Annotated[int, typer.Option(help="Leave out sources of more words.")] = 7,
    units: Annotated[int, typer.Option(help="Recurrent units of a layer, a multiple of 4.")] = 96,
    embedding: Annotated[int, typer.Option(help="Features of a word, a piece or a character.")] = 64,
    dropout: Annotated[float, typer.Option(help="Share of features dropped while training.")] = 0.2,
    source_units: Annotated[
        SourceUnits, typer.Option(help="How sources are read; both: words that know their pieces.")
    ] = SourceUnits.BOTH,
    attention: Annotated[
        bool, typer.Option("--attention/--no-attention", help="Attend to the source at every character.")
    ] = True,
    label_smoothing: Annotated[
        float, typer.Option(help="Share of each target spread over all characters, by losses that can.")
    ] = 0.0,
    batch_size: Annotated[int, typer.Option(help="Pairs a step.")] = 32,
    beam: Annotated[int, typer.Option(help="Translations that the search keeps; 1: greedy.")] = 4,
) -> "tuple[Callable[[], Problem], list[str]]":
    """Compare activations and losses for translating short sentences."""

    def make() -> "Problem":
        from slopes.trial.problems.translation import Sizes, TranslationProblem, language_pack, read

        if target is not None and data is None:
            raise ValueError(f"--target is {target}, the translations of --data, which is not given")
        return TranslationProblem(
            language_pack(language, longest) if data is None else read(data, target, longest),
            Sizes(embedding, units, attention=attention, dropout=dropout),
            source_units=source_units.value,
            label_smoothing=label_smoothing,
            batch_size=batch_size,
            beam=beam,
        )

    # All that decides the problem is written out, so that the command repeats it under other defaults too.
    source = ["translation", *(("--language", language) if data is None else ("--data", data))]
    source += [] if target is None else ["--target", str(target)]
    source += ["--longest", str(longest), "--units", str(units), "--embedding", str(embedding)]
    source += ["--dropout", str(dropout)]
    source += ["--source-units", source_units.value, "--attention" if attention else "--no-attention"]
    source += ["--label-smoothing", str(label_smoothing), "--batch-size", str(batch_size)]
    source += ["--beam", str(beam)]
    return make, source
