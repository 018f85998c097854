"""The command ``slopes trial report``."""

from pathlib import Path
from typing import Annotated

import typer

from slopes.cli.trial import options

# One line for each paragraph: Typer breaks lines where the text does.
HELP = """Write the report of a finished trial again, from its ledger alone.

Nothing is trained, and neither the data nor the problem is needed. The ledger is ledger.sqlite in \
the folder that the trial wrote to.

\b
Examples:
  slopes trial report trial-images
  slopes trial report trial-images/ledger.sqlite --out report
"""


def report(
    ledger: Annotated[
        Path, typer.Argument(help="The ledger, or the folder that holds it.", show_default=False)
    ],
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the report and the pictures.", show_default="the ledger's folder"),
    ] = None,
) -> None:
    """Write the report of a finished trial again, from its ledger alone."""
    with options.errors_in_a_line("report"):
        from rich.console import Console

        from slopes.trial import console, files
        from slopes.trial.ledger import read

        trial = read(ledger)
        folder = out or (ledger if ledger.is_dir() else ledger.parent)
        folder.mkdir(parents=True, exist_ok=True)
        files.write_result(trial, folder)
        console.show(Console(), trial, folder)
