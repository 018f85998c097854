"""Small sentences that the tests of translation share."""

import random

import pytest

from slopes.trial.problems.translation import Sentences, Sizes, TranslationProblem


def spelling(count: int) -> list[tuple[str, str]]:
    """Give words of 3 to 6 letters, each translated by its capitals."""
    draw = random.Random(0)
    words = ["".join(draw.choices("abcdef", k=draw.randint(3, 6))) for _ in range(count)]
    return [(word, word.upper()) for word in words]


@pytest.fixture(scope="session")
def problem() -> TranslationProblem:
    """Give the task of spelling in capitals, with a small network without dropout."""
    data = Sentences.split("spelling", spelling(1000))
    sizes = Sizes(embedding=16, units=32, dropout=0.0)
    return TranslationProblem(data, sizes, source_units="characters", batch_size=32, beam=2)
