"""Losses that a training run wrote down."""

import csv
from collections.abc import Sequence
from pathlib import Path

LOSS = "loss"  #: how the column is called, where there are several


def read_losses(file: Path) -> list[float]:
    """Return the losses of a CSV file: its only column, or the one whose name ends in "loss"."""
    with file.open(newline="", encoding="utf-8-sig") as opened:
        rows = [row for row in csv.reader(opened) if row]
    if not rows:
        raise ValueError(f"{file} is empty")
    header = rows[0] if any(_number(cell) is None for cell in rows[0]) else None
    at = _column(file, header, len(rows[0]))
    body = rows[1:] if header else rows
    values = [_number(row[at]) if at < len(row) else None for row in body]
    for line, value in enumerate(values, 2 if header else 1):
        if value is None:
            raise ValueError(f"{file}, line {line}: there is no loss in column {at + 1}")
    return [value for value in values if value is not None]


def read_shares(text: str, classes: int) -> list[float]:
    """Return the share of each class from a text such as "0.9,0.1"."""
    shares = [_number(part) for part in text.split(",")] if text else []
    known = [s for s in shares if s is not None and 0 <= s <= 1]
    if len(known) != len(shares) or (known and (len(known) != classes or abs(sum(known) - 1) > 1e-3)):
        raise ValueError(f"shares must be {classes} numbers that add up to 1, got {text!r}")
    return known


def _column(file: Path, header: Sequence[str] | None, width: int) -> int:
    if width == 1:
        return 0
    names = [name.strip().lower() for name in header or ()]
    exact = [i for i, name in enumerate(names) if name == LOSS]
    ending = [i for i, name in enumerate(names) if name.endswith(LOSS) and not name.startswith("val")]
    found = exact or ending
    if len(found) != 1:
        raise ValueError(f"{file} has {width} columns, {names or 'without names'}; one must be called 'loss'")
    return found[0]


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None
