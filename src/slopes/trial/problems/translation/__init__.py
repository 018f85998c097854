"""Translating short sentences with a recurrent encoder and decoder."""

from slopes.trial.problems.translation.network import Sizes
from slopes.trial.problems.translation.pairs import Sentences
from slopes.trial.problems.translation.problem import TranslationProblem
from slopes.trial.problems.translation.readers import language_pack, read, read_pairs

__all__ = ["Sentences", "Sizes", "TranslationProblem", "language_pack", "read", "read_pairs"]
