"""The sentences that a trial on translation trains and tests on."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

Pair = tuple[str, str]

TEST_PART = 0.1
LONGEST = 7
_FEWEST = 20


@dataclass(frozen=True)
class Sentences:
    """Pairs of a source sentence and its translation, already split.

    A source with several translations stands in several pairs, all of them in one part. No source
    stands in both parts, whatever its capitals.

    Examples
    --------
    >>> from slopes.trial.problems.translation import Sentences
    >>> sentences = Sentences.split("numbers", [(f"number {n}", f"nombre {n}") for n in range(50)])
    >>> len(sentences.training) + len(sentences.test)
    50
    >>> len(sentences.for_search().training) < len(sentences.training)
    True
    """

    name: str
    training: tuple[Pair, ...]
    test: tuple[Pair, ...]

    @classmethod
    def split(cls, name: str, pairs: Iterable[Pair], longest: int = LONGEST) -> Self:
        """Clean pairs and split them by source.

        Spaces are made single and characters composed (Unicode NFC); pairs with an empty side, pairs
        that occurred before and sentences translated by themselves (names, mostly) are left out. Where
        a source goes depends on its text alone, not on its place nor on the other pairs.

        Parameters
        ----------
        name : str
            What the ledger and the report call them.
        pairs : iterable of (str, str)
            Sources and translations.
        longest : int
            Sources of more words are left out. A word is what stands between spaces.

        Raises
        ------
        ValueError
            If too few pairs are left.
        """
        if longest < 1:
            raise ValueError(f"sources of at most {longest} words are asked for; at least 1 is needed")
        given = [(_clean(source), _clean(target)) for source, target in pairs]
        kept = {
            (source, target)
            for source, target in given
            if source and target and source != target and len(source.split()) <= longest
        }
        if len(kept) < _FEWEST:
            raise ValueError(
                f"{name}: {len(kept)} of {len(given)} pairs are usable (both sides given, up to {longest} "
                f"words in the source); at least {_FEWEST} are needed"
            )
        training, test = _parted(kept, "test")
        return cls(name, training, test)

    def __post_init__(self) -> None:
        """Refuse a part without pairs."""
        for part, pairs in (("training", self.training), ("test", self.test)):
            if not pairs:
                raise ValueError(f"{self.name}: the {part} part has no pairs; more sources are needed")

    def for_search(self) -> Self:
        """Give the sentences of the learning-rate search: the training part alone, split again."""
        return type(self)(f"{self.name} (search)", *_parted(self.training, "search"))

    @property
    def references(self) -> dict[str, list[str]]:
        """The translations of each test source."""
        result: dict[str, list[str]] = {}
        for source, target in self.test:
            result.setdefault(source, []).append(target)
        return result

    @property
    def checksum(self) -> str:
        """The SHA-256 of all pairs, part by part."""
        digest = hashlib.sha256()
        for part in (self.training, self.test):
            digest.update(f"{len(part)}\n".encode())
            for source, target in part:
                digest.update(f"{source}\t{target}\n".encode())
        return digest.hexdigest()


def _clean(sentence: str) -> str:
    return " ".join(unicodedata.normalize("NFC", sentence).split())


def _parted(pairs: Iterable[Pair], purpose: str) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """Hold out about a tenth of the sources; order the rest so that any first part is a fair sample."""
    parts: tuple[list[tuple[float, Pair]], list[tuple[float, Pair]]] = ([], [])
    for pair in pairs:
        digest = hashlib.sha256(f"{purpose} {pair[0].casefold()}".encode()).digest()
        place = int.from_bytes(digest[:8]) / 2**64
        parts[place < TEST_PART].append((place, pair))
    training, test = (tuple(pair for _, pair in sorted(part)) for part in parts)
    return training, test
