"""Beam search for the translation that a network finds most probable."""

import torch

from slopes.trial.problems.translation.network import TranslationNetwork
from slopes.trial.problems.translation.vocabulary import BEGIN, END, PADDING, UNKNOWN


def translate(
    network: TranslationNetwork,
    tokens: torch.Tensor,
    lengths: torch.Tensor,
    *,
    beam: int,
    longest: int,
    length_penalty: float,
) -> list[list[int]]:
    """Write the best translation of each source that a beam search finds.

    Parameters
    ----------
    network : TranslationNetwork
        A trained network in evaluation mode.
    tokens, lengths : torch.Tensor
        The sources, as the network's encoder takes them.
    beam : int
        How many beginnings of each source's translation are kept at every step.
    longest : int
        How many characters a translation may have, its end among them.
    length_penalty : float
        A translation is worth its log-probability divided by this power of its length. With 0 short
        ones win, since every character costs something.

    Returns
    -------
    list of list of int
        The characters of each translation, without its end; none where no search ended in time.
    """
    memory, states = network.encode(tokens, lengths)
    batch = len(tokens)
    rows = torch.arange(batch).repeat_interleave(beam)
    memory, states = memory.rows(rows), (states[0][rows], states[1][rows])
    written = torch.full((batch * beam, 1), BEGIN)
    # All beginnings of a source are still the same, so only one of them may go on.
    worth = torch.full((batch, beam), -torch.inf)
    worth[:, 0] = 0.0
    best = torch.full((batch,), -torch.inf)
    result: list[list[int]] = [[] for _ in range(batch)]
    for length in range(1, longest + 1):
        out, states = network.decode(written[:, -1:], memory, states)
        total = worth.view(-1, 1) + torch.log_softmax(network.scores(out[:, 0]), dim=-1)
        value, place = (total[:, END].view(batch, beam) / length**length_penalty).max(dim=1)
        for row in torch.nonzero(value > best).flatten().tolist():
            result[row] = written[row * beam + int(place[row]), 1:].tolist()
        best = torch.maximum(best, value)
        total[:, [PADDING, BEGIN, END, UNKNOWN]] = -torch.inf
        characters = total.shape[1]
        worth, chosen = total.view(batch, -1).topk(beam, dim=1)
        # Log-probabilities only fall, so this is the most that any of these beginnings can come to.
        if bool((worth[:, 0] / longest**length_penalty <= best).all()):
            break
        origin = (torch.arange(batch)[:, None] * beam + chosen // characters).flatten()
        written = torch.cat([written[origin], (chosen % characters).view(-1, 1)], dim=1)
        states = (states[0][origin], states[1][origin])
    return result
