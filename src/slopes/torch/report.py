"""What `replace` says that it did."""

from dataclasses import dataclass

from slopes.api.activation import ActivationFunction
from slopes.api.function import Function


@dataclass(frozen=True)
class Change:
    """One activation that `replace` exchanged."""

    path: str  #: of the new module
    written: str  #: what the model had, as it was written: "F.relu", "x.relu()", "ReLU(inplace=True)"
    before: Function  #: the function that it was
    after: Function
    gain: float | None  #: the initialisation gain of `after`, for weights in front of it; None for rows
    note: str = ""


@dataclass(frozen=True)
class Skipped:
    """What `replace` left as it was, or could not look into."""

    path: str
    reason: str


@dataclass(frozen=True)
class Report:
    """What `replace` did. Printed, it is a table.

    Attributes
    ----------
    changes : tuple of Change
        Each with `path`, `written`, `before`, `after`, `gain` and a `note`.
    skipped : tuple of Skipped
        What was left or could not be looked into: `path` and `reason`.
    unused : tuple of str
        Keys of the mapping that were found nowhere.

    Examples
    --------
    >>> from torch import nn
    >>> import slopes.torch
    >>> model = nn.Sequential(nn.ReLU(), nn.LSTM(2, 2))
    >>> report = slopes.torch.replace(model, {"relu": "selu", "tanh": "selu"})[1]
    >>> report.changes[0].path, report.changes[0].after
    ('0', SELU())
    >>> report.skipped[0].reason
    'nn.LSTM computes tanh within one operation'
    >>> report.unused
    ('tanh',)
    """

    changes: tuple[Change, ...]
    skipped: tuple[Skipped, ...]
    unused: tuple[str, ...]

    def __str__(self) -> str:
        rows = [(c.path, c.written, repr(c.after), _gain(c), c.note) for c in self.changes]
        table = _table([("path", "before", "after", "gain", ""), *rows])
        left = [f"left: {s.path or 'the model itself'}: {s.reason}" for s in self.skipped]
        unused = [f"not found: {', '.join(self.unused)}"] if self.unused else []
        return "\n".join((*table, *left, *unused))


def _gain(change: Change) -> str:
    if change.gain is None:
        return ""
    before = change.before
    was = f"{before.gain:.4g}" if isinstance(before, ActivationFunction) else "?"
    return f"{was} -> {change.gain:.4g}"


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]
