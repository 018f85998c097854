"""The accuracy table as text."""

from collections.abc import Sequence

from slopes.accuracy.sweep import Errors, Worst


def number(error: float) -> str:
    """Write an error in ULP shortly."""
    if error == float("inf"):
        return "inf"
    return f"{error:.3g}" if error < 1e5 else f"{error:.0e}"


def cell(errors: Errors | None) -> str:
    """Write the errors of value and derivatives, and where; those beside zero crossings in brackets."""
    if errors is None:
        return "-"

    def place(worst: Worst) -> str:
        return f"{number(worst.ulps)} at {worst.at:.6g}" if worst.ulps else "0"

    def one(away: Worst, beside: Worst | None) -> str:
        return place(away) + (f" ({place(beside)})" if beside else "")

    return " / ".join(map(one, errors.away, errors.beside))


def markdown(rows: Sequence[tuple[str, Sequence[Errors | None]]], columns: Sequence[str]) -> str:
    """Return a Markdown table: a row for each function, a column for each library and dtype."""
    lines = ["| function | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(map(cell, errors)) + " |" for name, errors in rows]
    return "\n".join(lines) + "\n"
