"""Every definition of numbers and of rows as JavaScript over the vocabulary, for the explorer.

Curves and pointwise losses work on numbers; functions of a row work on arrays, so that for them arithmetic
too is a word. Losses of several arrays are left out. Parameters that a body does not use are not its
parameters here: those which choose between bodies, as cross-entropy's `z_loss` does, stay at their defaults.

The explorer's site is built with them; nothing printed is kept.
"""

from slopes.core import Curve, Definition, PointwiseLoss, RowActivation, RowLoss, definitions
from slopes.emit.printer import ATOM, Printer
from slopes.emit.tape import Program, Symbol, trace

METHODS: tuple[tuple[type[Definition], tuple[str, ...]], ...] = (
    (Curve, ("value", "derivative", "second_derivative")),
    (PointwiseLoss, ("value", "gradient", "hessian")),
    (RowActivation, ("value", "vjp", "jvp", "hvp")),
    (RowLoss, ("value", "gradient", "hessian", "hvp")),
)  #: kind and those of its methods that are printed
ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "negative": "negative"}
START = """\
import * as M from "./math.js";
import * as V from "./rows.js";
"""


class NumberPrinter(Printer):
    """Prints a program of numbers."""

    prefix = "M."

    def declaration(self, symbol: Symbol, name: str) -> str:
        """Return the start of a constant's line."""
        del symbol
        return f"const {name}"


class RowPrinter(NumberPrinter):
    """Prints a program of rows: JavaScript has no arithmetic of arrays, so each sign is a word."""

    prefix = "V."

    def _expression(self, symbol: Symbol) -> tuple[str, int]:
        if symbol.word == "input":
            return str(symbol.operands[0]), ATOM
        return self._call(ARITHMETIC.get(symbol.word, symbol.word), *symbol.operands)


def methods_of(definition: type[Definition]) -> tuple[str, ...]:
    """Return the methods of a definition that are printed; none for a loss of several arrays."""
    return next((methods for kind, methods in METHODS if issubclass(definition, kind)), ())


def parameters_of(definition: type[Definition]) -> dict[str, float]:
    """Return the parameters that the printed methods use, with their defaults."""
    used = {name for method in methods_of(definition) for name in _used(trace(definition, (method,)))}
    return {name: value for name, value in definition().parameters.items() if name in used}


def printed(definition: type[Definition]) -> str:
    """Return a definition as an exported object of its parameters' defaults and its methods."""
    printer = RowPrinter if issubclass(definition, RowActivation | RowLoss) else NumberPrinter
    defaults = ", ".join(f"{n}: {float(v)!r}" for n, v in parameters_of(definition).items())
    lines = [f"// {definition.formula}", f"export const {definition.name} = {{"]
    lines.append(f"  parameters: {{ {defaults} }}," if defaults else "  parameters: {},")
    for method in methods_of(definition):
        program = trace(definition, (method,))
        names = ", ".join(_used(program))
        arguments = ", ".join((*program.inputs, *([f"{{ {names} }}"] if names else [])))
        body = printer(program).statements({method: "return"})
        lines += [f"  {method}({arguments}) {{", *(f"    {line}" for line in body), "  },"]
    return "\n".join([*lines, "};", ""])


def text() -> str:
    """Return the text of `functions.js`."""
    chosen = (definition for _, definition in sorted(definitions.items()) if methods_of(definition))
    return "\n".join((START, *map(printed, chosen)))


def _used(program: Program) -> tuple[str, ...]:
    """The parameters that what is printed needs."""
    needed = {symbol.operands[0] for symbol in program.uses() if symbol.word == "input"}
    return tuple(name for name in program.parameters if name in needed)
