"""The command ``slopes doctor``: what is wrong with the activations and losses of a program."""

import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from slopes.cli.arguments import stop

if TYPE_CHECKING:
    from rich.console import Console

    from slopes.doctor import Finding, languages

HELP = """Run a PyTorch, Keras or boosting program and report activations and losses that cannot work.

The program runs as `python SCRIPT ARGUMENTS` would; the first calls of each loss are examined, and the \
report comes at the end, also when the program crashes. Options of the doctor stand before the script, \
those of the script after it.

Exit status: 0 nothing worse than information, 1 findings, 2 the program could not be run.

\b
Examples:
  slopes doctor train.py --epochs 1
  slopes doctor --format json --out findings.json train.py
  slopes doctor --static old_keras.py folder/
  slopes doctor --losses log.csv --classes 10
  slopes doctor --language zh train.py
"""
WATCHED = ("torch", "keras", "xgboost", "lightgbm", "catboost")
COLOURS = {"error": "red", "warning": "yellow", "information": "blue"}


class Language(StrEnum):
    """In which language findings are written."""

    en = "en"
    zh = "zh"


class Form(StrEnum):
    """How findings are written."""

    text = "text"
    markdown = "markdown"
    json = "json"
    sarif = "sarif"


def doctor(
    script: Annotated[Path | None, typer.Argument(help="The program.", show_default=False)] = None,
    arguments: Annotated[list[str] | None, typer.Argument(help="Its own arguments.")] = None,
    steps: Annotated[int, typer.Option(help="How many calls of each loss are examined.", min=1)] = 20,
    form: Annotated[Form, typer.Option("--format", help="How findings are written.")] = Form.text,
    out: Annotated[
        Path | None, typer.Option(help="File to write the findings to, in place of the terminal.")
    ] = None,
    static: Annotated[
        bool, typer.Option("--static", help="Read the programs (files, folders) without running them.")
    ] = False,
    losses: Annotated[Path | None, typer.Option(help="Read this CSV file of losses instead.")] = None,
    classes: Annotated[int, typer.Option(help="How many classes the losses are of.", min=2)] = 2,
    shares: Annotated[str, typer.Option(help="The share of each class, such as 0.9,0.1.")] = "",
    language: Annotated[
        Language, typer.Option(help="In which language findings are written: English or Chinese.")
    ] = Language.en,
) -> None:
    """Watch a program, or read its losses."""
    write = partial(_write, form=form, out=out, language=language.value)
    if losses is not None:
        _read(losses, classes, shares, write)
    if script is None:
        stop("name a program, or a log of losses with --losses FILE --classes N")
    if static:
        _read_sources([script, *map(Path, arguments or ())], write)
    if not script.is_file():
        stop(f"{script} is not a file")
    if not any(map(find_spec, WATCHED)):
        stop(f'none of {", ".join(WATCHED)} is installed; pip install "slopes[torch]" installs the first')
    from slopes.doctor.script import run

    case, status = run(script, arguments or (), steps)
    if not case.examined and status not in (None, 0):
        typer.echo(f"slopes doctor: the program ended with {status!r} before a loss was called", err=True)
        raise typer.Exit(2)
    findings = case.findings()
    sys.stdout.flush()
    write(findings, case.examined)
    raise typer.Exit(int(any(f.severity != "information" for f in findings)))


def _read_sources(paths: list[Path], write: "Callable[[Sequence[Finding], int], None]") -> None:
    """Report what the sources of programs say by themselves."""
    from slopes.doctor.static import files_in, read

    findings, losses, unread = [], 0, 0
    for file in files_in(paths):
        try:
            found, understood = read(file)
        except OSError as error:
            typer.echo(f"slopes doctor: cannot read {file}: {error.strerror or error}", err=True)
            unread += 1
        except ValueError as error:
            typer.echo(f"slopes doctor: {error}", err=True)
            unread += 1
        else:
            findings += found
            losses += understood
    write(findings, losses)
    raise typer.Exit(2 if unread else int(any(f.severity != "information" for f in findings)))


def _read(file: Path, classes: int, shares: str, write: "Callable[[Sequence[Finding], int], None]") -> None:
    """Report what a log of losses says by itself."""
    from slopes.doctor.log import read_losses, read_shares
    from slopes.doctor.scene import Place

    try:
        values, given = read_losses(file), read_shares(shares, classes)
    except (ValueError, OSError) as error:
        stop(error)
    from slopes.doctor.case import stuck

    found = stuck(values, classes, Place(str(file), len(values) + 1), given)
    write([found] if found else [], len(values))
    raise typer.Exit(int(found is not None))


def _write(
    findings: "Sequence[Finding]", examined: int, form: Form, out: Path | None, language: "languages.Language"
) -> None:
    from importlib.metadata import version

    from slopes.doctor import report

    findings = [finding.in_language(language) for finding in findings]
    if form is Form.text and out is None:
        from rich.console import Console

        show(findings, examined, Console(stderr=True, highlight=False, soft_wrap=True), language)
        return
    text = {
        Form.json: lambda: report.as_json(findings),
        Form.sarif: lambda: report.as_sarif(findings, version("slopes")),
    }.get(form, lambda: report.as_markdown(findings, language))()
    if out is None:
        typer.echo(text)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        stop(f"cannot write {out}: {error.strerror or error}")
    typer.echo(f"wrote {out}", err=True)


def show(
    findings: "Sequence[Finding]", examined: int, console: "Console", language: "languages.Language" = "en"
) -> None:
    """Print findings for people."""
    from rich.markup import escape

    from slopes.doctor.languages import Text, say
    from slopes.doctor.report import heading, lines, more

    if not findings:
        console.print(say(Text("slopes doctor: nothing found in {losses} losses", losses=examined), language))
    for f in findings:
        head = f"[bold {COLOURS[f.severity]}]{escape(heading(f))}[/]"
        console.print("\n" + say(Text("{head} at {place}", head=head, place=escape(str(f.place))), language))
        if f.place.code:
            console.print(f"    [dim]{escape(f.place.code)}[/]")
        for line in (f.text, *lines(f), *more(f)):
            console.print(f"  {escape(line)}")
