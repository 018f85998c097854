"""The command ``slopes explore``: the functions in the browser."""

import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from slopes.cli.arguments import stop

HELP = """Open the explorer in the browser: curves, pairs of output and loss, precision, chains of layers.

It is served by this machine and loads nothing from another. --build writes the same page as files for any \
web host.

\b
Examples:
  slopes explore
  slopes explore --port 8000 --no-browser
  slopes explore --build site
"""


def explore(
    port: Annotated[
        int, typer.Option(help="The port to serve on; 0 takes a free one.", min=0, max=65535)
    ] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser.")] = True,
    build: Annotated[
        Path | None,
        typer.Option(help="Write a static site to this folder, and serve nothing.", show_default=False),
    ] = None,
) -> None:
    """Serve the explorer until interrupted, or write it."""
    from slopes.explorer import Server
    from slopes.explorer import build as write

    try:
        if build is not None:
            write(build)
            typer.echo(f"wrote {build / 'index.html'}")
            return
        with TemporaryDirectory(prefix="slopes-") as folder:
            write(Path(folder))
            with Server(Path(folder), port) as server:
                typer.echo(f"the explorer is at {server.address} until you press Ctrl+C")
                if browser:
                    webbrowser.open(server.address)
                server.serve_forever()
    except KeyboardInterrupt:
        return
    except (ImportError, OSError) as error:
        stop(
            error
            if isinstance(error, ImportError)
            else f"{error.filename or f'port {port}'}: {error.strerror}"
        )
