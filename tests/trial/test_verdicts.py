"""The rule of the verdicts, on outcomes written by hand."""

import pytest

from slopes.trial.records import ACCURACY, Candidate, Metric
from slopes.trial.statistics import FAMILY_ERROR, detectable_difference
from slopes.trial.verdicts import conclude, follow

BASE, FIRST, SECOND = (Candidate(name, "mse") for name in ("relu", "tanh", "silu"))
ERROR = Metric("error", higher_is_better=False, unit="dB")


def seeds(*values: float | None) -> dict[int, float | None]:
    return dict(enumerate(values))


@pytest.mark.parametrize(
    ("differences", "finding", "words"),
    [
        ([0.02, 0.021, 0.022], "better", "better"),
        ([-0.02, -0.021, -0.022], "worse", "worse"),
        ([0.01] * 3, "unknown", "no verdict: all 3 seeds gave the same difference, so its spread is unknown"),
        # Six equal signs are rarer than 5 %: the sign-flip test stands in where the t test cannot be.
        ([0.01] * 6, "better", "better"),
        ([0.0, 0.0], "same", "no difference found; every seed gave the baseline's outcome again"),
        ([0.3], "unknown", "no verdict: one seed has no interval"),
        ([], "unknown", "no comparison: no seed was finished by both"),
        ([0.1, -0.25], "same", "no difference found; 2 seeds are too few to see any"),
    ],
)
def test_words(differences: list[float], finding: str, words: str) -> None:
    baseline = seeds(*[0.7] * len(differences))
    own = seeds(*(0.7 + difference for difference in differences))
    found = conclude(ACCURACY, {FIRST: own}, baseline, FAMILY_ERROR)[FIRST]
    assert (found.finding, found.words) == (finding, words)


def test_no_difference_says_what_could_have_been_seen() -> None:
    found = conclude(
        ACCURACY, {FIRST: seeds(0.90, 0.92, 0.91), SECOND: seeds(0.9, 0.9, 0.9)}, seeds(*[0.91] * 3), 0.05
    )
    points = 100 * detectable_difference(0.01, 3, 0.05 / 2)
    expected = f"no difference found; with these 3 seeds we could have seen {points:.1f} points"
    assert found[FIRST].words == expected


@pytest.mark.parametrize("metric", [ACCURACY, ERROR])
def test_less_can_be_better(metric: Metric) -> None:
    found = conclude(metric, {FIRST: seeds(2.0, 2.1, 2.2)}, seeds(1.0, 1.1, 1.21), FAMILY_ERROR)
    assert found[FIRST].finding == ("better" if metric.higher_is_better else "worse")


def test_candidates_are_corrected_for_their_number() -> None:
    own, baseline = seeds(0.72, 0.74, 0.73), seeds(0.7, 0.7, 0.7)
    alone = conclude(ACCURACY, {FIRST: own}, baseline, FAMILY_ERROR)[FIRST]
    assert alone.finding == "better"
    assert alone.p_value == alone.comparison.p_value
    both = conclude(ACCURACY, {FIRST: own, SECOND: seeds(0.7, 0.71, 0.69)}, baseline, FAMILY_ERROR)
    assert both[FIRST].finding == "same"
    assert both[FIRST].p_value == pytest.approx(2 * (alone.p_value or 0))


def test_whoever_failed_is_not_called_better() -> None:
    baseline = seeds(0.70, 0.71, 0.72, 0.73)
    lucky = conclude(ACCURACY, {FIRST: seeds(0.80, 0.811, 0.822, None)}, baseline, FAMILY_ERROR)[FIRST]
    assert (lucky.finding, lucky.words, lucky.p_value) == ("failed", "failed in 1 of 4 runs", None)
    even_so = conclude(ACCURACY, {FIRST: seeds(0.60, 0.611, 0.622, None)}, baseline, FAMILY_ERROR)[FIRST]
    assert (even_so.finding, even_so.words) == ("worse", "worse, and failed in 1 of 4 runs")


