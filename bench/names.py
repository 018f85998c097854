"""The page of names in other libraries: factors are measured, arguments read from the libraries themselves.

python -m bench.names > docs/names.md
"""

import os

os.environ["KERAS_BACKEND"] = "numpy"  # read when Keras is imported

from tests.parity.measuring import arguments, factor, target_first
from tests.parity.names import MEASURED, MORE, TAKES, at, entries

HEAD = """# Names in other libraries

What the same function is called elsewhere. *Factor* is their value divided by ours, of one example; where
their default parameters are others than ours, *equal at* says at which of ours both are equal. A target that
comes first is in bold. All this is measured and read from the installed library for torch, JAX, SciPy,
scikit-learn, NumPy, Keras, optax and ONNX. Of the others, which are not installed where this page is made,
names, arguments and the factor in parentheses are from their documentation. `flax.linen` and `flax.nnx`
export JAX's functions by the same names. Losses of several arrays have no factor here. Behaviour that
differs is in [differences.md](differences.md). Made by `python -m bench.names`.

| here | library | there | takes | factor | equal at |
|---|---|---|---|---|---|
"""


def row(name):
    if name.library in MEASURED:
        takes, measured = arguments(name), factor(name)
        ratio = "" if measured is None else str(measured)
        if name in MORE and ratio != name.factor:
            raise ValueError(f"{name.theirs} is {ratio} times {name.ours}, not {name.factor}")
        if target_first(name):
            first, comma, rest = takes[1:-1].partition(",")
            takes = f"(**{first}**{comma}{rest})"
    else:
        takes, ratio = TAKES.get(name.theirs, ""), f"({name.factor})"
    where = ", ".join(f"{key}={value}" for key, value in at(name).items())
    return f"| `{name.ours}` | {name.library} | `{name.theirs}` | {takes} | {ratio} | {where} |"


def page():
    return HEAD + "\n".join(map(row, entries())) + "\n"


if __name__ == "__main__":
    print(page(), end="")
