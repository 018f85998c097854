"""A definition as text for people, printed from the tape."""

from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from slopes.core import ArrayLoss, Curve, Definition, PointwiseLoss, RowActivation, RowLoss
from slopes.emit.tape import Program, Symbol, trace

METHODS: tuple[tuple[type[Definition], tuple[str, ...]], ...] = (
    (Curve, ("value", "derivative", "second_derivative")),
    (PointwiseLoss, ("value", "gradient", "hessian", "target_gradient")),
    (RowActivation, ("value", "vjp", "jvp", "hvp")),
    (RowLoss, ("value", "gradient", "hessian", "hvp", "mass_gradient")),
    (ArrayLoss, ("value",)),
)
SIGNS = {"+": 1, "-": 1, "*": 2, "/": 2}
NEGATIVE = 3
CONDITIONAL = 0
PHRASES = {
    "sigmoid_times": "{} * sigmoid({})",
    "ndtr_times": "{} * ndtr({})",
    "normal_times": "{} * npdf({})",
    "times": "{} * {}",
    "exp_difference": "exp({} - {})",
    "power": "({})**({})",
    "inverse_mills": "npdf({0}) / ndtr({0})",
    "mills_excess": "({0} + npdf({0}) / ndtr({0}))",
    "log1p_excess": "({0} - log1p({0}))",
    "expm1_excess": "(expm1({0}) - {0})",
    "row_half": "half({}, {})",
    "less": "{} < {}",
    "equal": "{} == {}",
}  #: words that people write as arithmetic
TIGHTNESS = {
    "times": (2, 2),
    "exp_difference": (1, 2),
    "power": (0, 0),
    "inverse_mills": (0,),
    "mills_excess": (1,),
    "log1p_excess": (1,),
    "expm1_excess": (1,),
    "row_half": (0, 0),
}  #: how tightly the operands of these phrases must bind
NAMES = {
    "row_sum": "sum",
    "row_max": "max",
    "row_threshold": "threshold",
    "row_join": "join",
    "minimum": "min",
    "maximum": "max",
}
PRODUCTS = ("sigmoid_times", "ndtr_times", "normal_times")


@dataclass(frozen=True)
class Formula:
    """An expression, and the names it uses for what stands in it more than once."""

    result: str
    lets: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        lets = ", ".join(f"{name} = {text}" for name, text in self.lets)
        return f"{self.result}  with {lets}" if lets else self.result


def methods_of(definition: type[Definition]) -> tuple[str, ...]:
    """Return the methods that a definition of this kind states."""
    methods = next(methods for kind, methods in METHODS if issubclass(definition, kind))
    if issubclass(definition, RowLoss) and definition.targets in ("classes", "ranks"):
        return tuple(method for method in methods if method != "mass_gradient")
    return methods


def formula(definition: type[Definition] | Definition, method: str) -> Formula:
    """Return one method of a definition as text that Python could evaluate."""
    cls = definition if isinstance(definition, type) else type(definition)
    return _Printer(trace(cls, (method,))).formula(method)


def formulas(definition: type[Definition] | Definition) -> dict[str, str]:
    """Return every method of a definition as one line of text.

    Examples
    --------
    >>> from slopes.activations import SiLU
    >>> formulas(SiLU)["value"]
    'x * sigmoid(beta * x)'
    """
    cls = definition if isinstance(definition, type) else type(definition)
    return {method: str(formula(cls, method)) for method in methods_of(cls)}


class _Printer:
    """Prints a program; a symbol used twice gets a name, unless it is short."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._uses = program.uses()
        self._lets: list[tuple[str, str]] = []
        self._named: dict[Symbol, str] = {}
        taken = {*program.inputs, *program.parameters, "e"}
        names = (f"{letter}{i}" for i in ("", 1, 2) for letter in ascii_lowercase)
        self._free = [name for name in names if name not in taken]

    def formula(self, method: str) -> Formula:
        result = self._show(self._program.results[method], CONDITIONAL)
        return Formula(result, tuple(self._lets))

    def _show(self, operand: Any, tight: int) -> str:
        if not isinstance(operand, Symbol):
            text = f"{operand:.17g}" if float(operand).is_integer() else repr(operand)
            return f"({text})" if operand < 0 and tight == NEGATIVE else text
        if operand in self._named:
            return self._named[operand]
        text, own = self._expression(operand)
        if self._uses[operand] > 1 and _is_long(operand):
            name = self._free.pop(0)
            self._named[operand] = name
            self._lets.append((name, text))
            return name
        return f"({text})" if own < tight else text

    def _expression(self, symbol: Symbol) -> tuple[str, int]:
        """The text of an operation, and how tightly it binds."""
        word, operands = symbol.word, symbol.operands
        if word == "input":
            return str(operands[0]), 9
        if word == "root_two_over_pi":
            return "sqrt(2 / pi)", 9
        if word == "fill":
            return self._show(operands[1], 9), 9
        if word == "negative":
            return f"-{self._show(operands[0], NEGATIVE)}", NEGATIVE
        if word == "*" and _number(operands[0]) == 1:
            whole = isinstance(operands[1], Symbol) and operands[1].word == "input"
            return self._show(operands[1], SIGNS["*"]), 9 if whole else SIGNS["*"]
        if word == "*" and _number(operands[0]) == -1:
            return f"-{self._show(operands[1], NEGATIVE)}", NEGATIVE
        if word == "times" and _is_reciprocal(operands[1]):
            below = self._show(operands[1].operands[1], SIGNS["/"] + 1)
            return f"{self._show(operands[0], SIGNS['/'])} / {below}", SIGNS["/"]
        if word in SIGNS:
            own = SIGNS[word]
            right = self._show(operands[1], own + (word in "-/"))
            return f"{self._show(operands[0], own)} {word} {right}", own
        if word == "where":
            condition, x, y = (self._show(o, 1) for o in operands)
            return f"{x} if {condition} else {y}", CONDITIONAL
        if word in PRODUCTS and operands[0] == 1.0:
            name = PHRASES[word].removeprefix("{} * ")
            return name.format(self._show(operands[1], 0)), 9
        if word in PHRASES:
            binds = (
                2 if word in (*PRODUCTS, "times", "inverse_mills") else 1 if word in ("less", "equal") else 9
            )
            inner = TIGHTNESS.get(word, (binds, 0))
            shown = (self._show(o, tight) for o, tight in zip(operands, inner, strict=True))
            return PHRASES[word].format(*shown), binds
        shown = (self._show(o, 0) for o in operands)
        return f"{NAMES.get(word, word)}({', '.join(shown)})", 9


def _number(operand: Any) -> float | None:
    """The number that an operand stands for: itself, or a constant that is NaN where its input is."""
    if isinstance(operand, Symbol):
        return operand.operands[1] if operand.word == "fill" else None
    return float(operand)


def _is_reciprocal(operand: Any) -> bool:
    return isinstance(operand, Symbol) and operand.word == "/" and _number(operand.operands[0]) == 1


def _is_long(symbol: Symbol) -> bool:
    """Whether a symbol is more than an input, a sign or one product of inputs."""
    if symbol.word in ("input", "fill"):
        return False
    inner = [o for o in symbol.operands if isinstance(o, Symbol)]
    return symbol.word not in ("negative", "*") or any(o.word != "input" for o in inner)
