"""The page of frameworks: how to use slopes on each, and how far each is from NumPy, measured.

python -m bench.frameworks > docs/frameworks.md
"""

from pathlib import Path

from tests.agreement.cases import deviations
from tests.agreement.frameworks import CONTRACT, DTYPES, FRAMEWORKS, contract

TEXT = Path(__file__).with_name("frameworks_text.md")
NAMES = {"torch": "PyTorch", "jax": "JAX (jit)", "tensorflow": "TensorFlow"}


def cell(found, order):
    name, units = max(((n, each[order]) for n, each in found.items()), key=lambda pair: pair[1])
    return f"{units:.2f} (`{name}`)" if units else "0"


def row(framework, dtype):
    found = deviations(FRAMEWORKS[framework], dtype)
    cells = " | ".join(cell(found, order) for order in range(3))
    return f"| {NAMES[framework]} | {dtype} | {cells} | {contract(framework, dtype):g} |"


if __name__ == "__main__":
    print(TEXT.read_text(), end="")
    for framework in CONTRACT:
        for dtype in DTYPES:
            print(row(framework, dtype), flush=True)
