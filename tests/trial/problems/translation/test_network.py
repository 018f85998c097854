"""Beam search against trying everything."""

import itertools
from typing import cast

import pytest
import torch

from slopes.trial import library
from slopes.trial.problems.translation import Sizes
from slopes.trial.problems.translation.decoding import translate
from slopes.trial.problems.translation.network import TranslationNetwork
from slopes.trial.problems.translation.vocabulary import BEGIN, END, UNKNOWN


def network(seed: int, end: float) -> TranslationNetwork:
    """Give an untrained network over three characters that prefers some of them clearly."""
    result = TranslationNetwork(torch.nn.Tanh, 6, UNKNOWN + 4, Sizes(embedding=4, units=8, dropout=0.0))
    result.initialise(3.0, torch.Generator().manual_seed(seed))
    with torch.no_grad():
        result.target.weight *= 3
        result.bias[END] = end
    return result.eval()


def worth(network: TranslationNetwork, tokens: torch.Tensor, characters: tuple[int, ...]) -> float:
    memory, states = network.encode(tokens, torch.tensor([tokens.shape[1]]))
    out, _ = network.decode(torch.tensor([[BEGIN, *characters]]), memory, states)
    logs = torch.log_softmax(network.scores(out[0]), dim=-1)
    return float(sum(logs[place, c] for place, c in enumerate((*characters, END))))


@pytest.mark.parametrize(("penalty", "end"), [(0.0, -2.0), (1.0, -2.0), (2.0, 2.0)])
@torch.inference_mode()
def test_a_wide_beam_finds_the_best_of_all(penalty: float, end: float) -> None:
    tokens = torch.tensor([[[4], [5], [4]]])
    every = [
        sequence
        for length in range(4)
        for sequence in itertools.product(range(UNKNOWN + 1, UNKNOWN + 4), repeat=length)
    ]
    lengths, greedy = set(), 0
    for seed in range(8):
        model = network(seed, end)
        best = max(every, key=lambda s: worth(model, tokens, s) / (len(s) + 1) ** penalty)
        # A second source beside it must not disturb.
        both, counts = torch.tensor([[[4], [5], [4]], [[5], [5], [0]]]), torch.tensor([3, 2])
        found = translate(model, both, counts, beam=27, longest=4, length_penalty=penalty)
        assert tuple(found[0]) == best, seed
        narrow = translate(model, both, counts, beam=1, longest=4, length_penalty=penalty)
        greedy += narrow[0] == found[0]
        lengths.add(len(best))
    assert len(lengths) > 1 or penalty == 2.0
    assert greedy < 8 or penalty != 1.0


@torch.inference_mode()
def test_a_beam_of_one_takes_the_best_character() -> None:
    model = network(3, -2.0)
    tokens = torch.tensor([[[4], [5], [4]]])
    memory, states = model.encode(tokens, torch.tensor([3]))
    character, written = BEGIN, []
    for _ in range(3):
        out, states = model.decode(torch.tensor([[character]]), memory, states)
        scores = model.scores(out[0, 0])
        scores[[0, BEGIN, END, UNKNOWN]] = -torch.inf
        character = int(scores.argmax())
        written.append(character)
    best = max((written[:n] for n in range(4)), key=lambda s: worth(model, tokens, tuple(s)))
    found = translate(model, tokens, torch.tensor([3]), beam=1, longest=4, length_penalty=0.0)
    assert found == [best]


def test_one_seed_gives_every_activation_the_same_weights() -> None:
    def weights(name: str) -> list[torch.Tensor]:
        function = library.activation(name)
        model = TranslationNetwork(lambda: library.layer(function), 6, 8, Sizes(embedding=4, units=8))
        model.initialise(1.0, torch.Generator().manual_seed(0))
        return [cast(torch.Tensor, p) for p in model.parameters() if p.ndim > 1]

    for one, two in zip(weights("tanh"), weights("prelu"), strict=True):
        assert torch.equal(one, two)
