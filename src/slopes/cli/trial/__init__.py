"""The command ``slopes trial``: choose an activation and a loss by experiment."""

import typer

from slopes.cli.trial import images, translation

app = typer.Typer(
    name="trial",
    help="Choose an activation and a loss for a task by a controlled experiment.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)


@app.callback()
def trial() -> None:
    """Choose an activation and a loss for a task by a controlled experiment."""


app.command("images", help=images.HELP)(images.images)
app.command("translation", help=translation.HELP)(translation.translation)
