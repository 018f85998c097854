"""The tape: a definition run on symbols, recorded operation by operation.

Equal operations become one symbol, so what value and derivative share is recorded once. Printers walk the
tape; nothing of a definition is written down twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from inspect import signature
from typing import Any

from slopes.core import ArrayMath, Definition, Math

WORDS = frozenset(word for words in (Math, ArrayMath) for word in vars(words) if not word.startswith("_"))

Operand = "Symbol | float | int"


class Symbol:
    """One operation on the tape: a word of the vocabulary, an arithmetic sign, or an input."""

    def __init__(self, tape: "Tape", word: str, operands: tuple[Any, ...]) -> None:
        self.tape, self.word, self.operands = tape, word, operands

    def __add__(self, other: Any) -> "Symbol":
        return self.tape.record("+", self, other)

    def __radd__(self, other: Any) -> "Symbol":
        return self.tape.record("+", other, self)

    def __sub__(self, other: Any) -> "Symbol":
        return self.tape.record("-", self, other)

    def __rsub__(self, other: Any) -> "Symbol":
        return self.tape.record("-", other, self)

    def __mul__(self, other: Any) -> "Symbol":
        return self.tape.record("*", self, other)

    def __rmul__(self, other: Any) -> "Symbol":
        return self.tape.record("*", other, self)

    def __truediv__(self, other: Any) -> "Symbol":
        return self.tape.record("/", self, other)

    def __rtruediv__(self, other: Any) -> "Symbol":
        return self.tape.record("/", other, self)

    def __neg__(self) -> "Symbol":
        if self.word == "negative":  # exact, and "--x" is no negation in C++
            inner: Symbol = self.operands[0]
            return inner
        return self.tape.record("negative", self)

    def __bool__(self) -> bool:
        raise TypeError("a definition may not branch on its input; use m.where, m.step or m.minimum")

    def _compare(self, other: Any) -> bool:
        del other
        raise TypeError("a definition may not compare with an operator; use m.less or m.equal")

    __lt__ = __le__ = __gt__ = __ge__ = _compare


class Tape:
    """Symbols in the order of their first use."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], Symbol] = {}

    def record(self, word: str, *operands: Any) -> Symbol:
        """Return the symbol of an operation; the same one for the same operation."""
        for operand in operands:
            if not isinstance(operand, Symbol | float | int):
                raise TypeError(f"{word} got {operand!r}, which is neither a symbol nor a number")
        key = (word, *(id(o) if isinstance(o, Symbol) else (type(o), repr(o)) for o in operands))
        return self._known.setdefault(key, Symbol(self, word, operands))

    def input(self, name: str) -> Symbol:
        """Return an argument or a parameter."""
        key = ("input", name)
        return self._known.setdefault(key, Symbol(self, "input", (name,)))

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """All symbols; operands stand before what uses them."""
        return tuple(self._known.values())


class Recorder:
    """The vocabulary on symbols: every word is recorded."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape

    def __getattr__(self, word: str) -> Any:
        if word not in WORDS:
            raise AttributeError(f"the vocabulary has no word {word!r}")
        return lambda *operands: self._tape.record(word, *operands)


@dataclass(frozen=True)
class Program:
    """A definition's methods on one tape."""

    tape: Tape
    inputs: tuple[str, ...]
    parameters: tuple[str, ...]
    results: dict[str, Any] = field(default_factory=dict)  #: method -> its symbol, or a number

    def uses(self) -> dict[Symbol, int]:
        """How often each symbol is used by what the results need."""
        counts: dict[Symbol, int] = {}

        def visit(operand: Any) -> None:
            if not isinstance(operand, Symbol):
                return
            counts[operand] = counts.get(operand, 0) + 1
            if counts[operand] == 1 and operand.word != "input":
                for inner in operand.operands:
                    visit(inner)

        for result in self.results.values():
            visit(result)
        return counts


def trace(definition: type[Definition], methods: Sequence[str]) -> Program:
    """Run methods of a definition on symbols; its parameters are symbols too."""
    tape = Tape()
    instance = object.__new__(definition)
    defaults = definition().parameters
    names = tuple(definition.bounds())
    for name, bounds in definition.bounds().items():
        # an integer counts the steps of a Python loop: it stays a number, the default one
        object.__setattr__(instance, name, defaults[name] if bounds.integer else tape.input(name))
    inputs: dict[str, None] = {}
    results = {}
    for method in methods:
        function = getattr(instance, method)
        arguments = tuple(signature(function).parameters)[1:]
        inputs.update(dict.fromkeys(arguments))
        results[method] = function(Recorder(tape), *(tape.input(name) for name in arguments))
    return Program(tape, tuple(inputs), names, results)
