"""Reading a table, finding what its target is, and splitting it."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from slopes.trial.problems import targets
from slopes.trial.problems.arrays import TEST_SIZE
from slopes.trial.problems.targets import Array, Task

try:
    import pandas as pd
except ModuleNotFoundError as error:
    raise ModuleNotFoundError('a trial on a table needs pandas: pip install "slopes[trial]"') from error

from slopes.trial.problems.table.columns import Columns, as_dates, is_counter, names, sort_out

#: Whole numbers with more distinct values than this are values, not classes.
MOST_CLASSES = 20
_SPLIT_SEED, _SEARCH_SEED = 10_000_004, 10_000_005
_ENDINGS = (".csv", ".tsv", ".parquet")


@dataclass(frozen=True)
class Table:
    """A table with one column to learn, split: columns of numbers and of strings, and targets."""

    name: str
    target: str
    task: Task
    columns: Columns
    split: str  #: how it was split, in words
    training: "pd.DataFrame"
    y: Array
    test: "pd.DataFrame"
    test_y: Array

    def for_search(self) -> "Table":
        """Give the training part alone, a quarter of it held out."""
        kept, held = targets.hold_out(self.y, self.task, TEST_SIZE, _SEARCH_SEED)
        return replace(
            self,
            training=self.training.iloc[kept],
            y=self.y[kept],
            test=self.training.iloc[held],
            test_y=self.y[held],
        )


def read(
    path: Path,
    target: str,
    *,
    task: str | None = None,
    test_size: float = TEST_SIZE,
    split_column: str | None = None,
    leave_out: Sequence[str] = (),
) -> Table:
    """Read a table from a file.

    Parameters
    ----------
    path : Path
        A file of comma-, semicolon- or tab-separated values with a line of names, or a Parquet file.
    target : str
        The column to learn. Strings, truth values and whole numbers of up to 20 distinct values are
        classes; other numbers are values.
    task : {"classes", "values"}, optional
        What the target is, where that rule is wrong.
    test_size : float
        The share of rows to test on, drawn at random but always the same, class by class.
    split_column : str, optional
        A column that says ``train`` or ``test`` for each row, instead.
    leave_out : sequence of str
        Columns not to learn from.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file cannot be read, or its target cannot be learnt; the message says why.
    """
    frame = _read_file(path)
    for column in (target, *leave_out, *([split_column] if split_column is not None else ())):
        if column not in frame.columns:
            near = difflib.get_close_matches(column, list(frame.columns), n=3)
            hint = f"did you mean {' or '.join(near)}?" if near else f"it has {names(list(frame.columns))}"
            raise ValueError(f"{path.name} has no column {column!r}; {hint}")
    if target in leave_out or target == split_column:
        raise ValueError(f"the target {target!r} can have no second use")
    try:
        found, y = _targets(frame[target], task)
        features, columns = sort_out(frame.drop(columns=[target, *leave_out, *filter(None, [split_column])]))
        if split_column is None:
            kept, held = targets.hold_out(y, found, test_size, _SPLIT_SEED)
            split = f"{test_size:g} of the rows at random{', class by class' * (found == 'classes')}"
        else:
            kept, held = _split_by(frame[split_column])
            split = f"by the column {split_column}"
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None
    return Table(
        path.stem, target, found, columns, split, features.iloc[kept], y[kept], features.iloc[held], y[held]
    )


def _read_file(path: Path) -> "pd.DataFrame":
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}")
    if path.suffix.lower() not in _ENDINGS:
        raise ValueError(f"{path.name} is not a table that can be read; {', '.join(_ENDINGS)} files are")
    try:
        if path.suffix.lower() == ".parquet":
            frame = pd.read_parquet(path)
        else:
            with path.open(encoding="utf-8-sig") as lines:
                head = lines.readline()
            separator = max((",", ";", "\t"), key=head.count)
            # "?" stands for a missing value in the tables of the UCI repository.
            frame = pd.read_csv(path, sep=separator, na_values=["?"], encoding="utf-8-sig", low_memory=False)
    except ImportError as error:
        raise ImportError(f"{path.name} needs pyarrow to be read: pip install pyarrow") from error
    except (ValueError, OSError) as error:  # pandas' and Arrow's own errors are among them
        raise ValueError(f"{path.name} cannot be read: {error}") from error
    frame.columns = [str(name).strip() for name in frame.columns]
    if frame.columns.has_duplicates:
        twice = frame.columns[frame.columns.duplicated()][0]
        raise ValueError(f"{path.name} has the column {twice!r} twice")
    if not len(frame):
        raise ValueError(f"{path.name} has no rows")
    return frame


def _targets(column: "pd.Series", task: str | None) -> tuple[Task, Array]:
    """Say what a target is, give it as an array, and refuse what cannot be learnt."""
    what = f"the target {column.name!r}"
    missing = int(column.isna().sum())
    if missing:
        raise ValueError(f"{what} is missing in {missing} of {len(column)} rows; leave those rows out")
    distinct = column.nunique()
    if distinct < 2:
        raise ValueError(f"{what} holds one value, {column.iloc[0]!s}; there is nothing to learn")
    number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    if number and not np.isfinite(column).all():
        raise ValueError(f"{what} holds infinity")
    if as_dates(column) is not None:
        raise ValueError(f"{what} holds dates; a number, such as days from a start, or a class is needed")
    whole = number and bool((column == column.round()).all())
    if whole:
        column = column.astype("int64")
    if task is None:
        few = distinct <= MOST_CLASSES
        task = "classes" if not number or (whole and few) else "values"
        if is_counter(column) and not few:
            raise ValueError(f"{what} numbers the rows, each once without gaps: it looks like an identifier")
    y = column.to_numpy("float64") if task == "values" and number else _labels(column, number)
    found = targets.find_task(y, task)
    if found == "classes":
        _check_classes(what, y, distinct)
    return found, y


def _check_classes(what: str, y: Array, distinct: int) -> None:
    if distinct > 0.5 * len(y):
        raise ValueError(
            f"{what} has {distinct} different values in {len(y)} rows: it looks like an identifier or free "
            "text, not like a class"
        )
    found, counts = np.unique(y, return_counts=True)
    single = found[counts == 1]
    if len(single):
        raise ValueError(
            f"the class {single[0]!s} of {what} has one row; at least 2 are needed, one to learn and one to "
            f"test ({len(single)} of {distinct} classes are so rare; merge them or leave their rows out)"
        )


def _labels(column: "pd.Series", number: bool) -> Array:
    kind = column.dtype if number else "bool" if pd.api.types.is_bool_dtype(column) else str
    return np.asarray(column.to_numpy(), dtype=kind)


def _split_by(column: "pd.Series") -> tuple[Array, Array]:
    said = column.astype(str).str.strip().str.lower()
    other = said[~said.isin(["train", "test"])]
    if len(other):
        raise ValueError(f"the column {column.name!r} says {other.iloc[0]!r}; 'train' and 'test' are allowed")
    kept, held = np.flatnonzero(said == "train"), np.flatnonzero(said == "test")
    if not len(kept) or not len(held):
        raise ValueError(
            f"the column {column.name!r} gives {len(kept)} rows to train and {len(held)} to test on"
        )
    return kept, held
