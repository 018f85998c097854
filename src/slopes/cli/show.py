"""The command ``slopes show``: a function's card."""

from typing import TYPE_CHECKING

from slopes.cli.arguments import Names, Settings, functions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.console import RenderableType

    from slopes.catalog import Card, ParameterEntry
    from slopes.emit.formula import Formula

HELP = """Show what is known about functions: formula, derivatives, parameters, facts, papers.

\b
Examples:
  slopes show gelu
  slopes show huber --set delta=2
  slopes show softmax cross_entropy
"""


def show(names: Names, settings: Settings = None) -> None:
    """Show the cards of functions."""
    functions = functions_of(names, settings or ())
    from rich.text import Text

    from slopes.catalog import card
    from slopes.cli.output import put

    blocks: list[RenderableType] = []
    for function in functions:
        blocks += [*_card(card(function)), Text()]
    put(*blocks[:-1])


def _card(card: "Card") -> "Iterator[RenderableType]":
    """Yield a card's blocks from top to bottom."""
    from rich.text import Text

    yield Text.assemble((card.name, "bold cyan"), "  ", (card.kind, "dim"))
    yield Text(card.summary)
    yield from _section("Formula", [card.formula])
    yield _pairs(card.symbols)
    yield from _section("Computed as", ())
    yield _pairs({name: _expression(formula) for name, formula in card.expressions.items()})
    if card.functions:
        yield Text("  where")
        yield _pairs(card.functions)
    if card.parameters:
        yield from _section("Parameters", ())
        yield _pairs({entry.name: _parameter(entry) for entry in card.parameters})
    yield from _section("Facts", ())
    yield _pairs({**card.facts, **({"at kinks": card.kinks} if card.kinks else {})})
    yield from _section("Papers", ())
    for paper in card.papers:
        yield _indented(f"{paper.authors} ({paper.year}). {paper.title}.")
        yield _indented(paper.link)
    if card.aliases:
        yield from _section("Aliases", [", ".join(card.aliases)])
    if card.elsewhere:
        yield from _section("In other libraries", ())
        yield _pairs(card.elsewhere)
    yield from _section("Call", card.example.splitlines())


def _section(title: str, lines: "Iterable[str]") -> "Iterator[RenderableType]":
    from rich.text import Text

    yield Text()
    yield Text(title, "bold")
    for line in lines:
        yield _indented(line)


def _indented(line: str) -> "RenderableType":
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(line, overflow="fold"), (0, 0, 0, 2))


def _pairs(pairs: "Mapping[str, str]") -> "RenderableType":
    """Names and what belongs to each, in two columns without lines, so that a pipe gets plain text."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for name, text in pairs.items():
        table.add_row(Text(name, "cyan"), Text(text))
    return Padding(table, (0, 0, 0, 2))


def _expression(formula: "Formula") -> str:
    lets = "\n     ".join(f"{name} = {text}" for name, text in formula.lets)
    return f"{formula.result}\nwith {lets}" if lets else formula.result


def _parameter(entry: "ParameterEntry") -> str:
    from slopes.catalog.words import number

    default = "the default" if entry.value == entry.default else f"default {number(entry.default)}"
    learnable = "; may be learned" if entry.learnable else ""
    return f"{number(entry.value)} ({default}): {entry.meaning}; {entry.allowed}{learnable}"
