"""A program as statements of a language with curly braces, in the vocabulary's words and signs."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from string import ascii_lowercase
from typing import Any, ClassVar

from slopes.emit.tape import Program, Symbol

LONG = 72  #: a longer operand gets a name
TIGHT = {"+": 1, "-": 1, "*": 2, "/": 2}
NEGATIVE, ATOM = 3, 9
SIGNS = frozenset(["input", "negative", *TIGHT])


class Printer(ABC):
    """Prints results of a program as statements; what stands in them more than once gets a name."""

    prefix: ClassVar[str]  #: what stands before a word

    def __init__(self, program: Program) -> None:
        self._program = program
        self._uses = program.uses()
        self._named: dict[Symbol, str] = {}
        self._lines: list[str] = []
        taken = {*program.inputs, *program.parameters, *program.results, "e"}
        names = (f"{letter}{i}" for i in ("", 1, 2) for letter in ascii_lowercase)
        self._free = [name for name in names if name not in taken]

    @abstractmethod
    def declaration(self, symbol: Symbol, name: str) -> str:
        """How a line begins that gives a symbol its name."""

    def statements(self, results: Mapping[str, str]) -> list[str]:
        """Return lines that begin with the names; `results` maps a method to how its line starts."""
        ends = [
            f"{start} {self._show(self._program.results[method], 0, last=True)};"
            for method, start in results.items()
        ]
        return [*self._lines, *ends]

    def _show(self, operand: Any, tight: int, last: bool = False) -> str:
        if not isinstance(operand, Symbol):
            text = repr(float(operand))
            return f"({text})" if operand < 0 and tight == NEGATIVE else text
        if operand in self._named:
            return self._named[operand]
        text, own = self._expression(operand)
        shared = self._uses[operand] > 1 and operand.word not in ("input", "negative")
        if shared or (len(text) > LONG and not last):
            name = self._free.pop(0)
            self._named[operand] = name
            self._lines.append(f"{self.declaration(operand, name)} = {text};")
            return name
        return f"({text})" if own < tight else text

    def _expression(self, symbol: Symbol) -> tuple[str, int]:
        """The text of an operation, and how tightly it binds."""
        word, operands = symbol.word, symbol.operands
        if word == "input":
            return str(operands[0]), ATOM
        if word == "negative":
            return f"-{self._show(operands[0], NEGATIVE)}", NEGATIVE
        if word in TIGHT:
            own = TIGHT[word]
            left, right = self._show(operands[0], own), self._show(operands[1], own + 1)
            return f"{left} {word} {right}", own
        return self._call(word, *operands)

    def _call(self, word: str, *operands: Any) -> tuple[str, int]:
        return f"{self.prefix}{word}({', '.join(self._show(o, 0) for o in operands)})", ATOM
