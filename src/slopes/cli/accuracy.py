"""The command ``slopes accuracy``: errors in units in the last place, measured over all floats."""

from functools import partial
from itertools import product
from pathlib import Path
from typing import Annotated

import typer

from slopes.cli.arguments import Settings, functions_of, stop
from slopes.cli.output import bar

DTYPES = ("float16", "bfloat16", "float32", "float64")
LIBRARIES = ("slopes", "torch", "jax", "scipy")
HELP = """Measure how exact activations are, in units in the last place (ULP).

Compares value, first and second derivative with an exact reference: all 65,536 floats of 16 bits, \
all 4,294,967,296 of 32 bits (or every so-manyeth, with --every), a million of 64 bits. The table \
has the largest error and its input; errors beside a zero crossing of that order stand in brackets. \
A sweep over all floats of 32 bits takes minutes for each function; --every 1000 takes a second.

\b
Examples:
  slopes accuracy sigmoid tanh --every 1000
  slopes accuracy gelu --library slopes,torch,jax --every 101
  slopes accuracy --dtype float16,float32 --every 1009 --out accuracy.md
"""


def accuracy(
    names: Annotated[
        list[str] | None, typer.Argument(help="Activations; without names, all of them.", show_default=False)
    ] = None,
    dtype: Annotated[
        str, typer.Option(help="Of float16, bfloat16, float32, float64, separated by commas.")
    ] = "float32",
    every: Annotated[int, typer.Option(help="Take every so-manyeth float.", min=1)] = 1,
    library: Annotated[
        str, typer.Option(help="Of slopes, torch, jax, scipy, separated by commas.")
    ] = "slopes",
    out: Annotated[Path | None, typer.Option(help="File to write as well.", show_default=False)] = None,
    settings: Settings = None,
) -> None:
    """Measure errors in units in the last place."""
    import slopes
    from slopes.accuracy import blocks, markdown, sweep
    from slopes.api.activation import ActivationFunction

    chosen = list(names or (n for n, f in slopes.activations.items() if f.kind == "activation"))
    functions = functions_of(chosen, settings or ())
    dtypes, libraries = _among("--dtype", dtype, DTYPES), _among("--library", library, LIBRARIES)
    curves = [function for function in functions if isinstance(function, ActivationFunction)]
    for function in functions:
        if function not in curves:
            stop(f"{function.name} is a {function.kind}; the sweep measures activations of one number")
    rows = []
    with bar() as progress:
        for function in curves:
            errors = []
            for lib, d in product(libraries, dtypes):
                task = progress.add_task(f"{function.name}, {lib} {d}", total=len(blocks(d, every)))
                try:
                    errors.append(sweep(function, d, every, lib, partial(progress.advance, task)))
                except ModuleNotFoundError as error:
                    stop(f"{error.name} is not installed; without it these sweeps cannot be made")
                progress.remove_task(task)
            rows.append((repr(function), errors))
            progress.console.print(f"measured {function.name}", highlight=False)
    text = markdown(rows, [f"{lib} {d}" for lib in libraries for d in dtypes])
    typer.echo(text)
    if out is not None:
        out.write_text(text)


def _among(option: str, text: str, allowed: tuple[str, ...]) -> list[str]:
    chosen = [part.strip() for part in text.split(",") if part.strip()]
    unknown = [part for part in chosen if part not in allowed]
    if unknown or not chosen:
        stop(f"{option} is {text!r}; it must be of {', '.join(allowed)}")
    return chosen
