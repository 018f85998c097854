"""What all public functions share: a definition, its parameters, and what is known about it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from difflib import get_close_matches
from inspect import Parameter, Signature, isfunction
from numbers import Real
from types import FunctionType
from typing import Any, ClassVar

from slopes.api.arrays import floating, same_framework, shape_of
from slopes.backends import Backend
from slopes.core import ArrayFacts, Definition, Facts, Paper, RowFacts


class _Signature:
    """The signature of a call, with its parameters; on a class, that of making a configured function."""

    def __get__(self, function: "Function | None", owner: "type[Function]") -> Signature:
        defaults = (function or owner()).parameters
        keywords = [Parameter(n, Parameter.KEYWORD_ONLY, default=d) for n, d in defaults.items()]
        if function is None:
            return Signature(keywords)
        empty = Parameter.empty
        free = [Parameter(n, Parameter.POSITIONAL_OR_KEYWORD) for n, d in function.arguments if d is empty]
        options = [
            Parameter(n, Parameter.KEYWORD_ONLY, default=d) for n, d in function.arguments if d is not empty
        ]
        return Signature([*free, *keywords, *options])


def as_it_is(function: Any) -> Any:
    """Mark a function that TensorFlow's AutoGraph need not and shall not rewrite: it looks for this."""
    function.autograph_info__ = {}
    return function


def _as_one(self: Any, *arguments: Any, **options: Any) -> Any:
    from slopes.api.in_graph import call  # imports torch, which is there if anything traces

    return call(self.name, self.given, "METHOD", arguments, options)


def one_in_graphs(method: Any) -> None:
    """Have torch.compile take a method as one operation, not trace what it does with shapes and options.

    Its tracer follows this attribute of a function, so that nothing is paid for it elsewhere. It looks for
    what a closure holds in the method itself, hence the name is a constant of the code.
    """
    code = _as_one.__code__
    constants = tuple(method.__name__ if c == "METHOD" else c for c in code.co_consts)
    method._torchdynamo_inline = FunctionType(code.replace(co_consts=constants), globals())


class Function(ABC):
    """A definition as users call it. The name of a parameter may be given to any call, by keyword."""

    autograph_info__: ClassVar[Mapping[str, Any]] = {}

    definition_class: ClassVar[type[Definition]]
    arguments: ClassVar[tuple[tuple[str, Any], ...]] = ()  #: of a call, with defaults, for the signature

    def __init__(self, **parameters: Any) -> None:
        self._check_names(parameters)
        self.given = parameters  #: the parameters that are not left at their defaults
        self.definition: Definition = self.definition_class(**parameters)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, method in vars(cls).items():
            if not isfunction(method):
                continue
            as_it_is(method)
            if name == "__call__" or not name.startswith("_"):
                one_in_graphs(method)

    @property
    def name(self) -> str:
        """The name in the register."""
        return self.definition.name

    @property
    def kind(self) -> str:
        """The kind: "activation", "row_activation", "residual_loss", "margin_loss" and so on."""
        return self.definition.kind

    @property
    def formula(self) -> str:
        """The textbook formula."""
        return self.definition.formula

    @property
    def facts(self) -> Facts | RowFacts | ArrayFacts:
        """Range, limits, kinks and the like, each measured by a test."""
        return self.definition.facts

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names under which `slopes.get` finds it."""
        return self.definition.aliases

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Where it comes from."""
        return self.definition.papers

    @property
    def elsewhere(self) -> Mapping[str, str]:
        """Its name in other libraries."""
        return self.definition.elsewhere

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters with their present values."""
        return self.definition.parameters

    @property
    def learnable(self) -> tuple[str, ...]:
        """The parameters that may be an array, and through which gradients flow."""
        return self.definition.learnable()

    __signature__ = _Signature()

    @abstractmethod
    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Return the value."""

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.parameters.items())
        return f"{type(self).__name__}({shown})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Function) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[Any, ...]:
        """Name and parameters; a parameter that is an array is equal to itself only."""
        values = self.parameters.values()
        return self.name, *(v if isinstance(v, Real | tuple) else id(v) for v in values)

    def __reduce__(self) -> tuple[Any, ...]:
        return _configured, (type(self), self.parameters)

    def _check_names(self, parameters: Mapping[str, Any]) -> None:
        allowed = self.definition_class.bounds()
        for name in parameters:
            if name not in allowed:
                known = [*allowed, *(argument for argument, _ in self.arguments)]
                near = get_close_matches(name, known, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                raise TypeError(
                    f"{self.definition_class.name} has no parameter {name!r}; "
                    f"it takes {', '.join(known)}{hint}"
                )

    def _at(self, parameters: Mapping[str, Any]) -> Any:
        """Return the definition at the given parameters."""
        if not parameters:
            return self.definition
        self._check_names(parameters)
        return type(self.definition)(**{**self.parameters, **parameters})

    def _learned(self, definition: Definition, backend: Backend, x: Any) -> dict[str, Any]:
        """Return the learnable parameters that are arrays; they must broadcast to the input."""
        if not self.learnable:
            return {}
        learned = {
            name: getattr(definition, name)
            for name in self.learnable
            if not isinstance(getattr(definition, name), Real)
        }
        for name, value in learned.items():
            array = floating(backend, name, same_framework(backend, name, value, "x", x))
            own, shape = shape_of(array), shape_of(x)
            tail = shape[len(shape) - len(own) :]
            if len(own) > len(shape) or any(a not in (1, b) for a, b in zip(own, tail, strict=True)):
                raise ValueError(
                    f"{self.name}: {name} has shape {own}, which does not broadcast to the input's {shape}"
                )
            learned[name] = backend.cast(array, x)
        return learned


def _configured(cls: type[Function], parameters: Mapping[str, Any]) -> Function:
    """Make a function from what a pickle holds."""
    return cls(**parameters)
