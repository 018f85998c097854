"""The encoder and the decoder of a trial on translation."""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional
from torch import nn

from slopes.trial.problems.recurrent import RecurrentLayer
from slopes.trial.problems.translation.vocabulary import PADDING
from slopes.trial.torch_problem import Layer


@dataclass(frozen=True)
class Sizes:
    """How large a network is, and what it drops while training."""

    embedding: int = 64
    units: int = 96
    heads: int = 4
    attention: bool = True
    dropout: float = 0.2

    def __post_init__(self) -> None:
        """Refuse sizes that no network can have."""
        if self.embedding < 1 or self.heads < 1 or self.units < 1:
            raise ValueError(
                f"embedding {self.embedding}, {self.units} units and {self.heads} heads are given; each "
                "must be at least 1"
            )
        if self.units % self.heads:
            raise ValueError(
                f"{self.units} units are given; they must be a multiple of the {self.heads} heads"
            )
        if not 0 <= self.dropout < 1:
            raise ValueError(f"the dropout {self.dropout} is given; it must be at least 0 and below 1")


@dataclass(frozen=True)
class Memory:
    """What the decoder reads of encoded sources.

    Attributes
    ----------
    keys, values : torch.Tensor
        What attention compares and what it gives, of shape ``(batch, heads, steps, width)``.
    summary : torch.Tensor
        The value of the last states, which is read where there is no attention: ``(batch, units)``.
    present : torch.Tensor
        False at padding, of shape ``(batch, steps)``.
    """

    keys: torch.Tensor
    values: torch.Tensor
    summary: torch.Tensor
    present: torch.Tensor

    def rows(self, chosen: torch.Tensor) -> "Memory":
        """Give the memory of chosen sources; one can be chosen several times."""
        return Memory(self.keys[chosen], self.values[chosen], self.summary[chosen], self.present[chosen])


States = tuple[torch.Tensor, torch.Tensor]


