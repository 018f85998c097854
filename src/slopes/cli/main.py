"""The command ``slopes``: its subcommands and its help."""

from typing import Annotated

import typer

from slopes.cli import accuracy, bench, doctor, explore, listing, plot, show, trial

# One line for each paragraph: Typer breaks lines where the text does.
_HELP = """Activation and loss functions with exact derivatives.

\b
Examples:
  slopes list --search robust
  slopes show huber --set delta=2
  slopes plot sigmoid tanh relu --derivatives --out curves.png
  slopes explore
  slopes trial images
  slopes doctor train.py
  slopes accuracy sigmoid --every 1000
  slopes bench sigmoid

slopes COMMAND --help explains a command.
"""

app = typer.Typer(
    name="slopes", help=_HELP, no_args_is_help=True, rich_markup_mode="rich", pretty_exceptions_enable=False
)


def _version(wanted: bool) -> None:
    if wanted:
        from slopes import __version__

        typer.echo(f"slopes {__version__}")
        raise typer.Exit


@app.callback(help=_HELP)
def _slopes(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    del version  # its callback has acted


app.command("list", help=listing.HELP)(listing.list_functions)
app.command("show", help=show.HELP)(show.show)
app.command("plot", help=plot.HELP)(plot.plot)
app.command("accuracy", help=accuracy.HELP)(accuracy.accuracy)
app.command("bench", help=bench.HELP)(bench.bench)
app.command("explore", help=explore.HELP)(explore.explore)
app.command(
    "doctor",
    help=doctor.HELP,
    context_settings={"allow_interspersed_args": False, "ignore_unknown_options": True},
)(doctor.doctor)
app.add_typer(trial.app, name="trial")
