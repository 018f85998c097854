"""Write what the explorer says of accuracy and cost: numbers of docs/accuracy.md and docs/speed.md.

python -m bench.measured
"""

import json
import re
from math import prod
from pathlib import Path
from typing import Any

import slopes
from slopes.speed.cases import SIZES

DOCS = Path(__file__).parents[1] / "docs"
FILE = Path(slopes.__file__).parent / "explorer" / "measured.json"
FORMATS = ("float16", "bfloat16", "float32", "float64")
ERRORS = f"| function | {' | '.join(FORMATS)} |"
TIMES = "## Large"
WORK = {"value": "value", "value and derivative": "slope", "value and gradient": "slope"}


def measured() -> dict[str, dict[str, Any]]:
    """Return function -> its "errors" and its "times", at default parameters; only what was measured."""
    parts = {"errors": errors(), "times": times()}
    names = sorted({name for part in parts.values() for name in part})
    return {name: {key: part[name] for key, part in parts.items() if name in part} for name in names}


def errors() -> dict[str, dict[str, list[float]]]:
    """Return function -> format -> largest errors in ULP of the value and its two derivatives."""
    _, _, table = (DOCS / "accuracy.md").read_text().partition(ERRORS)
    rows = re.findall(r"^\| (\w+) \| (.*) \|$", table.partition("\n\n")[0], re.MULTILINE)
    return {
        name: {f: numbers(cell) for f, cell in zip(FORMATS, cells.split(" | "), strict=True)}
        for name, cells in rows
    }


def numbers(cell: str) -> list[float]:
    """Return the numbers of a cell "0.5 at 1.2 (0.4 at 3) / 1 / 2 at -4", those in brackets aside."""
    return [float(part.split()[0]) for part in cell.split(" / ")]


def times() -> dict[str, dict[str, float]]:
    """Return function -> "value" or "slope" -> nanoseconds for each number of large float32 arrays."""
    _, _, section = (DOCS / "speed.md").read_text().partition(TIMES)
    rows = re.findall(
        r"^\| (\w+) \| ([^|]+) \| ([^|]+) \| ([\d.]+) \|", section.partition("\n## ")[0], re.MULTILINE
    )
    found: dict[str, dict[str, float]] = {}
    for name, work, size, milliseconds in rows:
        shape = [SIZES["large"]] if size == "large" else [int(n) for n in size.split(" x ")]
        # three are a matrix product, whose cost is not one of its numbers
        if work in WORK and len(shape) < 3:
            found.setdefault(name, {})[WORK[work]] = float(f"{1e6 * float(milliseconds) / prod(shape):.3g}")
    return found


if __name__ == "__main__":
    FILE.write_text(json.dumps(measured(), indent=1) + "\n")
    print(f"wrote {FILE}")
