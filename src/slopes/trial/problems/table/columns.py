"""What the columns of a table are, and how a network is given them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

MOST_CATEGORIES = 30
MISSING = "(missing)"
# As ISO 8601 writes it, with or without the time of day. Other orders of day and month are ambiguous.
_DATE = r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}.*)?"


@dataclass(frozen=True)
class Columns:
    """The columns that a network learns from, by what they are, and why others are left out."""

    numbers: tuple[str, ...]
    categories: tuple[str, ...]
    left_out: dict[str, str]

    def description(self) -> dict[str, object]:
        """Name what is used and what is not."""
        return {
            "columns of numbers": len(self.numbers),
            "columns of categories": len(self.categories),
            "columns left out": "; ".join(f"{name}: {why}" for name, why in self.left_out.items()) or "none",
        }


def sort_out(frame: pd.DataFrame) -> tuple[pd.DataFrame, Columns]:
    """Find what each column is, turn dates into numbers, and leave out what cannot be learnt from.

    Parameters
    ----------
    frame : pandas.DataFrame
        The whole table without its target, which takes no part in these choices.

    Returns
    -------
    pandas.DataFrame, Columns
        Columns of float64 (missing: NaN) and of strings; and which is which.

    Raises
    ------
    ValueError
        If a number is infinite, or no column is left.
    """
    made: dict[str, pd.Series] = {}
    numbers: list[str] = []
    categories: list[str] = []
    left_out: dict[str, str] = {}
    for name, column in frame.items():
        name = str(name)
        if column.nunique(dropna=False) < 2:
            left_out[name] = "constant"
        elif _is_identifier(column):
            left_out[name] = "an identifier or free text, different in nearly every row"
        elif (dates := as_dates(column)) is not None:
            for part, values in _parts_of_dates(dates).items():
                made[f"{name} ({part})"] = values
                numbers.append(f"{name} ({part})")
        elif pd.api.types.is_numeric_dtype(column):
            made[name] = column.astype("float64")
            numbers.append(name)
            if np.isinf(made[name]).any():
                raise ValueError(f"the column {name!r} holds infinity; leave it empty where it is not known")
        else:
            made[name] = column.astype(object).where(column.notna(), MISSING).astype(str)
            categories.append(name)
    if not made:
        raise ValueError(
            f"no column is left to learn from ({Columns((), (), left_out).description()['columns left out']})"
        )
    return pd.DataFrame(made, index=frame.index), Columns(tuple(numbers), tuple(categories), left_out)


def transformer(columns: Columns) -> ColumnTransformer:
    """Give what makes a matrix of the columns; it must be fitted on the training part.

    A missing number becomes the median, and a further column says that it was missing. The rarest
    categories, and those that the training part lacks, share one column.
    """
    return ColumnTransformer(
        [
            (
                "numbers",
                make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()),
                list(columns.numbers),
            ),
            (
                "categories",
                OneHotEncoder(
                    max_categories=MOST_CATEGORIES,
                    handle_unknown="infrequent_if_exist",
                    sparse_output=False,
                    dtype=np.float32,
                ),
                list(columns.categories),
            ),
        ],
        sparse_threshold=0.0,
    )


def as_dates(column: pd.Series) -> pd.Series | None:
    """Give a column of dates as such, or None for another column."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return column
    present = column.dropna()
    if not pd.api.types.is_string_dtype(column) or not present.astype(str).str.fullmatch(_DATE).all():
        return None
    dates = pd.to_datetime(column, format="ISO8601", errors="coerce", utc=True)
    return dates if dates.notna().sum() == len(present) else None


def _parts_of_dates(dates: pd.Series) -> dict[str, pd.Series]:
    start = pd.Timestamp("1970-01-01", tz=dates.dt.tz)
    parts = {
        "days": (dates - start) / pd.Timedelta(days=1),
        "month": dates.dt.month.astype("float64"),
        "weekday": dates.dt.day_of_week.astype("float64"),
    }
    return {name: values for name, values in parts.items() if values.nunique() > 1}


def _is_identifier(column: pd.Series) -> bool:
    if as_dates(column) is not None:
        return False
    distinct = column.nunique()
    if not pd.api.types.is_numeric_dtype(column):
        return bool(distinct > MOST_CATEGORIES and distinct > 0.5 * len(column))
    return is_counter(column)


def is_counter(column: pd.Series) -> bool:
    """Say whether a column numbers the rows: whole numbers, each once, without gaps."""
    if column.isna().any() or not pd.api.types.is_integer_dtype(column) or len(column) < 3:
        return False
    return bool(column.is_unique and column.max() - column.min() + 1 == len(column))


def names(columns: Sequence[object]) -> str:
    """List the names of columns, the first twenty of them."""
    shown = ", ".join(map(str, columns[:20]))
    return f"{shown} and {len(columns) - 20} more" if len(columns) > 20 else shown
