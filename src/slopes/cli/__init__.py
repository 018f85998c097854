"""The command line. Its packages are an extra: without them, one line says how to get them."""

import sys

PACKAGES = ("typer", "rich", "click")


def main() -> None:
    """Run the command ``slopes``."""
    try:
        from slopes.cli.main import app

        app(prog_name="slopes")
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in PACKAGES:
            raise
        sys.stderr.write(
            f'slopes: {missing} is not installed; pip install "slopes[cli]" installs '
            "what the command line needs\n"
        )
        sys.exit(2)
