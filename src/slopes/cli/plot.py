"""The command ``slopes plot``: pictures of functions and their derivatives."""

from pathlib import Path
from typing import Annotated

import typer

from slopes.cli.arguments import Names, Settings, functions_of
from slopes.cli.arguments import stop as fail

DPI = 150
SUFFIXES = (".png", ".svg", ".pdf")
HELP = """Draw functions, and their derivatives below, into a file or a window.

Losses are drawn over the residual, the margin or the prediction; functions of a row along \
its first entry. Where a derivative jumps, a filled dot is the value chosen there and open dots \
are the limits from both sides.

\b
Examples:
  slopes plot sigmoid tanh relu --derivatives
  slopes plot huber --set delta=2 --derivatives --second --out huber.svg
  slopes plot softplus relu --from -3 --to 3 --out softplus.png
"""


def plot(
    names: Names,
    derivatives: Annotated[
        bool, typer.Option("--derivatives", help="Add a panel of first derivatives.")
    ] = False,
    second: Annotated[bool, typer.Option("--second", help="Add a panel of second derivatives.")] = False,
    start: Annotated[float, typer.Option("--from", help="Where the axis begins.")] = -6,
    stop: Annotated[float, typer.Option("--to", help="Where the axis ends.")] = 6,
    out: Annotated[
        Path | None,
        typer.Option(
            help="File to write: .png, .svg or .pdf. Without it, a window opens.", show_default=False
        ),
    ] = None,
    settings: Settings = None,
) -> None:
    """Draw functions."""
    functions = functions_of(names, settings or ())
    if not start < stop:
        fail(f"--from is {start:g} and --to is {stop:g}; --from must be below --to")
    if out is not None and out.suffix.lower() not in SUFFIXES:
        fail(f"--out is {out}; its name must end in {', '.join(SUFFIXES)}")
    try:
        from slopes.plot import NoDisplay, figure, show
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        fail('matplotlib is not installed; pip install "slopes[plot]" installs it')
    try:
        if out is None:
            show(functions, derivatives, second, start, stop)
            return
        picture = figure(functions, derivatives, second, start, stop)
        picture.savefig(out, dpi=DPI)
    except NoDisplay as error:
        fail(f"there is no display to show a picture on ({error}); --out FILE.png writes it")
    except ValueError as error:
        fail(error)
    except OSError as error:
        fail(f"cannot write {out}: {error.strerror or error}")
    typer.echo(f"wrote {out}")
