"""The task of translating: character by character, chrF as the outcome."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar, Self, cast

import torch
from torch import nn

from slopes.trial import library
from slopes.trial.problems import pairing
from slopes.trial.problems.translation.decoding import translate
from slopes.trial.problems.translation.network import Sizes, TranslationNetwork
from slopes.trial.problems.translation.pairs import Pair, Sentences
from slopes.trial.problems.translation.readers import language_pack
from slopes.trial.problems.translation.scores import (
    corpus_scores,
    nearest_neighbours,
    tokenizer,
    unigram_perplexity,
)
from slopes.trial.problems.translation.vocabulary import (
    BEGIN,
    PADDING,
    UNKNOWN,
    SourceUnits,
    SourceVocabulary,
    TargetVocabulary,
    padded,
)
from slopes.trial.records import Metric, Plan
from slopes.trial.torch_problem import Layer, TorchProblem

#: So many batches are drawn at once and sorted by length: less padding, and still random.
_POOL = 20
_TEST_BATCH = 128


@dataclass(frozen=True)
class Batch:
    """Sentences as padded tensors: sources, characters before and characters to write."""

    sources: torch.Tensor
    lengths: torch.Tensor
    before: torch.Tensor
    after: torch.Tensor


@dataclass(frozen=True)
class TranslationProblem(TorchProblem):
    """Sentences to translate.

    The outcome is chrF: it falls and rises evenly where BLEU is 0 for want of one common run of four
    words, and it needs no tokenizer, so Chinese and French are counted alike. BLEU and perplexity
    stand beside it.

    Parameters
    ----------
    data : Sentences
        What is translated; the Chinese language pack of JupyterLab if not given.
    sizes : Sizes
        The network's.
    source_units : str
        How sources are read: ``"words"``, ``"characters"`` or ``"both"``.
    label_smoothing : float
        What share of each target is spread over all characters; only for losses that offer it.
    batch_size : int
        Pairs a step.
    beam : int
        How many translations of a source the search keeps; 1 takes the best character each time.
    length_penalty : float
        The power of its length that a translation's log-probability is divided by.

    Examples
    --------
    >>> from slopes.trial.problems.translation import Sentences, Sizes, TranslationProblem
    >>> sentences = Sentences.split("numbers", [(f"number {n}", f"nombre {n}") for n in range(50)])
    >>> problem = TranslationProblem(sentences, Sizes(units=8))
    >>> problem.check("softsign", "categorical_focal")
    >>> problem.check("softsign", "coral")
    Traceback (most recent call last):
    ValueError: 'coral' takes ordered ranks, which a classifier's scores are not
    """

    kind: ClassVar[str] = "translation"
    metric = Metric("chrF", smallest=0.0, greatest=100.0)
    activations = ("tanh", "relu", "silu")
    losses = ("cross_entropy",)
    learning_rates = (0.005, 0.01, 0.02)
    steps = 400
    clip_norm = 1.0

    data: Sentences = field(default_factory=language_pack)
    sizes: Sizes = field(default_factory=Sizes)
    source_units: SourceUnits = "both"
    label_smoothing: float = 0.0
    batch_size: int = 32
    beam: int = 4
    length_penalty: float = 1.0

    def __post_init__(self) -> None:
        """Refuse numbers that make no sense."""
        for what, number in (("the batch size", self.batch_size), ("the beam", self.beam)):
            if number < 1:
                raise ValueError(f"{what} is {number}; it must be at least 1")
        if not 0 <= self.label_smoothing < 1:
            raise ValueError(
                f"the label smoothing is {self.label_smoothing}; it must be at least 0 and below 1"
            )

    @property
    def name(self) -> str:
        """The name of the data."""
        return self.data.name

    def check(self, activation: str, loss: str) -> None:
        """Refuse what characters cannot be learned with."""
        library.activation(activation)
        pairing.check(self._loss(library.loss(loss)))

    def for_search(self) -> Self:
        """Give the training part, a tenth of its sources held out."""
        return replace(self, data=self.data.for_search())

    def network(self, activation: Layer) -> nn.Module:
        """Build the network for these vocabularies."""
        return TranslationNetwork(activation, len(self._sources), len(self._targets), self.sizes)

    def initialise(self, network: nn.Module, gain: float, weights: torch.Generator) -> None:
        """Draw the network's weights, each layer's as it needs them."""
        cast(TranslationNetwork, network).initialise(gain, weights)

    def batches(self, plan: Plan, random: torch.Generator) -> Iterator[Batch]:
        """Yield pairs of about the same length."""
        sources, targets = self._encoded
        count = max(1, round(len(sources) * plan.fraction))
        step = 0
        while True:
            order = torch.randperm(count, generator=random)
            for pool in torch.split(order, _POOL * self.batch_size):
                by_length = sorted(pool.tolist(), key=lambda pair: (len(targets[pair]), len(sources[pair])))
                parts = torch.split(torch.tensor(by_length), self.batch_size)
                for place in torch.randperm(len(parts), generator=random).tolist():
                    chosen = parts[place].tolist()
                    yield _batch([sources[pair] for pair in chosen], [targets[pair] for pair in chosen])
                    step += 1
                    if step == plan.steps:
                        return

    def loss(
        self, network: nn.Module, batch: Batch, loss: library.LossFunction
    ) -> tuple[torch.Tensor, float | None]:
        """Give the mean loss of the characters to write; padding is not among them."""
        scores, labels = _scores(cast(TranslationNetwork, network), batch)
        return pairing.classification_loss(self._loss(loss), scores, labels), None

    def measure(self, network: nn.Module) -> dict[str, float]:
        """Give chrF, BLEU and the perplexity of the test part."""
        network = cast(TranslationNetwork, network)
        perplexity = self._perplexity(network)
        written = corpus_scores(self.translations(network), self.data.references, tokenizer(self.data))
        return {**written, "perplexity": perplexity}

    def translations(self, network: TranslationNetwork) -> dict[str, str]:
        """Translate the sources of the test part."""
        # Sources of about the same length end together, so no search waits for a longer one.
        sources = sorted(self.data.references, key=len)
        longest = 1 + max(len(target) for _, target in self.data.training)  # and its end
        result = {}
        for start in range(0, len(sources), _TEST_BATCH):
            part = sources[start : start + _TEST_BATCH]
            tokens = [self._sources.encode(source) for source in part]
            found = translate(
                network,
                padded(tokens),
                torch.tensor([len(row) for row in tokens]),
                beam=self.beam,
                longest=longest,
                length_penalty=self.length_penalty,
            )
            result.update({s: self._targets.decode(f) for s, f in zip(part, found, strict=True)})
        return result

    @property
    def checksum(self) -> str:
        """The SHA-256 of all pairs."""
        return self.data.checksum

    def yardsticks(self) -> dict[str, float]:
        """Give the chrF of answering with the translation of the most similar training source."""
        return {"nearest neighbour": self._nearest["chrF"]}

    def description(self) -> Mapping[str, object]:
        """Give the sizes of the parts, and what needs no training by the other metrics."""
        return {
            "training pairs": len(self.data.training),
            "test pairs": len(self.data.test),
            "test sources": len(self.data.references),
            "characters": len(self._targets),
            "BLEU tokenizer": tokenizer(self.data),
            "BLEU of the nearest neighbour": round(self._nearest["BLEU"], 2),
            "perplexity of character frequencies": round(unigram_perplexity(self.data), 1),
        }

    def _loss(self, loss: library.LossFunction) -> library.LossFunction:
        return library.smoothed(loss, self.label_smoothing) if self.label_smoothing else loss

    def _perplexity(self, network: TranslationNetwork) -> float:
        """Give the perplexity of characters and sentence ends, the translation's own ones before them.

        A character that the training part lacks or shows once is the unknown one, and then any of
        those that were shown once.
        """
        surprise, count = 0.0, 0
        for start in range(0, len(self.data.test), _TEST_BATCH):
            pairs = self.data.test[start : start + _TEST_BATCH]
            scores, labels = _scores(network, _batch(*self._encode(pairs)))
            if not bool(torch.isfinite(scores).all()):
                raise FloatingPointError("the trained network gives scores that are not finite")
            surprise += float(nn.functional.cross_entropy(scores, labels, reduction="sum"))
            surprise += int((labels == UNKNOWN).sum()) * math.log(max(1, self._targets.rare))
            count += len(labels)
        # A network that is sure of the wrong characters can exceed what exp can hold.
        return math.exp(min(surprise / count, 700.0))

    @cached_property
    def _sources(self) -> SourceVocabulary:
        return SourceVocabulary((source for source, _ in self.data.training), self.source_units)

    @cached_property
    def _targets(self) -> TargetVocabulary:
        return TargetVocabulary(target for _, target in self.data.training)

    @cached_property
    def _encoded(self) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
        return self._encode(self.data.training)

    @cached_property
    def _nearest(self) -> dict[str, float]:
        return corpus_scores(nearest_neighbours(self.data), self.data.references, tokenizer(self.data))

    def _encode(self, pairs: Sequence[Pair]) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
        return (
            [self._sources.encode(source) for source, _ in pairs],
            [self._targets.encode(target) for _, target in pairs],
        )


def _batch(sources: Sequence[torch.Tensor], targets: Sequence[torch.Tensor]) -> Batch:
    after = padded(targets)
    before = torch.cat([torch.full((len(after), 1), BEGIN), after[:, :-1]], dim=1)
    return Batch(padded(sources), torch.tensor([len(row) for row in sources]), before, after)


def _scores(network: TranslationNetwork, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Give the scores and the labels of all characters to write but padding, in one row."""
    memory, states = network.encode(batch.sources, batch.lengths)
    out, _ = network.decode(batch.before, memory, states)
    written = batch.after != PADDING
    return network.scores(out[written]), batch.after[written]
