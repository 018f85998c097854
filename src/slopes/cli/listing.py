"""The command ``slopes list``: the register as a table."""

from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from slopes.cli.arguments import stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from slopes.api.function import Function

HELP = """List the functions, by kind, with their formulas and aliases.

\b
Examples:
  slopes list
  slopes list --kind loss --search robust
  slopes list --kind activation --names
"""


def list_functions(
    kind: Annotated[
        str,
        typer.Option(
            help="Only this kind, such as 'residual loss'; a word of it, such as loss, is enough.",
            show_default=False,
        ),
    ] = "",
    search: Annotated[
        str,
        typer.Option(
            help="Only functions that mention this in a name, summary, formula or paper.", show_default=False
        ),
    ] = "",
    names: Annotated[bool, typer.Option("--names", help="Bare names, one on a line.")] = False,
) -> None:
    """List the functions; exit code 1 if none is found."""
    from slopes.catalog import find

    try:
        found = find(kind, search)
    except ValueError as error:
        stop(error)
    if not found:
        typer.echo(f"slopes: no function mentions {search!r}", err=True)
        raise typer.Exit(1)
    if names:
        typer.echo("\n".join(function.name for function in found))
        return
    from slopes.cli.output import put

    put(*_tables(found))


def _tables(found: "Sequence[Function]") -> "list[RenderableType]":
    """One table for each kind, their columns in line."""
    from rich.table import Table
    from rich.text import Text

    from slopes.catalog.words import kind_in_words

    longest = max(len(function.name) for function in found)
    tables: list[RenderableType] = []
    for kind, functions in groupby(found, key=lambda function: function.kind):
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
        table.add_column(Text(kind_in_words(kind), "bold"), min_width=longest, no_wrap=True)
        table.add_column(Text("formula, aliases", "dim"), ratio=1, overflow="fold")
        for function in functions:
            # below one another: side by side, 80 columns would break words
            text = Text(function.formula)
            if function.aliases:
                text.append(f"\nalso {', '.join(function.aliases)}", "dim")
            table.add_row(Text(function.name, "cyan"), text)
        tables += [table, Text()]
    return tables[:-1]
