"""Printing with Rich, readable on a terminal and through a pipe."""

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


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


def bar() -> Progress:
    """Return a progress bar on standard error; silent where that is not a terminal."""
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    return Progress(*columns, console=console, disable=not console.is_terminal, transient=True)
