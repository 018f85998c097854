"""The page of accuracy, from sweeps over floats of every size.

python -m bench.accuracy > docs/accuracy.md
"""

import platform
from datetime import UTC, datetime

import numpy as np
import torch
from tests.conftest import instances, label, public
from tests.laws.test_accuracy import CONDITIONED, CONTRACT, LOOSER, SUMS

import slopes
from slopes.accuracy import markdown, sweep

#: every so-manyeth float; float64 from a million
STEPS = {"float16": 1, "bfloat16": 1, "float32": 10_007, "float64": 100}
COUNTS = "all float16 and bfloat16, every 10,007th float32 and 10,000 float64 inputs"
HEAD = """# Accuracy

Largest error in units in the last place (ULP) and the input where it stands, for value / first derivative /
second derivative, over {counts}.
In brackets: beside the zero crossings of that order, where the contract counts against |x f'(x)| instead.
Made by `python -m bench.accuracy` on {date}: slopes {slopes}, Python {python}, NumPy {numpy},
PyTorch {torch}, {machine}, {kernels}. `slopes accuracy silu` repeats it for
one function, over all 2^32 float32.

## NumPy
"""


def page():
    head = HEAD.format(
        counts=COUNTS,
        date=datetime.now(UTC).date(),
        python=platform.python_version(),
        numpy=np.__version__,
        torch=torch.__version__,
        machine=platform.machine(),
        slopes=slopes.__version__,
        kernels=slopes.kernels(),
    )
    rows = [
        (label(d), [sweep(public(d), dtype, every) for dtype, every in STEPS.items()])
        for d in instances("activation")
    ]
    exceptions = [
        f"- {name} in {np.dtype(dtype).name}: tested to {bounds}, because {why}."
        for (name, dtype), (bounds, why) in LOOSER.items()
    ] + [
        f"- {name} in {np.dtype(dtype).name}: tested to three units of |f(x)| + |x f'(x)|, because {why}."
        for (name, dtype), why in CONDITIONED.items()
    ]
    exceptions += [
        f"- {name} in {np.dtype(dtype).name}: tested to four units of the terms added up, because {why}."
        for (name, dtype), why in SUMS.items()
    ]
    contract = "; ".join(f"{np.dtype(d).name} {b}" for d, b in CONTRACT.items())
    peers = [
        (name, [sweep(f, "float32", 10_007, library) for library in ("slopes", "torch", "jax", "scipy")])
        for name, f in slopes.activations.items()
        if f.kind == "activation"
    ]
    return "\n".join(
        [
            head,
            markdown(rows, list(STEPS)),
            f"The contract: {contract}.\n",
            "Where the tests allow more, since they also run on installs without kernels:\n",
            *exceptions,
            "\n## Beside other libraries\n",
            "float32, every 10,007th float. Theirs are wrong without bound where a tail is flushed to 0.\n",
            markdown(peers, ["slopes on NumPy", "torch", "jax", "scipy"]),
        ]
    )


if __name__ == "__main__":
    print(page(), end="")
