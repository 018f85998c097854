"""Training, the losses that fit, masked padding, refusals, scores and yardsticks."""

import dataclasses
from typing import cast

import pytest
import torch

import slopes
from slopes.trial import Candidate, Plan, library
from slopes.trial.execution import perform
from slopes.trial.problems.translation import Sentences, Sizes, TranslationProblem
from slopes.trial.problems.translation.network import TranslationNetwork
from slopes.trial.problems.translation.scores import (
    corpus_scores,
    nearest_neighbours,
    tokenizer,
    unigram_perplexity,
)

PLAN = Plan(Candidate("tanh", "cross_entropy"), 0.02, seed=1, steps=250, phase="trial")


def network(problem: TranslationProblem) -> TranslationNetwork:
    result = cast(TranslationNetwork, problem.network(torch.nn.Tanh))
    problem.initialise(result, 1.0, torch.Generator().manual_seed(0))
    return result


def test_it_learns_to_spell(problem: TranslationProblem) -> None:
    run = perform(PLAN, problem)
    assert run.error is None
    assert run.measures["chrF"] > 90
    assert run.measures["perplexity"] < 1.2
    assert problem.yardsticks()["nearest neighbour"] < 60
    assert problem.description()["perplexity of character frequencies"] > 5


def test_without_attention_and_with_words_it_trains_too(problem: TranslationProblem) -> None:
    changed = dataclasses.replace(
        problem, sizes=dataclasses.replace(problem.sizes, attention=False), source_units="both"
    )
    run = perform(dataclasses.replace(PLAN, steps=40), changed)
    assert run.error is None
    assert run.curve[-1].training_loss < 0.8 * run.curve[0].training_loss


def test_padding_changes_nothing(problem: TranslationProblem) -> None:
    """Whatever stands in the place of padding, the loss and every gradient stay the same to the bit."""
    # All pairs in one batch, so that it is of many lengths.
    whole = dataclasses.replace(problem, batch_size=len(problem.data.training))
    batch = next(whole.batches(PLAN, torch.Generator().manual_seed(0)))
    behind = torch.arange(batch.sources.shape[1]) >= batch.lengths[:, None]
    assert behind.any()
    sources, before = batch.sources.clone(), batch.before.clone()
    sources[behind] = 5
    assert (batch.after == 0).any()
    before[batch.after == 0] = 6
    changed = dataclasses.replace(batch, sources=sources, before=before)
    results = []
    for given in (batch, changed):
        model = network(problem)
        value, _ = problem.loss(model, given, library.loss("cross_entropy"))
        value.backward()  # type: ignore[no-untyped-call]
        results.append([value.detach(), *(p.grad for p in model.parameters())])
    assert results[0][0].isfinite()
    for name, (one, two) in zip(
        ["loss", *dict(network(problem).named_parameters())], zip(*results, strict=True), strict=True
    ):
        assert one is not None
        assert two is not None
        assert torch.equal(one, two), name


def test_a_longer_neighbour_changes_no_score(problem: TranslationProblem) -> None:
    model = network(problem)
    tokens = [problem._sources.encode(word) for word in ("abc", "abcdef")]
    lengths = torch.tensor([len(row) for row in tokens])
    both = torch.zeros(2, 6, 1, dtype=torch.int64)
    both[0, :3], both[1] = tokens
    characters = torch.tensor([[1, 4, 5], [1, 6, 7]])
    memory, states = model.encode(both, lengths)
    together = model.scores(model.decode(characters, memory, states)[0])[0]
    memory, states = model.encode(tokens[0][None], lengths[:1])
    alone = model.scores(model.decode(characters[:1], memory, states)[0])[0]
    torch.testing.assert_close(together, alone, rtol=1e-5, atol=1e-6)


def test_every_loss_either_trains_or_is_refused_with_the_reason(problem: TranslationProblem) -> None:
    batch = next(problem.batches(PLAN, torch.Generator().manual_seed(0)))
    trained = set()
    for name in slopes.losses:
        refusal = None
        try:
            problem.check("tanh", name)
        except ValueError as error:
            refusal = str(error)
        if refusal is not None:
            assert repr(name) in refusal
            continue
        value, _ = problem.loss(network(problem), batch, library.loss(name))
        assert value.isfinite(), name
        trained.add(name)
    assert {"cross_entropy", "categorical_focal", "poly1", "generalized_cross_entropy", "mse"} <= trained


@pytest.mark.parametrize(
    ("hidden", "loss", "words"),
    [
        ("softmax", "cross_entropy", "works on a whole row"),
        ("tanh", "coral", "takes ordered ranks"),
        ("tanh", "silu", "not a loss"),
        ("tanh", "gamma_deviance", "takes 'means'"),
    ],
)
def test_what_cannot_work_is_refused(hidden: str, loss: str, words: str, problem: TranslationProblem) -> None:
    with pytest.raises(ValueError, match=words):
        problem.check(hidden, loss)


