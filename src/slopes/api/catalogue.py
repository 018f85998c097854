"""The public functions, one for each definition of the register."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from slopes import activations as _activations  # noqa: F401 - importing registers the definitions
from slopes import losses as _losses  # noqa: F401
from slopes.api.activation import ActivationFunction
from slopes.api.array_loss import ArrayLossFunction, arguments_of
from slopes.api.document import document
from slopes.api.function import Function
from slopes.api.loss import PointwiseLossFunction
from slopes.api.row import RowFunction
from slopes.api.row_loss import RowLossFunction
from slopes.core import (
    Activation,
    ArrayLoss,
    Definition,
    MarginLoss,
    PointwiseLoss,
    ResidualLoss,
    RowActivation,
    RowLoss,
    UnknownName,
    canonical,
    definitions,
)

KINDS: tuple[tuple[type[Definition], type[Function]], ...] = (
    (Activation, ActivationFunction),
    (RowActivation, RowFunction),
    (ResidualLoss, PointwiseLossFunction),
    (MarginLoss, PointwiseLossFunction),
    (PointwiseLoss, PointwiseLossFunction),
    (RowLoss, RowLossFunction),
    (ArrayLoss, ArrayLossFunction),
)


def public_class(definition: type[Definition]) -> type[Function]:
    """Return the class of configured functions, such as `slopes.Huber`, for a definition."""
    # Not issubclass: of an abstract class that asks all its subclasses, here a sixth of the import's time.
    base = next(function for kind, function in KINDS if kind in definition.__mro__)
    namespace: dict[str, Any] = {
        "definition_class": definition,
        "__doc__": document(definition),
        "__module__": "slopes",
    }
    if base is ArrayLossFunction:
        namespace["arguments"] = arguments_of(cast(type[ArrayLoss], definition))
    return type(definition.__name__, (base,), namespace)


class Register(Mapping[str, Function]):
    """Functions by name; aliases are found too, but not listed."""

    def __init__(self, functions: Mapping[str, Function]) -> None:
        self._functions = dict(functions)

    def __getitem__(self, name: str) -> Function:
        key = canonical(name)
        if key not in self._functions:
            raise UnknownName(f"{name!r} is a function, but not one of these: {', '.join(self)}")
        return self._functions[key]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._functions))

    def __len__(self) -> int:
        return len(self._functions)

    def __repr__(self) -> str:
        return f"<{len(self)} functions: {', '.join(self)}>"


classes: dict[str, type[Function]] = {
    name: public_class(definition) for name, definition in sorted(definitions.items())
}
functions: dict[str, Function] = {name: cls() for name, cls in classes.items()}
by_class_name: dict[str, type[Function]] = {cls.__name__: cls for cls in classes.values()}


def _of(package: str) -> Register:
    return Register(
        {n: f for n, f in functions.items() if definitions[n].__module__.split(".")[1] == package}
    )


activations = _of("activations")
losses = _of("losses")


def get(name: str, **parameters: Any) -> Function:
    """Return the function with this name or alias, at the given parameters.

    Raises
    ------
    UnknownName
        With near matches, if the register does not hold the name.

    Examples
    --------
    >>> import slopes
    >>> slopes.get("swish", beta=2.0)
    SiLU(beta=2.0)
    """
    key = canonical(name)
    return classes[key](**parameters) if parameters else functions[key]