class TranslationNetwork(nn.Module):
    """Recurrent encoder and decoder with attention between the decoder's two layers.

    The first decoder layer reads the characters so far and asks; the second reads the answers and
    writes. No answer goes back into the first, so attention to a whole sentence is one product and
    the loops hold nothing but the recurrent units.

    Parameters
    ----------
    activation : callable
        Gives a fresh layer of the candidate's activation.
    feature_count, character_count : int
        Sizes of the vocabularies.
    sizes : Sizes
        How large the layers are.
    """

    def __init__(self, activation: Layer, feature_count: int, character_count: int, sizes: Sizes) -> None:
        super().__init__()
        width, units = sizes.embedding, sizes.units
        self.sizes = sizes
        self.source = nn.Embedding(feature_count, width, padding_idx=PADDING)
        self.target = nn.Embedding(character_count, width)
        self.encoder = RecurrentLayer(width, units, activation, directions=2)
        self.summary = nn.Linear(2 * units, 2 * units)
        self.bridge = activation()
        self.asking = RecurrentLayer(width, units, activation)
        self.query = nn.Linear(units, units)
        self.keys = nn.Linear(2 * units, units)
        self.values = nn.Linear(2 * units, units)
        self.writing = RecurrentLayer(2 * units, units, activation)
        self.out = nn.Linear(2 * units, width)
        self.bias = nn.Parameter(torch.zeros(character_count))
        self.dropout = nn.Dropout(sizes.dropout)

    def initialise(self, gain: float, weights: torch.Generator) -> None:
        """Draw the initial weights."""
        width = self.sizes.embedding
        for table in (self.source, self.target):
            nn.init.normal_(table.weight, std=1 / math.sqrt(width), generator=weights)
        with torch.no_grad():
            self.source.weight[PADDING] = 0
        for layer in (self.encoder, self.asking, self.writing):
            layer.initialise(gain, weights)
        for linear in (self.summary, self.query, self.keys, self.values, self.out):
            scale = gain if linear is self.summary else 1.0
            nn.init.normal_(linear.weight, std=scale / math.sqrt(linear.in_features), generator=weights)
            nn.init.zeros_(linear.bias)

    def encode(self, tokens: torch.Tensor, lengths: torch.Tensor) -> tuple[Memory, States]:
        """Read the sources.

        Parameters
        ----------
        tokens : torch.Tensor
            Each token and its pieces, of shape ``(batch, steps, 1 + most pieces)``.
        lengths : torch.Tensor
            How many tokens each source has, at least 1, of shape ``(batch,)``.
        """
        batch, steps = tokens.shape[:2]
        embedded = self.dropout(self._embedded(tokens)).transpose(0, 1)
        # Backwards by length: padding stays behind the tokens in both directions, so no state that is
        # read below has passed through it.
        places = torch.arange(steps)[:, None]
        backwards = torch.where(places < lengths, lengths - 1 - places, places)
        rows = torch.arange(batch)
        both = torch.stack([embedded, embedded[backwards, rows]])
        forward, backward = self.encoder(both, embedded.new_zeros(2, batch, self.sizes.units))
        last = torch.cat([forward[lengths - 1, rows], backward[lengths - 1, rows]], dim=-1)
        read = self.dropout(torch.cat([forward, backward[backwards, rows]], dim=-1).transpose(0, 1))
        first, second = self.bridge(self.summary(last)).chunk(2, dim=-1)
        keys, values = self._heads(self.keys(read)), self._heads(self.values(read))
        return Memory(keys, values, self.values(last), (places < lengths).T), (first, second)

    def decode(self, characters: torch.Tensor, memory: Memory, states: States) -> tuple[torch.Tensor, States]:
        """Give what the output layer reads after each character, and the states after the last.

        Parameters
        ----------
        characters : torch.Tensor
            Of shape ``(batch, steps)``.
        memory : Memory
            What was read.
        states : tuple of torch.Tensor
            The states before the first character.
        """
        embedded = self.dropout(self.target(characters) * math.sqrt(self.sizes.embedding))
        asked = self.asking(embedded.transpose(0, 1)[None], states[0][None])[0]
        if self.sizes.attention:
            answers = self._answers(asked, memory)
        else:
            answers = memory.summary.expand(len(asked), -1, -1)
        both = self.dropout(torch.cat([asked, answers], dim=-1))
        written = self.writing(both[None], states[1][None])[0]
        out = self.out(self.dropout(torch.cat([written, answers], dim=-1)))
        return self.dropout(out).transpose(0, 1), (asked[-1], written[-1])

    def scores(self, out: torch.Tensor) -> torch.Tensor:
        """Give the score of every character, before softmax; the embeddings serve as weights."""
        return torch.nn.functional.linear(out, self.target.weight, self.bias)

    def _embedded(self, tokens: torch.Tensor) -> torch.Tensor:
        """Give each token's own vector and the mean of its pieces' together."""
        vectors: torch.Tensor = self.source(tokens[..., 0])
        pieces = tokens[..., 1:]
        if pieces.shape[-1]:
            sums = torch.nn.functional.embedding_bag(
                pieces.flatten(0, 1), self.source.weight, mode="sum", padding_idx=PADDING
            )
            counts = (pieces != PADDING).sum(dim=-1, keepdim=True).clamp(min=1)
            vectors = vectors + sums.view_as(vectors) / counts
        return vectors * math.sqrt(self.sizes.embedding)

    def _answers(self, asked: torch.Tensor, memory: Memory) -> torch.Tensor:
        """Give what the sources answer to each state, of the shape of the states."""
        queries = self._heads(self.query(asked).transpose(0, 1))
        answers = torch.nn.functional.scaled_dot_product_attention(
            queries, memory.keys, memory.values, attn_mask=memory.present[:, None, None]
        )
        return answers.transpose(1, 2).flatten(2).transpose(0, 1)

    def _heads(self, x: torch.Tensor) -> torch.Tensor:
        batch, steps, width = x.shape
        return x.view(batch, steps, self.sizes.heads, width // self.sizes.heads).transpose(1, 2)