def test_nobody_is_called_worse_than_a_baseline_that_failed() -> None:
    baseline = seeds(0.70, 0.71, 0.72, None)
    worse = conclude(ACCURACY, {FIRST: seeds(0.60, 0.611, 0.622, 0.6)}, baseline, FAMILY_ERROR)[FIRST]
    assert worse.finding != "worse"
    assert worse.words == "no verdict: the baseline failed in 1 of 4 runs"
    better = conclude(ACCURACY, {FIRST: seeds(0.80, 0.811, 0.822, 0.8)}, baseline, FAMILY_ERROR)[FIRST]
    assert better.finding == "better"


CLEAR = (0.80, 0.801, 0.802, 0.803, 0.804, 0.805)
FLAT = (0.70, 0.70, 0.70, 0.70, 0.70, 0.70)
NOISE = (0.70, 0.72, 0.68, 0.71, 0.69, 0.70)


def test_looks() -> None:
    def step(base: int, first: int, second: int):  # type: ignore[no-untyped-def]
        table = {BASE: seeds(*FLAT[:base]), FIRST: seeds(*CLEAR[:first]), SECOND: seeds(*NOISE[:second])}
        return follow(ACCURACY, range(6), (3, 6), table)

    assert step(0, 0, 0).next_seeds == {BASE: (0, 1, 2), FIRST: (0, 1, 2), SECOND: (0, 1, 2)}
    begun = step(3, 3, 2)
    assert begun.next_seeds == {SECOND: (2,)}
    assert {c.finding for c in begun.conclusions.values()} == {"unknown"}
    assert begun.conclusions[FIRST].words == "no verdict: its runs have not all ended"
    # Who has a verdict leaves; the others go on with the baseline.
    looked = step(3, 3, 3)
    assert looked.next_seeds == {BASE: (3, 4, 5), SECOND: (3, 4, 5)}
    assert looked.conclusions[FIRST].finding == "better"
    between = step(5, 3, 4)
    assert between.next_seeds == {BASE: (5,), SECOND: (4, 5)}
    assert between.conclusions == looked.conclusions
    ended = step(6, 3, 6)
    assert ended.next_seeds == {}
    assert ended.conclusions[FIRST] == looked.conclusions[FIRST]
    assert ended.conclusions[SECOND].comparison.seeds == 6


def test_a_look_spends_its_share_only() -> None:
    # p is 0.035: enough for a trial of one look, not for the third of 5 % that the first of two may spend.
    table = {BASE: seeds(*FLAT), FIRST: seeds(0.72, 0.74, 0.73)}
    single = follow(ACCURACY, range(3), (3,), table).conclusions[FIRST]
    assert (single.finding, single.p_value) == ("better", pytest.approx(0.0351, abs=1e-4))
    first = follow(ACCURACY, range(6), (3, 6), table)
    assert first.conclusions[FIRST].finding == "same"
    assert first.conclusions[FIRST].p_value == pytest.approx(3 * 0.0351, abs=3e-4)
    assert first.next_seeds == {FIRST: (3, 4, 5)}


def test_one_that_failed_goes_on_counting_among_the_comparisons() -> None:
    # 6 seeds with p = 0.02: one comparison at 2/3 of 5 % would call it, two do not.
    values = (0.71, 0.70, 0.73, 0.73, 0.71, 0.73)
    alone = follow(ACCURACY, range(6), (3, 6), {BASE: seeds(*FLAT), FIRST: seeds(*values)})
    assert alone.conclusions[FIRST].finding == "better"
    table = {BASE: seeds(*FLAT), FIRST: seeds(*values), SECOND: seeds(0.9, None, 0.9)}
    both = follow(ACCURACY, range(6), (3, 6), table)
    assert both.conclusions[SECOND].finding == "failed"
    assert both.conclusions[FIRST].finding == "same"
    assert both.next_seeds == {}


def test_a_trial_ends_when_nobody_is_left_to_decide() -> None:
    table = {BASE: seeds(*FLAT[:3]), FIRST: seeds(*CLEAR[:3]), SECOND: seeds(0.7, None, 0.71)}
    assert follow(ACCURACY, range(6), (3, 6), table).next_seeds == {}
    # A baseline alone has nothing to decide and runs all its seeds.
    assert follow(ACCURACY, range(6), (3, 6), {BASE: seeds(*FLAT[:3])}).next_seeds == {BASE: (3, 4, 5)}
