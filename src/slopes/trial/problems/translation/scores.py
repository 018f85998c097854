"""How good translations are, and how good those are that need no training."""

import math
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sklearn.feature_extraction.text import TfidfVectorizer

from slopes.trial.problems.translation.pairs import Sentences


def tokenizer(sentences: Sentences) -> str:
    """Choose sacrebleu's tokenizer by the script of the translations: Chinese, other of its region, any."""
    letters = Counter(
        unicodedata.name(character, "?").split(" ", 1)[0]
        for _, target in sentences.training
        for character in target
        if character.isalpha()
    )
    chinese, other = letters["CJK"], letters["HIRAGANA"] + letters["KATAKANA"] + letters["HANGUL"]
    if 2 * (chinese + other) < letters.total():
        return "13a"
    return "zh" if 10 * other < chinese else "char"


def corpus_scores(
    written: Mapping[str, str], references: Mapping[str, Sequence[str]], tokenize: str
) -> dict[str, float]:
    """Give chrF and BLEU, 0 to 100, of a translation of each source against all its references."""
    most = max(map(len, references.values()))
    # None is a reference that is not there; sacrebleu's types do not say so. An empty one would count as
    # a reference of length 0.
    columns = cast(
        list[list[str]],
        [[known[k] if k < len(known) else None for known in references.values()] for k in range(most)],
    )
    outputs = [written[source] for source in references]
    return {
        "chrF": CHRF().corpus_score(outputs, columns).score,
        "BLEU": BLEU(tokenize=tokenize).corpus_score(outputs, columns).score,
    }


def nearest_neighbours(sentences: Sentences) -> dict[str, str]:
    """Give each test source the translation of the training source that is most like it.

    Sources are compared by the cosine of their character runs (2 to 5, inside words), each weighed by
    how few sources have it (tf-idf).
    """
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    known = vectorizer.fit_transform([source for source, _ in sentences.training])
    asked = list(sentences.references)
    likeness = vectorizer.transform(asked) @ known.T
    nearest = np.asarray(likeness.argmax(axis=1)).ravel()
    return {source: sentences.training[place][1] for source, place in zip(asked, nearest, strict=True)}


def unigram_perplexity(sentences: Sentences) -> float:
    """Give the perplexity of characters and sentence ends by their frequencies alone.

    Frequencies are those of the training part, with one added to each character's count and one
    character more for all that the training part lacks.
    """
    end = "\n"  # no sentence holds one
    counts = Counter(c for _, target in sentences.training for c in (*target, end))
    total = counts.total() + len(counts) + 1
    test = [c for _, target in sentences.test for c in (*target, end)]
    return math.exp(-sum(math.log((counts[c] + 1) / total) for c in test) / len(test))
