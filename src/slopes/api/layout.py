"""Between the axes that users have and those that a loss of several arrays is written for."""

from dataclasses import dataclass
from math import prod
from typing import Any

from slopes.api.arrays import axis_of, shape_of
from slopes.backends import Backend
from slopes.core import Array, ArrayLoss

Shape = tuple[int, ...]


def _axes_of(name: str, axis: Any, ndim: int) -> tuple[int, ...]:
    """Return the axes of a set, counted from the front; None is all of them."""
    if axis is None:
        return tuple(range(ndim))
    given = axis if isinstance(axis, tuple | list) else (axis,)
    axes = tuple(axis_of(name, a, ndim) for a in given)
    if len(set(axes)) != len(axes) or not axes:
        raise ValueError(f"{name}: axis must name each axis once, got {axis!r}")
    return axes


@dataclass(frozen=True)
class Layout:
    """How the arrays of one call are laid out."""

    name: str
    axes: tuple[
        int, ...
    ]  #: of the first array, those that its letters run along, in the order of its letters
    first: Shape  #: the first array as the user has it
    spec: Array
    flat: bool  #: whether the first letter runs along all axes but the last of `axes`

    @classmethod
    def of(cls, definition: ArrayLoss, axis: Any, first: Shape) -> "Layout":
        """Return the layout of a call whose first array has this shape."""
        name, spec = definition.name, next(iter(definition.arrays.values()))
        letters = _written(spec)
        ndim = len(first)
        if ndim < len(letters):
            label = next(iter(definition.arrays))
            raise ValueError(f"{name}: {label} has shape {first}; it needs at least {len(letters)} axes")
        if definition.axes == "set":
            return cls(name, _axes_of(name, axis, ndim), first, spec, True)
        if definition.axes == "row":
            return cls(name, (axis_of(name, axis, ndim),), first, spec, False)
        if definition.axes == "classes":
            c = axis_of(name, axis, ndim)
            return cls(name, (*(i for i in range(ndim) if i != c), c), first, spec, True)
        return cls(name, tuple(range(ndim - len(letters), ndim)), first, spec, False)

    @property
    def loop(self) -> Shape:
        """The axes that are only carried along."""
        return tuple(n for i, n in enumerate(self.first) if i not in self.axes)

    def sizes(self) -> dict[str, int]:
        """The length of every letter of the first array."""
        letters, lengths = _written(self.spec), [self.first[i] for i in self.axes]
        if self.flat:
            kept = len(letters) - 1
            lengths = [prod(lengths[: len(lengths) - kept]), *lengths[len(lengths) - kept :]]
        return dict(zip(letters, lengths, strict=True))

    def expected(self, array: Array, own: Shape) -> Shape:
        """The shape that another array must have; letters that the first has not are its own."""
        letters = _written(array)
        if letters == _written(self.spec):
            return self.first
        if self.flat or len(self.axes) == 1:
            kept = self.axes[:-1] if self.flat and letters else ()
            return tuple(n for i, n in enumerate(self.first) if i in kept or i not in self.axes)
        known, missing = self.sizes(), len(letters) - len(own)
        tail = own[len(own) - len(letters) :] if missing < 0 else (*(1,) * missing, *own)
        return *self.loop, *(known.get(s, n) for s, n in zip(letters, tail, strict=True))

    def to_body(self, backend: Backend, array: Array, x: Any) -> Any:
        """Return an array as the body wants it."""
        shape, letters = shape_of(x), _written(array)
        moved = self.axes if letters == _written(self.spec) else ()
        if moved:
            x = backend.moveaxis(x, moved, _last(len(moved)))  # type: ignore[arg-type]
            sizes = self.sizes()
        else:
            sizes = dict(zip(letters, shape[len(shape) - len(letters) :], strict=True))
            if self.flat and letters:
                sizes = {letters[0]: prod(shape)}
        core = (1 if axis == "1" else sizes[axis] for axis in array.axes)
        return backend.reshape(x, (*self.loop, *core))

    def from_body(self, backend: Backend, array: Array, x: Any, shape: Shape) -> Any:
        """Return what `to_body` made, or its gradient, as the user has it."""
        if _written(array) != _written(self.spec):
            return backend.reshape(x, shape)
        lengths = (self.first[i] for i in self.axes)
        x = backend.reshape(x, (*self.loop, *lengths))
        return backend.moveaxis(x, _last(len(self.axes)), self.axes)  # type: ignore[arg-type]

    def result(self, spec: str) -> Shape:
        """The shape of the losses, as users get them."""
        sizes = self.sizes()
        return *self.loop, *(sizes[axis] for axis in spec.split() if axis != "1")

    def place(self, array: Array, letter: str) -> int:
        """The axis of an array that a letter stands for."""
        letters = _written(array)
        if letters == _written(self.spec):
            return self.axes[letters.index(letter) - len(letters)]
        return letters.index(letter) - len(letters)

    def beside(self, backend: Backend, mask: Any, array: Array) -> Any:
        """Return a mask of results so that it can stand beside an array that users have."""
        if _written(array) != _written(self.spec):
            return mask
        shape = tuple(1 if i in self.axes else n for i, n in enumerate(self.first))
        return backend.reshape(mask, shape)


def _written(array: Array) -> tuple[str, ...]:
    """The axes of an array that users write."""
    return tuple(axis for axis in array.axes if axis != "1")


def _last(count: int) -> tuple[int, ...]:
    return tuple(range(-count, 0))
