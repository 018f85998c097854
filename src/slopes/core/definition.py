"""The base of every definition."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from inspect import get_annotations
from numbers import Real
from typing import Any, ClassVar, Self, dataclass_transform

from slopes.core.facts import ArrayFacts, Facts, Paper, RowFacts
from slopes.core.op import Kernel, Op
from slopes.core.parameters import Bounds, parameter
from slopes.core.register import register


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(parameter,))
class Definition(ABC):
    """A function as mathematics: formula, derivatives, facts and sources; parameters are dataclass fields."""

    name: ClassVar[str]  #: the file's name
    kind: ClassVar[str]  #: the kind's name, such as "activation" or "residual_loss"
    formula: ClassVar[str]  #: as a textbook writes it; the laws execute it at 50 digits
    papers: ClassVar[tuple[Paper, ...]]
    aliases: ClassVar[tuple[str, ...]] = ()
    elsewhere: ClassVar[Mapping[str, str]] = {}  #: library -> its name for this function
    kinks: ClassVar[str] = ""  #: the choices at kinks, in words

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # One without parameters of its own has the methods of its base; making them anew takes import time.
        if Definition in cls.__bases__ or get_annotations(cls):
            dataclass(frozen=True, kw_only=True)(cls)
        if "formula" in cls.__dict__:
            cls.name = cls.__dict__.get("name") or cls.__module__.rpartition(".")[2]
            register(cls)

    def __post_init__(self) -> None:
        for name, bounds in self.bounds().items():
            value = getattr(self, name)
            if bounds.many and isinstance(value, list):  # as JSON has tuples
                object.__setattr__(self, name, value := tuple(value))
            if bounds.learnable and not isinstance(value, Real) and hasattr(value, "dtype"):
                continue  # an array, which training may move anywhere
            if not bounds.admits(value):
                raise ValueError(f"{self.name}: {name} must be {bounds.allowed()}, got {value!r}")

    @property
    @abstractmethod
    def facts(self) -> Facts | RowFacts | ArrayFacts:
        """What is claimed of this function at these parameters."""

    @classmethod
    @cache
    def bounds(cls) -> dict[str, Bounds]:
        """The parameters, each with its bounds."""
        return {field.name: field.metadata["bounds"] for field in fields(cls)}  # type: ignore[arg-type]

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters with their present values."""
        return {name: getattr(self, name) for name in self.bounds()}

    @classmethod
    @cache
    def learnable(cls) -> tuple[str, ...]:
        """The names of the parameters that may be learned."""
        return tuple(name for name, bounds in cls.bounds().items() if bounds.learnable)

    def at(self, names: tuple[str, ...], values: tuple[Any, ...]) -> Self:
        """Return the same function with the named parameters at the given values."""
        if not names:
            return self
        return type(self)(**{**self.parameters, **dict(zip(names, values, strict=True))})

    def kernel(self, method: str, learn: tuple[str, ...] = ()) -> Kernel | None:
        """Which kernel computes a method; None where a parameter is an array."""
        values = tuple(self.parameters.values())
        numbers = not learn and all(isinstance(value, Real) for value in values)
        return Kernel(self.name, method, values) if numbers else None

    @abstractmethod
    def op(self, learn: tuple[str, ...] = ()) -> Op:
        """The value with its derivatives, over the arguments of this kind and then the learned parameters."""
