"""The doctor's sentences in English, and in other languages by a catalogue of translations."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Text(str):
    """An English sentence that knows its pattern and values, so that it can be said in other languages.

    Values that are texts themselves are translated with it; all others stay as they are.

    Examples
    --------
    >>> text = Text("the softmax of line {before} feeds the layer of line {after}", before=3, after=5)
    >>> text
    'the softmax of line 3 feeds the layer of line 5'
    >>> say(text, "zh")
    '第 3 行的 softmax 接到第 5 行的层'
    """

    pattern: str
    values: Mapping[str, Any]

    def __new__(cls, pattern: str, **values: Any) -> "Text":  # noqa: D102 - what it is is the class's
        made = super().__new__(cls, pattern.format(**values))
        made.pattern, made.values = pattern, values
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], Mapping[str, Any]]:
        """Copies and pickles are made of the pattern too, in place of the sentence."""
        return (self.pattern,), self.values


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Return the translations of English texts and patterns."""
    if language == "en":
        return {}
    file = Path(__file__).parent / "words" / f"doctor.{language}.json"
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return found


def say(text: str, language: Language) -> str:
    """Return a text in a language: as it is, unless a translation of that very text or pattern is known."""
    words = catalogue(language)
    if not isinstance(text, Text):
        return words.get(text, text)
    values = {k: say(v, language) if isinstance(v, Text) else v for k, v in text.values.items()}
    return words.get(text.pattern, text.pattern).format(**values)
