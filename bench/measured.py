"""Write what the explorer says of accuracy: the errors of docs/accuracy.md, at default parameters.

python -m bench.measured
"""

import json
import re
from pathlib import Path

import slopes

TABLE = Path(__file__).parents[1] / "docs" / "accuracy.md"
FILE = Path(slopes.__file__).parent / "explorer" / "measured.json"
FORMATS = ("float16", "bfloat16", "float32", "float64")
HEAD = f"| function | {' | '.join(FORMATS)} |"


def measured() -> dict[str, dict[str, list[float]]]:
    """Return function -> format -> largest errors in ULP of the value and its two derivatives."""
    _, _, table = TABLE.read_text().partition(HEAD)
    rows = re.findall(r"^\| (\w+) \| (.*) \|$", table.partition("\n\n")[0], re.MULTILINE)
    return {
        name: {f: errors(cell) for f, cell in zip(FORMATS, cells.split(" | "), strict=True)}
        for name, cells in rows
    }


def errors(cell: str) -> list[float]:
    """Return the numbers of a cell "0.5 at 1.2 (0.4 at 3) / 1 / 2 at -4", those in brackets aside."""
    return [float(part.split()[0]) for part in cell.split(" / ")]


if __name__ == "__main__":
    FILE.write_text(json.dumps(measured(), indent=1) + "\n")
    print(f"wrote {FILE}")
