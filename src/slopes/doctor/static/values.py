"""What the reader knows of a value: constants, layers, tensors, losses, and that it knows nothing."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from slopes.doctor.scene import Place, Step

Value = Any  #: one of the classes below, or UNKNOWN


class Unknown:
    """A value of which nothing is known."""


UNKNOWN = Unknown()


@dataclass(frozen=True)
class Const:
    """A number, a text, True, False or None."""

    value: object


@dataclass(frozen=True)
class Name:
    """Something of a library, by its full dotted name."""

    dotted: str

    @property
    def last(self) -> str:
        """The name without its modules."""
        return self.dotted.rpartition(".")[2]


@dataclass(frozen=True)
class Layer:
    """A layer or an activation function: the steps that it adds, the first one first."""

    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Tensor:
    """A tensor and what made it, the last operation first; the path ends where knowledge ends."""

    path: tuple[Step, ...] = ()

    def through(self, layer: Layer) -> "Tensor":
        """Return what comes out of a layer."""
        path = self.path
        for step in layer.steps:
            if path and step.op not in RESHAPING:
                step = step._replace(size=path[0].size)
            path = (step, *path)
        return Tensor(path)


#: steps whose result has a number of units that does not follow from their input's
RESHAPING = frozenset({"view", "unknown", "convolution", "linear", "product"})


@dataclass
class Sequential:
    """A list of layers that may still grow."""

    layer_list: list[Value]
    depth: int = 0  #: how many conditions hold where it was made

    def layer(self) -> Layer:
        """Return the whole as one layer."""
        return Layer(tuple(step for each in self.layer_list for step in as_layer(each).steps))

    @property
    def items(self) -> list[Value]:
        """The layers, as a list has them."""
        return self.layer_list


@dataclass(frozen=True)
class Model:
    """A functional model, by its outputs."""

    output: Value


@dataclass
class Many:
    """A tuple or a list that may still grow."""

    items: list[Value]
    depth: int = 0  #: how many conditions hold where it was made


@dataclass(frozen=True)
class Pairs:
    """A dictionary with texts as keys."""

    items: dict[str, Value]


@dataclass(frozen=True, kw_only=True)
class Loss:
    """A loss, and in which order it takes its arguments."""

    name: str
    place: Place
    order: Literal["prediction first", "target first"]
    sparse: bool = False  #: whether its targets are indices of classes
    of_keras: bool = False

    def meet(self, args: Sequence[Value], kwargs: Mapping[str, Value], place: Place) -> "list[Pairing]":
        """Return the pairing that a call makes, if something is known of the prediction."""
        at = 0 if self.order == "prediction first" else 1
        names = ("input", "y_pred", "logits", "output", "prediction", "predictions")
        given = next((kwargs[name] for name in names if name in kwargs), None)
        prediction = given if given is not None else args[at] if len(args) > at else UNKNOWN
        path = path_of(prediction)
        return [Pairing(self, path, place)] if path else []


@dataclass(frozen=True)
class Function:
    """A function or method of the program."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    scope: dict[str, Value]
    owner: "Class | None" = None
    bound: "Instance | None" = None


@dataclass(eq=False)
class Class:
    """A class of the program."""

    node: ast.ClassDef
    scope: dict[str, Value]
    bases: list[Value]
    methods: dict[str, Function] = field(default_factory=dict)

    def method(self, name: str) -> Function | None:
        """Return a method, of this class or of those of its bases that the program defines."""
        if name in self.methods:
            return self.methods[name]
        for base in self.bases:
            found = base.method(name) if isinstance(base, Class) else None
            if found is not None:
                return found
        return None


@dataclass(eq=False)
class Instance:
    """An object of a class of the program."""

    made_of: Class
    attributes: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Pairing:
    """A loss that meets a prediction, or targets."""

    loss: Loss
    path: tuple[Step, ...]
    place: Place  #: where they meet
    metrics: tuple[str, ...] = ()
    targets: tuple[Step, ...] = ()  #: how they came about, where only that is known


def as_layer(value: Value) -> Layer:
    """Return what a value adds to a path when it is used as a layer."""
    if isinstance(value, Layer):
        return value
    if isinstance(value, Sequential):
        return value.layer()
    if isinstance(value, Model) and isinstance(value.output, Tensor):
        return Layer(value.output.path[::-1])
    if isinstance(value, Many):
        return Layer(tuple(step for each in value.items for step in as_layer(each).steps))
    return Layer((Step("unknown", NOWHERE),))


NOWHERE = Place("", 0)


def path_of(value: Value) -> tuple[Step, ...]:
    """Return what is known of how a value was made; nothing for all that are no tensors."""
    return value.path if isinstance(value, Tensor) else ()


def constant(value: Value) -> Any:
    """Return the constant that a value is, or None."""
    return value.value if isinstance(value, Const) else None


def whole(value: Value) -> int | None:
    """Return the whole number that a value is, or None."""
    number = constant(value)
    return number if isinstance(number, int) and not isinstance(number, bool) else None
