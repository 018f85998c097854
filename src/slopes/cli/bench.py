"""The command ``slopes bench``: speed as ratios to other libraries, measured in turn."""

import os
import platform
from pathlib import Path
from typing import Annotated

import typer

from slopes.cli.arguments import stop

SIZES = ("small", "medium", "large")
DTYPES = ("float32", "float64")
HELP = """Time functions against torch, JAX, SciPy, NumPy, scikit-learn, numexpr and numba, where installed.

Every contender has its turn in every round, so that a machine whose speed drifts drifts for all. \
Prints median times and the ratio of each contender's time to ours: above 1, ours is faster. \
"copy" is NumPy's copy of the same bytes, "limit" reads two arrays and writes one on all our \
threads. Sizes: small 100 elements, medium 100,000 (rows: 4096 x 1000 and 1,000,000 x 10), large \
64,000,000 (rows: 8192 x 32000; takes 2 GB). Rows and the linear layer in float32 only.

\b
Examples:
  slopes bench sigmoid cross_entropy
  slopes bench --size small,medium --rounds 5 --out speed.md
"""


def bench(
    names: Annotated[
        list[str] | None, typer.Argument(help="Functions; without names, a choice.", show_default=False)
    ] = None,
    size: Annotated[str, typer.Option(help="Of small, medium, large, separated by commas.")] = "small,medium",
    rounds: Annotated[int, typer.Option(help="Turns of each contender.", min=1)] = 7,
    dtype: Annotated[str, typer.Option(help="float32 or float64.")] = "float32",
    out: Annotated[Path | None, typer.Option(help="File to write as well.", show_default=False)] = None,
) -> None:
    """Time functions against other libraries."""
    import slopes
    from slopes.speed import LOSSES, TIMED, cases, race

    sizes = [part.strip() for part in size.split(",") if part.strip()]
    unknown = [part for part in sizes if part not in SIZES]
    if unknown or not sizes:
        stop(f"--size is {size!r}; it must be of {', '.join(SIZES)}")
    if dtype not in DTYPES:
        stop(f"--dtype is {dtype!r}; it must be of {', '.join(DTYPES)}")
    try:
        chosen = [n if n == LAYER else slopes.get(n).name for n in names or (*DEFAULT, *TIMED, LAYER)]
    except ValueError as error:
        stop(error)
    lines = [
        f"slopes {slopes.__version__}, {platform.machine()}, {os.cpu_count()} processors, {dtype}, "
        f"median of {rounds}",
        "",
        "| function | work | size | ours (ms) | others (ms) and their time over ours |",
        "|---|---|---|---|---|",
    ]
    measured = False
    for case in cases(chosen, sizes, dtype):
        typer.echo(f"timing {case.function}: {case.work}, {case.size}", err=True)
        ours, *others = race({"slopes": case.ours, **case.others}, rounds)
        beside = "; ".join(
            f"{t.name} {1e3 * t.seconds:.4g} ({t.seconds / ours.seconds:.2f}x)" for t in others
        )
        lines.append(f"| {case.function} | {case.work} | {case.size} | {1e3 * ours.seconds:.4g} | {beside} |")
        measured = True
    if LAYER in chosen:
        lines += ["", *_memory(sizes)]
    if not measured:
        allowed = ", ".join(("activations", *TIMED) if dtype == "float32" else ("activations", *LOSSES))
        stop(f"nothing to time for {', '.join(chosen)} in {dtype}; allowed are {allowed}")
    text = "\n".join(lines) + "\n"
    typer.echo(text)
    if out is not None:
        out.write_text(text)


def _memory(sizes: list[str]) -> list[str]:
    """The table of the extra peak memory of the linear layer's loss; empty where it cannot be measured."""
    from slopes.speed import cases, extra_peak

    lines = [
        "| function | size | ours: extra peak memory (MB) | others (MB) and theirs over ours |",
        "|---|---|---|---|",
    ]
    for case, size in zip(cases([LAYER], sizes), sizes, strict=True):
        typer.echo(f"measuring memory of {LAYER}, {case.size}", err=True)
        ours = extra_peak(LAYER, size, "slopes")
        if ours is None:
            return []
        peaks = {name: extra_peak(LAYER, size, name) or 0 for name in case.others}
        beside = "; ".join(
            f"{name} {peak / 1e6:.4g} ({peak / max(ours, 1):.2f}x)" for name, peak in peaks.items()
        )
        lines.append(f"| {LAYER} | {case.size} | {ours / 1e6:.4g} | {beside} |")
    return lines


LAYER = "linear_cross_entropy"
DEFAULT = ("sigmoid", "tanh", "silu", "gelu", "softplus", "relu")
