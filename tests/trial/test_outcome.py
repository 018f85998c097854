"""From runs to standings, on runs written by hand."""

import pytest

from slopes.trial.curves import headline
from slopes.trial.design import Design
from slopes.trial.outcome import choose_learning_rates, standings
from slopes.trial.records import ACCURACY, Candidate, Phase, Plan, Run

RELU, TANH = Candidate("relu", "mse"), Candidate("tanh", "mse")
DESIGN = Design((RELU, TANH), (0.001, 0.01, 0.1), (0, 1, 2), 10)


def run(
    candidate: Candidate, accuracy: float | None, seed: int, rate: float = 0.01, phase: Phase = "trial"
) -> Run:
    error = "FloatingPointError: NaN" if accuracy is None else None
    measures = {} if accuracy is None else {"accuracy": accuracy}
    return Run(Plan(candidate, rate, seed, 10, phase), measures, (), 1.0, error)


def trial(relu: list[float | None], tanh: list[float | None]) -> list[Run]:
    return [run(RELU, value, seed) for seed, value in enumerate(relu)] + [
        run(TANH, value, seed) for seed, value in enumerate(tanh)
    ]


def search(candidate: Candidate, accuracies: list[float | None]) -> list[Run]:
    return [
        run(candidate, accuracy, 99, rate, "search")
        for rate, accuracy in zip(DESIGN.learning_rates, accuracies, strict=True)
    ]


@pytest.mark.parametrize(
    ("accuracies", "chosen"),
    [([0.5, 0.9, 0.7], 0.01), ([0.5, 0.9, 0.9], 0.01), ([None, None, 0.1], 0.1), ([None, None, None], 0.001)],
)
def test_choice_of_the_learning_rate(accuracies: list[float | None], chosen: float) -> None:
    runs = search(RELU, [0.9, 0.1, 0.1]) + search(TANH, accuracies)[::-1]
    # What happened on the test part must not matter to the choice.
    runs.append(run(TANH, 1.0, 0, 0.001))
    assert choose_learning_rates(DESIGN, ACCURACY, runs) == {RELU: 0.001, TANH: chosen}


def test_a_choice_at_the_edge_of_the_search_is_marked() -> None:
    runs = search(RELU, [0.1, 0.9, 0.1]) + search(TANH, [0.1, 0.1, 0.9])
    runs += trial([0.9, 0.9, 0.9], [0.9, 0.9, 0.9])
    assert [standing.at_edge for standing in standings(DESIGN, ACCURACY, runs)] == [False, True]


def test_standings_compare_with_the_first() -> None:
    first, second = standings(DESIGN, ACCURACY, trial([0.80, 0.82, 0.84], [0.90, 0.93, 0.94]))
    assert first.verdict == "the baseline"
    assert first.comparison is None
    assert first.mean == pytest.approx(0.82)
    assert second.comparison is not None
    assert second.comparison.difference == pytest.approx(0.31 / 3)
    assert second.verdict == "better"
    assert "the best was tanh + mse" in headline(ACCURACY, [first, second])


def test_a_failed_run_is_counted_and_takes_the_verdict() -> None:
    first, second = standings(DESIGN, ACCURACY, trial([0.8, 0.8, 0.8], [0.9, None, 0.92]))
    assert (second.failed, second.verdict) == (1, "failed in 1 of 3 runs")
    assert second.mean == pytest.approx(0.91)
    assert second.as_record()["seeds"] == 3
    assert "Failed: tanh + mse." in headline(ACCURACY, [first, second])


def test_nothing_but_failures() -> None:
    first, second = standings(DESIGN, ACCURACY, trial([None] * 3, [None] * 3))
    assert first.mean is None
    assert first.interval is None
    assert second.as_record()["difference"] is None
    assert "failed in 3 of its runs" in headline(ACCURACY, [first, second])


def test_intervals_stay_within_what_accuracy_can_be() -> None:
    standing = standings(DESIGN, ACCURACY, trial([0.7, 0.99, 1.0], [0.5] * 3))[0]
    assert standing.interval is not None
    assert standing.interval[0] > 0
    assert standing.interval[1] == 1.0
