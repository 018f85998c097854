"""Printing with Rich, readable on a terminal and through a pipe."""

from rich.console import Console, RenderableType


def put(*blocks: RenderableType) -> None:
    """Print blocks; through a pipe without colours and without blanks at the ends of lines."""
    console = Console(highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        console.print(*blocks, sep="\n")
        return
    with console.capture() as captured:
        console.print(*blocks, sep="\n")
    for line in captured.get().splitlines():
        console.file.write(line.rstrip() + "\n")
