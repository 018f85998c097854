"""The command ``slopes trial``: choose an activation and a loss by experiment."""

import typer

from slopes.cli.trial import audio, images, null, options, own, report, table, translation

app = typer.Typer(
    name="trial",
    help="Choose an activation and a loss for a task by a controlled experiment.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)


@app.callback()
def trial() -> None:
    """Choose an activation and a loss for a task by a controlled experiment."""


app.command("images", help=images.HELP)(options.shared(images.images))
app.command("audio", help=audio.HELP)(options.shared(audio.audio))
app.command("translation", help=translation.HELP)(options.shared(translation.translation))
app.command("table", help=table.HELP)(options.shared(table.table))
app.command("own", help=own.HELP)(options.shared(own.own))
app.command("report", help=report.HELP)(report.report)
app.command("null", help=null.HELP)(null.null)
