"""Every pointwise definition as a C++ template over the vocabulary, for the compiled kernels.

Definitions that use words which `cpp/math.h` does not have are left to NumPy.

`python -m slopes.emit.cpp` writes `cpp/generated`; a test compares it.
"""

from pathlib import Path
from typing import Any

import slopes.activations
import slopes.losses
from slopes.core import Activation, Curve, Definition, MarginLoss, PointwiseLoss, ResidualLoss, definitions
from slopes.emit.printer import SIGNS, Printer
from slopes.emit.tape import Symbol, trace

METHODS: tuple[tuple[type[Definition], tuple[str, ...], tuple[str, str]], ...] = (
    (Curve, ("value", "derivative", "second_derivative"), ("value", "derivative")),
    (PointwiseLoss, ("value", "gradient", "hessian"), ("value", "gradient")),
)  #: kind, its methods, and those that are also computed together
LISTS: tuple[tuple[str, type[Definition]], ...] = (
    ("ACTIVATIONS", Activation),
    ("RESIDUAL_LOSSES", ResidualLoss),
    ("MARGIN_LOSSES", MarginLoss),
    ("PAIR_LOSSES", PointwiseLoss),
)
WORDS = frozenset(
    (
        *("root_two_over_pi", "abs", "sign", "step", "fill", "minimum", "maximum", "less", "equal", "where"),
        *("times", "exp", "log", "log1p", "log1p_excess", "expm1", "expm1_excess", "sqrt", "hypot", "power"),
        *("sin", "cos", "arctan", "tanh", "tanh_remainder", "sigmoid", "sigmoid_times"),
        *("ndtr_times", "normal_times", "erf", "log_ndtr", "inverse_mills", "mills_excess", "exp_difference"),
    )
)  #: those of cpp/math.h; a test compares them
CONDITIONS = ("less", "equal")
NOTE = "// Printed from the definitions by `python -m slopes.emit.cpp`."


class CppPrinter(Printer):
    """Prints a program in C++."""

    prefix = "M::"

    def declaration(self, symbol: Symbol, name: str) -> str:
        """Return the start of a constant's line."""
        return f"const {'bool' if symbol.word in CONDITIONS else 'double'} {name}"

    def _expression(self, symbol: Symbol) -> tuple[str, int]:
        if (x := _of_log1p_exp(symbol)) is not None:
            return self._call("log1p_exp", x)
        return super()._expression(symbol)


def _of_log1p_exp(symbol: Symbol) -> Any:
    """The x of log1p(exp(-abs(x))), which C++ has as one word at half the cost; None for anything else."""
    for word in ("log1p", "exp", "negative", "abs"):
        if not isinstance(symbol, Symbol) or symbol.word != word:
            return None
        symbol = symbol.operands[0]
    return symbol


def printable(definition: type[Definition]) -> bool:
    """Whether a definition is pointwise, and C++ has all the words it uses."""
    for kind, methods, _ in METHODS:
        if issubclass(definition, kind):
            return {symbol.word for symbol in trace(definition, methods).uses()} <= WORDS | SIGNS
    return False


def header(definition: type[Definition]) -> str:
    """Return the text of `cpp/generated/<name>.h`."""
    _, methods, together = next(m for m in METHODS if issubclass(definition, m[0]))
    defaults = definition().parameters
    fields = [f"  double {name} = {float(value)!r};" for name, value in defaults.items()]
    given = ", ".join(f"{name}(given[{i}])" for i, name in enumerate(defaults))
    made = f"const double* given) : {given}" if given else "const double*)"
    lines = [
        f"// {definition.name}: {definition.formula}",
        NOTE,
        "#pragma once",
        "",
        "template <class M>",
        f"struct {definition.__name__} {{",
        *fields,
        *([""] if fields else []),
        f"  explicit {definition.__name__}({made} {{}}",
    ]
    for method in methods:
        program = trace(definition, (method,))
        body = CppPrinter(program).statements({method: "return"})
        arguments = ", ".join(f"double {name}" for name in program.inputs)
        lines += ["", f"  double {method}({arguments}) const {{", *(f"    {line}" for line in body), "  }"]
    program = trace(definition, together)
    body = CppPrinter(program).statements({method: f"{method} =" for method in together})
    arguments = ", ".join(
        [*(f"double {name}" for name in program.inputs), *(f"double& {name}" for name in together)]
    )
    lines += ["", f"  void {'_and_'.join(together)}({arguments}) const {{"]
    return "\n".join([*lines, *(f"    {line}" for line in body), "  }", "};", ""])


def listing() -> str:
    """Return the text of `cpp/generated/all.h`, which includes and lists all of them."""
    chosen = [(name, d) for name, d in sorted(definitions.items()) if printable(d)]
    lines = [NOTE, "#pragma once", "", *(f'#include "{name}.h"' for name, _ in chosen)]
    for title, kind in LISTS:
        lines += ["", f"#define SLOPES_{title}(LIST) \\"]
        of_kind = [(name, d) for name, d in chosen if issubclass(d, kind)]
        entries = [f"  LIST({name}, {d.__name__}, {len(d.bounds())})" for name, d in of_kind]
        lines += [*(f"{entry} \\" for entry in entries[:-1]), entries[-1]]
    return "\n".join([*lines, ""])


def files() -> dict[str, str]:
    """Return the text of every generated file, by its name."""
    chosen = [d for d in definitions.values() if printable(d)]
    return {"all.h": listing(), **{f"{d.name}.h": header(d) for d in chosen}}


if __name__ == "__main__":
    folder = Path(slopes.__file__).parents[2] / "cpp" / "generated"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = files()
    for old in {path.name for path in folder.glob("*.h")} - set(wanted):
        (folder / old).unlink()
    for file, text in wanted.items():
        (folder / file).write_text(text)
    print(f"wrote {len(wanted)} files to {folder}")
