"""Losses of several arrays: a definition states its value; its gradients follow by reverse mode."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from slopes.core.adjoint import record
from slopes.core.definition import Definition
from slopes.core.facts import ArrayFacts
from slopes.core.op import Op


class Array(NamedTuple):
    """An argument of a loss of several arrays.

    `shape` names the last axes as the body sees them: letters stand for lengths that agree between
    arguments, numbers for themselves, and a 1 for an axis that users do not write.
    """

    shape: str
    doc: str
    domain: str = "real"  #: what its entries may be, one of `DOMAINS`
    learned: bool = True  #: whether models learn it, so that a gradient in it is given
    neutral: float | None = None  #: an entry that counts nowhere, where single entries can be masked

    @property
    def axes(self) -> tuple[str, ...]:
        return tuple(self.shape.split())


DOMAINS: dict[str, str] = {
    "real": "real numbers",
    "probability": "in [0, 1]",
    "binary": "0 or 1",
    "sign": "-1 or 1",
    "positive": "above 0",
    "log1p": "above -1",
    "label": "integers",
    "class": "class indices",
    "box": "",
}


@dataclass(frozen=True, kw_only=True)
class Reverse(Op):
    """A body that is differentiated by reverse mode in its `learned` arguments."""

    learned: tuple[int, ...]

    def with_gradient(self, m: Any, *given: Any) -> tuple[Any, ...]:
        """The body over (*arguments, cotangent) of the value and the learned arguments' cotangents."""
        value, pull = record(m, self.body, given[:-1], self.learned)
        return value, *pull(given[-1])


class ArrayLoss(Definition):
    """A loss of several arrays: of rows, sets, boxes or a whole batch.

    `value` maps arrays of the shapes that `arrays` names to one of the shape `result`; reductions keep
    their axis. `axes` says how the letters come from the axes that users have:

    - "row": the one letter is the axis that a call names, by default the last;
    - "set": it is the axes that a call names, by default all of them;
    - "classes": `c` is the axis that a call names, `n` are all others;
    - "last": the letters are the last axes.
    """

    kind = "array_loss"
    arrays: ClassVar[Mapping[str, Array]]
    result: ClassVar[str] = "1"
    axes: ClassVar[str] = "row"
    takes: ClassVar[str] = "real"
    value: ClassVar[Callable[..., Any]]  #: value(m, *arrays), m with the words of `ArrayMath`

    @property
    @abstractmethod
    def facts(self) -> ArrayFacts: ...

    @classmethod
    def learned(cls) -> tuple[str, ...]:
        """The names of the arrays in which gradients are given."""
        return tuple(name for name, array in cls.arrays.items() if array.learned)

    @classmethod
    def masks(cls) -> str:
        """What `where` masks: "elements" of sets, whole "results", or "" where neither makes sense."""
        if any(array.neutral is not None for array in cls.arrays.values()):
            return "elements"
        return "results" if set(cls.result.split()) <= {"1"} and cls.axes != "classes" else ""

    def op(self, learn: tuple[str, ...] = ()) -> Reverse:
        del learn
        learned = tuple(i for i, array in enumerate(self.arrays.values()) if array.learned)
        return Reverse(self.value, learned=learned)
