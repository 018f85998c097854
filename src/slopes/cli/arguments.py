"""What commands share: names and parameters from the command line, and errors in one line."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from slopes.api.function import Function

Names = Annotated[
    list[str], typer.Argument(help="Names or aliases of functions; `slopes list` shows them all.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=NUMBER",
        help="A parameter, such as delta=2, for those functions that have it. May be repeated.",
        show_default=False,
    ),
]


def stop(message: object) -> NoReturn:
    """End the command with one line on stderr and exit code 2."""
    typer.echo(f"slopes: {' '.join(str(message).split())}", err=True)
    raise typer.Exit(2)


def functions_of(names: Sequence[str], settings: Sequence[str]) -> "list[Function]":
    """Return the named functions, each once, at the parameters that were set; stop at a mistake."""
    import slopes

    try:
        functions = [slopes.get(name) for name in names]
        wanted = _parsed(settings)
        known = {name for function in functions for name in function.parameters}
        for name in wanted:
            if name not in known:
                raise ValueError(_unknown(name, functions))
        configured = (
            type(function)(**{n: wanted.get(n, v) for n, v in function.parameters.items()})
            for function in functions
        )
        return list(dict.fromkeys(configured))
    except ValueError as error:
        stop(error)


def _parsed(settings: Sequence[str]) -> dict[str, float]:
    """Return NAME=NUMBER texts as a dictionary."""
    parameters: dict[str, float] = {}
    for setting in settings:
        name, equals, text = (part.strip() for part in setting.partition("="))
        if not (name and equals and text):
            raise ValueError(f"--set {setting!r} must be NAME=NUMBER, such as --set delta=2")
        if name in parameters:
            raise ValueError(f"--set gives {name} twice")
        parameters[name] = _number(setting, text)
    return parameters


def _number(setting: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"--set {setting!r}: {text!r} is not a number") from None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _unknown(name: str, functions: "Sequence[Function]") -> str:
    """Say which parameters there are instead."""
    has = "; ".join(f"{f.name} has {', '.join(f.parameters) or 'none'}" for f in functions)
    near = get_close_matches(name, {p for f in functions for p in f.parameters}, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"--set {name}: no such parameter; {has}{hint}"
