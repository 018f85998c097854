"""What a trial leaves in its folder, on a trial made of numbers."""

import csv
import json
import re
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest

from slopes.trial import curves, plotly_charts
from slopes.trial.charts import RowChart, SeriesChart, charts
from slopes.trial.files import write_result
from slopes.trial.headline import headline, method
from slopes.trial.outcome import Trial
from slopes.trial.records import ACCURACY, Candidate
from slopes.trial.tables import of_chart, of_costs

from .sample import FAILS, made_run, made_trial

BEST = Candidate("silu", "cross_entropy")


@pytest.fixture(scope="module")
def trial() -> Trial:
    return made_trial()


@pytest.fixture(scope="module")
def folder(trial: Trial, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("trial")
    write_result(trial, path)
    return path


class Page(HTMLParser):
    """The structure of a page: what is open, what was seen."""

    VOID = frozenset({"meta", "br", "link", "img"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)


def test_the_page_is_whole_and_loads_nothing(folder: Path, trial: Trial) -> None:
    text = (folder / "report.html").read_text()
    page = Page(text)
    assert page.open == []
    assert not any({"src", "href"} & attributes.keys() for _, attributes in page.tags)
    assert "default-src 'none'" in text
    assert text.startswith("<!DOCTYPE html>")
    # The verdict comes first, in words.
    assert headline(ACCURACY, trial.standings(), trial.confirmation()) in text.split("<table>")[0]
    for said in (trial.command, "ab" * 32, "Cut by a budget.", "3.12", "confirmed: better on 6 new seeds"):
        assert said in text
    assert "FloatingPointError: &lt;/script&gt; became nan" in text


def test_every_chart_is_drawn_told_and_written_as_a_table(folder: Path, trial: Trial) -> None:
    names = set(charts(trial))
    # No unit is saturated, so that there is nothing to see of it.
    expected = "differences outcomes learning_curves gradient_norms dead_units learning_rates cost fractions"
    assert names == set(expected.split())
    page = Page((folder / "report.html").read_text())
    plots = {a["id"]: a for tag, a in page.tags if tag == "div" and a.get("class") == "plot"}
    assert plots.keys() == names
    assert all(a["role"] == "img" and a["aria-label"] for a in plots.values())
    tables = sum(tag == "table" for tag, _ in page.tags)
    assert tables == sum(tag == "caption" for tag, _ in page.tags) == len(names) + 4
    figures = re.search(r"const figures = (\{.*?\n \});", page.scripts[-1], re.DOTALL)
    assert figures
    for name in names:
        assert f'"{name}": {{"data":' in figures[1]
        assert (folder / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_the_same_runs_give_the_same_files(folder: Path, tmp_path: Path) -> None:
    write_result(made_trial(), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in folder.iterdir()}
    different = [p.name for p in tmp_path.iterdir() if p.read_bytes() != (folder / p.name).read_bytes()]
    assert different == []


def test_records(folder: Path, trial: Trial) -> None:
    summary = json.loads((folder / "summary.json").read_text())
    found = {candidate["name"]: candidate for candidate in summary["candidates"]}
    assert found[BEST.name]["finding"] == "better"
    assert found[BEST.name]["seeds"] == 3
    assert found[FAILS.name]["failed"] == 1
    assert summary["confirmation"]["name"] == BEST.name
    assert len(summary["confirmation"]["difference_interval"]) == 2
    runs = json.loads((folder / "runs.json").read_text())["runs"]
    with (folder / "runs.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(runs) == len(trial.runs)
    for row, record in zip(rows, runs, strict=True):
        assert row["activation"] == record["activation"]
        assert row["accuracy"] == ("" if record["error"] else repr(record["accuracy"]))
        assert "learning_curve" not in row


def test_numbers_that_json_has_not_are_null(trial: Trial, tmp_path: Path) -> None:
    first, *others = trial.runs
    endless = replace(first, measures={**first.measures, "gradient_norm": float("inf")})
    write_result(replace(trial, runs=(endless, *others)), tmp_path)
    assert json.loads((tmp_path / "runs.json").read_text())["runs"][0]["gradient_norm"] is None


def test_charts_hold_the_numbers_of_the_runs(trial: Trial) -> None:
    drawn = charts(trial)
    differences = drawn["differences"]
    assert isinstance(differences, RowChart)
    rows = {row.name: row for row in differences.rows}
    assert len(rows[BEST.name].dots) == 3
    assert len(rows[f"{BEST.name}, new seeds"].dots) == 6
    assert rows[BEST.name].mean == pytest.approx(2.0, abs=0.3)
    outcomes = drawn["outcomes"]
    # Guessing is so far off that it would press all others into a corner.
    assert [name for name, _ in outcomes.lines] == ["nearest neighbour"]
    assert "guessing 10.0" in outcomes.note
    fractions = drawn["fractions"]
    assert isinstance(fractions, SeriesChart)
    (low, at_low), (high, at_high) = fractions.series[0].points
    assert (low, high) == (0.1, 1.0)
    assert at_high - at_low == pytest.approx(5.0, abs=0.5)
    table = of_chart(drawn["learning_rates"])
    assert [row[0] for row in table.rows] == ["0.003", "0.01", "0.03"]
    assert len(table.heads) == 5
    # Every row of every table is as long as its head.
    assert all(len(row) == len(t.heads) for t in map(of_chart, drawn.values()) for row in t.rows)


def test_losses_of_different_scales_are_not_laid_over_one_another() -> None:
    names = charts(made_trial(partial(made_run, scored=False)))
    assert {"learning_curves_cross_entropy", "learning_curves_mse"} <= names.keys()
    assert "learning_curves" not in names


def test_costs(trial: Trial) -> None:
    table = of_costs(trial)
    assert table is not None
    expected = (
        "",
        "seconds a run",
        "ms a step",
        "peak memory (MB)",
        "dead units (%)",
        "seconds to a training accuracy of 90.0",
    )
    assert table.heads == expected
    # 0.97 (1 - 1/20) is the first score above 0.9, after 20 steps of 0.03 s; 0.93 (1 - 1/30) is below it.
    rows = {name: values for name, *values in table.rows}
    assert rows[BEST.name] == ["3.0", "30.00", "300", "12.5", "0.6"]
    assert rows["relu + cross_entropy"][-1] == "0.2"
    assert rows[FAILS.name][-1] == "0.6 (1 of 2 runs)"


def test_time_to_quality_where_less_is_better(trial: Trial) -> None:
    lower = replace(ACCURACY, higher_is_better=False)
    run = next(run for run in trial.runs if run.status == "ok")
    assert curves.time_to_quality(lower, run, 0.99) == pytest.approx(10 * run.measures["seconds_per_step"])
    assert curves.time_to_quality(lower, run, 0.01) is None


def test_the_method_is_told_as_it_was(trial: Trial) -> None:
    words = " ".join(method(trial))
    assert "corrected for 3 comparisons" in words
    assert "look after 3, 6 seeds" in words
    assert "1.67%, 3.33%" in words
    assert "Student's t" in words
    single = replace(
        trial, design=replace(trial.design, seeds=(0, 1, 2), looks=(), candidates=trial.design.candidates[:2])
    )
    words = " ".join(method(single))
    assert "1 comparison by" in words
    assert "looks spend" not in words
    assert "On 3 seeds it is never below 0.25, so it could not decide alone." in words


def test_no_name_of_the_users_can_end_the_script(trial: Trial) -> None:
    facts = replace(trial.problem, yardsticks={"</script>": 0.945})
    drawn = plotly_charts.figure(charts(replace(trial, problem=facts))["outcomes"])
    assert "</" not in drawn
    assert any(note["text"] == "</script>" for note in json.loads(drawn)["layout"]["annotations"])
