"""From runs to standings, on runs written by hand."""

from dataclasses import replace

import pytest

from slopes.trial.design import Design
from slopes.trial.headline import headline
from slopes.trial.outcome import choose_learning_rates, confirmation, next_seeds, standings, winner
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
    assert "tanh + mse did better than the baseline relu + mse" in headline(ACCURACY, [first, second])


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
    assert "failed in each of its runs" in headline(ACCURACY, [first, second])


def test_intervals_stay_within_what_accuracy_can_be() -> None:
    standing = standings(DESIGN, ACCURACY, trial([0.7, 0.99, 1.0], [0.5] * 3))[0]
    assert standing.interval is not None
    assert standing.interval[0] > 0
    assert standing.interval[1] == 1.0


def test_the_experiment_is_told_what_to_run_next() -> None:
    design = Design((RELU, TANH), (0.01,), tuple(range(6)), 10, looks=(3, 6))
    assert next_seeds(design, ACCURACY, []) == {RELU: (0, 1, 2), TANH: (0, 1, 2)}
    assert next_seeds(design, ACCURACY, trial([0.5], [])) == {RELU: (1, 2), TANH: (0, 1, 2)}
    unsure = trial([0.80, 0.82, 0.84], [0.83, 0.81, 0.85])
    assert next_seeds(design, ACCURACY, unsure) == {RELU: (3, 4, 5), TANH: (3, 4, 5)}
    sure = trial([0.80, 0.82, 0.84], [0.900, 0.921, 0.942])
    assert next_seeds(design, ACCURACY, sure) == {}
    # Runs on less data, or of another phase, decide nothing.
    other = [Run(replace(run.plan, fraction=0.5), run.measures, (), 1.0, None) for run in unsure]
    assert next_seeds(design, ACCURACY, other) == next_seeds(design, ACCURACY, [])


def test_the_winner_is_the_best_of_those_called_better() -> None:
    third = Candidate("silu", "mse")
    design = Design((RELU, TANH, third), (0.01,), tuple(range(5)), 10)
    spread = (0.0, 0.001, 0.002, -0.001, -0.002)

    def runs(*values: float) -> list[Run]:
        return [
            run(candidate, value + (place + 1) * spread[seed], seed)
            for place, (candidate, value) in enumerate(zip(design.candidates, values, strict=True))
            for seed in range(5)
        ]

    higher, lower = runs(0.8, 0.9, 0.85), runs(0.9, 0.8, 0.85)
    error = replace(ACCURACY, higher_is_better=False)
    assert winner(ACCURACY, standings(design, ACCURACY, higher)) == TANH
    assert winner(error, standings(design, error, lower)) == TANH
    assert winner(error, standings(design, error, higher)) is None
    assert [s.finding for s in standings(design, error, higher)] == ["baseline", "worse", "worse"]
    plans = design.confirmation_plans(TANH, dict.fromkeys(design.candidates, 0.01))
    assert [plan.candidate for plan in plans] == [RELU] * 5 + [TANH] * 5
    assert all(plan.phase == "confirm" and plan.seed not in design.seeds for plan in plans)
    assert confirmation(design, ACCURACY, higher) is None


@pytest.mark.parametrize(
    ("again", "words"),
    [
        ([0.90, 0.91, 0.93], "confirmed: better on 3 new seeds"),
        ([0.82, 0.80, 0.84], "not confirmed: no difference found"),
        ([0.70, 0.71, 0.72], "contradicted: worse on 3 new seeds"),
        ([0.90, None, 0.93], "not confirmed: failed in 1 of 3 runs"),
    ],
)
def test_the_winner_is_confirmed_on_its_own_seeds(again: list[float | None], words: str) -> None:
    runs = trial([0.80, 0.82, 0.84], [0.90, 0.93, 0.94])
    runs += [run(RELU, value, 500 + seed, phase="confirm") for seed, value in enumerate([0.80, 0.82, 0.83])]
    runs += [run(TANH, value, 500 + seed, phase="confirm") for seed, value in enumerate(again)]
    found = confirmation(DESIGN, ACCURACY, runs)
    assert found is not None
    assert found.candidate == TANH
    assert found.verdict.startswith(words)
    assert found.verdict in headline(ACCURACY, standings(DESIGN, ACCURACY, runs), found)
    # The trial's own numbers stay what they were.
    assert standings(DESIGN, ACCURACY, runs) == standings(DESIGN, ACCURACY, runs[:6])
