"""Sentences as numbers: source words and their pieces, target characters."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import torch

PADDING, BEGIN, END, UNKNOWN = range(4)
_FIRST = UNKNOWN + 1

SourceUnits = Literal["words", "characters", "both"]
#: What is rarer in the training part is not learned: a unit seen once says little about the next.
_LEAST = 2
_WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_LONGEST_PIECE = 5
_MOST_PIECES = 24


class SourceVocabulary:
    """The units that sources are read in.

    Parameters
    ----------
    sentences : iterable of str
        The sources of the training part.
    units : str
        ``"words"`` (and marks, without capitals), ``"characters"``, or ``"both"``: words that know the
        runs of 2 to 5 characters in them, so that a new word is not wholly unknown.
    """

    def __init__(self, sentences: Iterable[str], units: SourceUnits) -> None:
        self.units = units
        counts = Counter(token for sentence in sentences for token in self._tokens(sentence))
        frequent = [token for token, count in counts.items() if count >= _LEAST]
        self._tokens_known = {token: place for place, token in enumerate(frequent, start=_FIRST)}
        # A piece of a single word would tell nothing that the word does not.
        shared = Counter(piece for token in counts for piece in self._pieces(token))
        frequent = [piece for piece, count in shared.items() if count >= _LEAST]
        start = _FIRST + len(self._tokens_known)
        self._pieces_known = {piece: place for place, piece in enumerate(frequent, start=start)}

    def __len__(self) -> int:
        """How many numbers there are."""
        return _FIRST + len(self._tokens_known) + len(self._pieces_known)

    def encode(self, sentence: str) -> torch.Tensor:
        """Give each token and its pieces, of shape ``(tokens, 1 + most pieces)``, padded behind."""
        rows = []
        for token in self._tokens(sentence):
            places = [
                self._pieces_known[piece] for piece in self._pieces(token) if piece in self._pieces_known
            ]
            rows.append([self._tokens_known.get(token, UNKNOWN), *places[:_MOST_PIECES]])
        width = max(map(len, rows))
        return torch.tensor([row + [PADDING] * (width - len(row)) for row in rows])

    def _tokens(self, sentence: str) -> list[str]:
        return list(sentence) if self.units == "characters" else _WORD.findall(sentence.casefold())

    def _pieces(self, token: str) -> list[str]:
        if self.units != "both":
            return []
        bordered = f"<{token}>"
        runs = (
            bordered[start : start + size]
            for size in range(2, _LONGEST_PIECE + 1)
            for start in range(len(bordered) - size + 1)
        )
        return list(dict.fromkeys(runs))


class TargetVocabulary:
    """The characters that translations are written in, the most frequent first.

    Parameters
    ----------
    sentences : iterable of str
        The translations of the training part.

    Attributes
    ----------
    rare : int
        How many characters of the training part are too rare to be written.
    """

    def __init__(self, sentences: Iterable[str]) -> None:
        counts = Counter(character for sentence in sentences for character in sentence)
        self._characters = [character for character, count in counts.most_common() if count >= _LEAST]
        self._known = {character: place for place, character in enumerate(self._characters, start=_FIRST)}
        self.rare = len(counts) - len(self._characters)

    def __len__(self) -> int:
        """How many numbers there are."""
        return _FIRST + len(self._characters)

    def encode(self, sentence: str) -> torch.Tensor:
        """Give the characters of a sentence and its end."""
        return torch.tensor([*(self._known.get(character, UNKNOWN) for character in sentence), END])

    def decode(self, places: Sequence[int]) -> str:
        """Give the sentence, without end and padding."""
        return "".join(self._characters[place - _FIRST] for place in places if place >= _FIRST)


def padded(rows: Sequence[torch.Tensor]) -> torch.Tensor:
    """Stack tensors of whole numbers, each padded behind to the largest size of every dimension."""
    sizes = [max(row.shape[axis] for row in rows) for axis in range(rows[0].ndim)]
    result = torch.full((len(rows), *sizes), PADDING)
    for place, row in enumerate(rows):
        result[place][tuple(slice(size) for size in row.shape)] = row
    return result
