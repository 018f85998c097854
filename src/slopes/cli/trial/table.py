"""The command ``slopes trial table``."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from slopes.cli.trial import options

if TYPE_CHECKING:
    from slopes.trial import Problem

# One line for each paragraph: Typer breaks lines where the text does.
HELP = """Compare activations and losses for learning one column of a table.

Trains a small multilayer perceptron on the other columns with every activation and every loss, and \
says which differ from the baseline: the first activation with the first loss.

Strings, truth values and whole numbers of up to 20 distinct values are classes (outcome: accuracy); \
other numbers are values (outcome: r2). Missing numbers become the median, categories become columns \
of 0 and 1, dates become numbers; constant columns and identifiers are left out, and the report says \
which. All of it is read off the training rows. A constant answer, a linear model and gradient-boosted \
trees stand beside the result.

\b
Examples:
  slopes trial table homes.csv --target price
  slopes trial table patients.parquet --target outcome --metric balanced_accuracy
  slopes trial table sales.csv --target sold --leave-out name,note --split-column part
"""


def table(
    file: Annotated[Path, typer.Argument(help="A .csv, .tsv or .parquet file.")],
    target: Annotated[str, typer.Option(help="The column to learn.")],
    task: Annotated[
        str | None,
        typer.Option(help="What the target is: classes or values.", show_default="found from the target"),
    ] = None,
    metric: Annotated[
        str | None,
        typer.Option(
            help="The outcome: accuracy or balanced_accuracy of classes, r2 or mae of values.",
            show_default="accuracy, or r2",
        ),
    ] = None,
    test_size: Annotated[
        float, typer.Option(help="Share of rows to test on, drawn at random but always the same.")
    ] = 0.25,
    split_column: Annotated[
        str | None, typer.Option(help="A column that says train or test for each row, instead.")
    ] = None,
    leave_out: Annotated[
        str | None, typer.Option(help="Columns not to learn from, separated by commas.")
    ] = None,
) -> "tuple[Callable[[], Problem], list[str]]":
    """Compare activations and losses for learning one column of a table."""
    source = ["table", str(file), "--target", target]
    for option, value in (
        ("--task", task),
        ("--metric", metric),
        ("--test-size", None if test_size == 0.25 else f"{test_size!r}"),
        ("--split-column", split_column),
        ("--leave-out", leave_out),
    ):
        if value is not None:
            source += [option, value]

    def make() -> "Problem":
        from slopes.trial.problems.table import TableProblem, read

        read_table = read(
            file,
            target,
            task=task,
            test_size=test_size,
            split_column=split_column,
            leave_out=options.names(leave_out) or (),
        )
        return TableProblem(read_table, metric=metric)

    return make, source
