"""Tables: what columns are, how rows are split, what is read off which rows, and what is refused."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from slopes.trial import Candidate, Plan, TableProblem
from slopes.trial.problems.table import Table, read

ROWS = 400


def homes() -> pd.DataFrame:
    random = np.random.default_rng(0)
    age, city = random.integers(1, 90, ROWS), random.choice(["Ulm", "Bonn", "Köln"], ROWS)
    frame = pd.DataFrame(
        {
            "number": range(7, 7 + ROWS),
            "age": age,
            "city": city,
            "sold": pd.date_range("2020-01-01", periods=ROWS).strftime("%Y-%m-%d"),
            "country": "DE",
            "notes": [f"text {place}" for place in range(ROWS)],
            "garden": random.random(ROWS) < 0.5,
        }
    )
    frame["price"] = 100 + 3.5 * age + 80 * (city == "Ulm") + random.normal(size=ROWS)
    frame.loc[::10, "age"] = np.nan
    frame.loc[5::10, "city"] = None
    return frame


def written(folder: Path, frame: pd.DataFrame, name: str = "homes.csv", **options: Any) -> Path:
    path = folder / name
    frame.to_csv(path, index=False, **options)
    return path


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return read(written(tmp_path, homes()), "price")


def test_columns_are_sorted_out(table: Table) -> None:
    assert table.columns.numbers == ("age", "sold (days)", "sold (month)", "sold (weekday)", "garden")
    assert table.columns.categories == ("city",)
    assert set(table.columns.left_out) == {"number", "country", "notes"}
    assert (table.task, len(table.y), len(table.test_y)) == ("values", 300, 100)


def test_it_learns_what_a_linear_model_learns(table: Table) -> None:
    problem = TableProblem(table)
    marks = problem.yardsticks()
    assert set(marks) == {"the mean", "a linear model", "gradient-boosted trees"}
    assert abs(marks["the mean"]) < 0.1
    assert 0.7 < marks["a linear model"] < 1
    plan = Plan(Candidate("relu", "mse"), 0.01, seed=0, steps=150, phase="trial")
    measures = problem.train(plan, lambda _: None)
    assert measures["r2"] > marks["a linear model"] - 0.1
    assert measures == {
        **problem.train(plan, lambda _: None),
        **{k: measures[k] for k in ("seconds_per_step", "peak_memory_mb")},
    }


def test_test_rows_teach_nothing(tmp_path: Path) -> None:
    frame = homes()
    frame["part"] = ["train"] * 300 + ["test"] * 100
    changed = frame.copy()
    changed.loc[300:, "age"] = 1e6
    changed.loc[300:, "city"] = "Rom"
    changed.loc[300:, "price"] = -1e6
    first, second = (
        TableProblem(read(written(tmp_path, each), "price", split_column="part")) for each in (frame, changed)
    )
    np.testing.assert_array_equal(first.data.x, second.data.x)
    np.testing.assert_array_equal(first.data.training[1], second.data.training[1])
    assert first.checksum != second.checksum
    search = first.for_search()
    assert (len(search.data.y), len(search.data.test_y)) == (225, 75)
    # The search standardises by its own rows, so the numbers of those it trains on have mean 0.
    assert search.data.x[:, 0].mean() == pytest.approx(0, abs=1e-6)
    assert first.data.x[:, 0].mean() == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("values", "task", "classes"),
    [
        (["yes", "no"], "classes", ["no", "yes"]),
        ([True, False], "classes", [False, True]),
        ([3, 1], "classes", [1, 3]),
        ([3.0, 1.0], "classes", [1, 3]),
        ([0.5, 1.0], "values", None),
    ],
)
def test_what_the_target_is(tmp_path: Path, values: list[Any], task: str, classes: list[Any] | None) -> None:
    path = written(tmp_path, homes().assign(target=(values * ROWS)[:ROWS]))
    table = read(path, "target", leave_out=["price"])
    assert table.task == task
    if classes is not None:
        assert np.unique(table.y).tolist() == classes
        assert "price" not in table.training.columns
    assert read(path, "number", task="values").task == "values"


def test_kinds_of_files_give_the_same_table(tmp_path: Path, table: Table) -> None:
    frame = homes()
    paths = [
        written(tmp_path, frame, "a.csv", sep=";", encoding="utf-8-sig"),
        written(tmp_path, frame, "b.tsv", sep="\t", na_rep="?"),
    ]
    pytest.importorskip("pyarrow", reason="Parquet files need pyarrow")
    frame.to_parquet(tmp_path / "c.parquet")
    for path in (*paths, tmp_path / "c.parquet"):
        other = read(path, "price")
        assert TableProblem(other).checksum == TableProblem(table).checksum, path


def refuse(tmp_path: Path, words: str, target: str = "target", values: Any = None, **options: Any) -> None:
    frame = homes() if values is None else homes().assign(target=values)
    with pytest.raises(ValueError, match=words) as caught:
        read(written(tmp_path, frame), target, **options)
    assert "\n" not in str(caught.value)
    assert "homes.csv" in str(caught.value)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (1, "holds one value, 1"),
        ([np.nan, *range(ROWS - 1)], "is missing in 1 of 400 rows"),
        ([np.inf, *range(ROWS - 1)], "holds infinity"),
        (range(1000, 1000 + ROWS), "numbers the rows, each once without gaps: it looks like an identifier"),
        ([f"r{place}" for place in range(ROWS)], "400 different values in 400 rows: it looks like an ident"),
        (["rare"] + ["often", "also"] * 199 + ["often"], "the class rare of .* has one row; at least 2"),
        (pd.date_range("2020-01-01", periods=ROWS), "holds dates"),
    ],
)
def test_refused_targets(tmp_path: Path, values: Any, words: str) -> None:
    refuse(tmp_path, words, values=values)


def test_refused_columns_and_options(tmp_path: Path) -> None:
    refuse(tmp_path, "no column 'prise'; did you mean price?", "prise")
    refuse(tmp_path, "no column 'zzz'; it has number, age", "zzz")
    refuse(tmp_path, "no column 'ages'; did you mean age", "price", leave_out=["ages"])
    refuse(
        tmp_path,
        "says 'bonn'; 'train' and 'test' are allowed|says 'köln'|says 'ulm'|says 'nan'",
        "price",
        split_column="city",
    )
    refuse(tmp_path, "says 'de'", "price", split_column="country")
    every = ["age", "city", "sold", "garden"]
    refuse(tmp_path, "no column is left to learn from .*country: constant", "price", leave_out=every)
    with pytest.raises(ValueError, match="the target 'price' can have no second use"):
        read(written(tmp_path, homes()), "price", split_column="price")
    frame = homes()
    frame.loc[3, "age"] = np.inf
    with pytest.raises(ValueError, match="the column 'age' holds infinity"):
        read(written(tmp_path, frame), "price")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "cannot be read"),
        ("a.csv", b"x,y\n", "has no rows"),
        ("a.csv", b"x,y\n1,2\n1,2,3\n", "cannot be read"),
        ("a.csv", b"\xff\xfe\x00", "cannot be read"),
        ("a.parquet", b"PAR0", "cannot be read"),
        ("a.xlsx", b"", "is not a table that can be read; .csv, .tsv, .parquet files are"),
    ],
)
def test_refused_files(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=words):
        read(tmp_path / name, "y")


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="there is no file"):
        read(tmp_path / "a.csv", "y")