def test_label_smoothing_is_for_losses_that_offer_it(problem: TranslationProblem) -> None:
    smooth = dataclasses.replace(problem, label_smoothing=0.1)
    smooth.check("tanh", "cross_entropy")
    with pytest.raises(ValueError, match=r"'mse' has no label smoothing; of the losses .*cross_entropy"):
        smooth.check("tanh", "mse")
    batch = next(problem.batches(PLAN, torch.Generator().manual_seed(0)))
    loss = library.loss("cross_entropy")
    with torch.inference_mode():
        plain, smoothed = (float(p.loss(network(p), batch, loss)[0]) for p in (problem, smooth))
        model = network(problem)
        memory, states = model.encode(batch.sources, batch.lengths)
        scores = model.scores(model.decode(batch.before, memory, states)[0])
    expected = torch.nn.functional.cross_entropy(
        scores.flatten(0, 1), batch.after.flatten(), ignore_index=0, label_smoothing=0.1
    )
    assert smoothed == pytest.approx(float(expected), rel=1e-5)
    assert plain != smoothed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"units": 30}, "30 units are given; they must be a multiple of the 4 heads"),
        ({"units": 0}, "must be at least 1"),
        ({"dropout": 1.0}, "the dropout 1.0 is given"),
    ],
)
def test_bad_sizes(change: dict[str, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Sizes(**change)  # type: ignore[arg-type]


def test_bad_numbers(problem: TranslationProblem) -> None:
    for change, words in (
        ({"beam": 0}, "the beam is 0"),
        ({"batch_size": 0}, "the batch size is 0"),
        ({"label_smoothing": 1.0}, "the label smoothing is 1.0"),
    ):
        with pytest.raises(ValueError, match=words):
            dataclasses.replace(problem, **change)


def test_fractions_are_nested_and_batches_are_of_one_length(problem: TranslationProblem) -> None:
    def seen(fraction: float) -> set[tuple[int, ...]]:
        plan = dataclasses.replace(PLAN, fraction=fraction, steps=30)
        batches = list(problem.batches(plan, torch.Generator().manual_seed(0)))
        assert len(batches) == 30
        assert sum(b.sources.shape[1] - int(b.lengths.min()) <= 1 for b in batches) >= 20
        return {tuple(row.tolist()) for b in batches for row in b.sources[..., 0]}

    part, whole = seen(0.2), seen(1.0)
    assert {tuple(t for t in row if t) for row in part} < {tuple(t for t in row if t) for row in whole}


def test_scores() -> None:
    references = {"one": ["一个", "壹"], "two": ["两个东西"]}
    best = corpus_scores({"one": "壹", "two": "两个东西"}, references, "zh")
    assert best["chrF"] == pytest.approx(100)
    assert best["BLEU"] == pytest.approx(100)
    worse = corpus_scores({"one": "壹", "two": "两个人"}, references, "zh")
    assert 0 < worse["chrF"] < 100
    # A source's second reference does not give the other source, which has one, an empty reference.
    written = {"one": "一共五个", "two": "四个字的"}
    alone = {"one": ["一共五个"], "two": ["四个字的开头不是全句"]}
    another = alone | {"one": ["一共五个", "总共有五个"]}
    assert corpus_scores(written, another, "zh")["BLEU"] == corpus_scores(written, alone, "zh")["BLEU"]


def test_the_tokenizer_follows_the_script() -> None:
    for target, expected in (("重做", "zh"), ("やり直す", "char"), ("Réessayer", "13a"), ("重做 R", "zh")):
        assert tokenizer(Sentences("a", (("redo", target),), (("x", "y"),))) == expected


def test_the_nearest_neighbour_is_the_most_similar_source() -> None:
    training = (("open the file", "A"), ("close the window", "B"), ("save", "C"))
    sentences = Sentences("a", training, (("open a file", "?"), ("saved", "?")))
    assert nearest_neighbours(sentences) == {"open a file": "A", "saved": "C"}


def test_unigram_perplexity_by_hand() -> None:
    sentences = Sentences("a", (("x", "aab"),), (("y", "ac"),))
    # Counts a 2, b 1, end 1, each one more, and one for the unknown: of 8.
    assert unigram_perplexity(sentences) == pytest.approx((3 / 8 * 1 / 8 * 2 / 8) ** (-1 / 3))


def test_divergence_is_a_failed_run(problem: TranslationProblem) -> None:
    run = perform(dataclasses.replace(PLAN, learning_rate=1e30, steps=5), problem)
    assert run.error is not None
    assert run.error.startswith("FloatingPointError")
