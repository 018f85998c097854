"""Losses of several arrays as users call them."""

from inspect import Parameter
from typing import Any

from slopes.api.arrays import (
    class_indices,
    condition,
    first_and_others,
    fits,
    floating,
    known_classes,
    one_reduction,
    shape_of,
    weights,
)
from slopes.api.layout import Layout
from slopes.api.loss import Loss, mean_divisor
from slopes.backends import Backend
from slopes.core import Array, ArrayLoss
from slopes.core.arrays import DOMAINS

EMPTY = Parameter.empty
INDICES = ("label", "class")
SAFE = {
    "probability": 0.5,
    "binary": 0.0,
    "sign": 1.0,
    "positive": 1.0,
    "label": 0,
    "class": 0,
}  #: what masks put in


def arguments_of(definition: type[ArrayLoss]) -> tuple[tuple[str, Any], ...]:
    """Return the arguments of a call, with their defaults, parameters aside."""
    options: list[tuple[str, Any]] = [(name, EMPTY) for name in definition.arrays]
    if definition.axes != "last":
        options.append(("axis", None if definition.axes == "set" else -1))
    options.append(("weight", None))
    if definition.masks():
        options.append(("where", None))
    return *options, ("reduction", "mean")


class ArrayLossFunction(Loss):
    """A loss of several arrays, with its gradient in each of those that models learn."""

    definition: ArrayLoss

    def __call__(self, *arrays: Any, reduction: str = "mean", **options: Any) -> Any:
        """Return the value, reduced as asked."""
        one_reduction(self.name, reduction)
        call = self._call(arrays, options)
        divisor = call.divisor() if reduction == "mean" else None
        return call.reduced(call.backend.reverse(call.op, call.arrays), reduction, divisor)

    def gradient(self, *arrays: Any, reduction: str = "mean", **options: Any) -> Any:
        """Return the gradient of the reduced loss: one array, or one for each array that models learn."""
        return self.value_and_gradient(*arrays, reduction=reduction, **options)[1]

    def value_and_gradient(self, *arrays: Any, reduction: str = "mean", **options: Any) -> tuple[Any, Any]:
        """Return the reduced loss and its gradient, in one pass."""
        one_reduction(self.name, reduction)
        call = self._call(arrays, options)
        divisor = call.divisor() if reduction == "mean" else None
        values, gradients = call.backend.reverse_with_gradients(
            call.op, call.arrays, call.cotangent(), divisor
        )
        found = call.restored(gradients)
        return call.reduced(values, reduction, divisor), found[0] if len(found) == 1 else found

    @property
    def learned(self) -> tuple[str, ...]:
        """The arrays in which gradients are given."""
        return self.definition.learned()

    def _call(self, arrays: tuple[Any, ...], options: dict[str, Any]) -> "_Call":
        given = self._named(arrays, options)
        known = {name: options.pop(name, default) for name, default in self.arguments if name not in given}
        known.pop("reduction")
        return _Call(self._at(options), given, known)

    def _named(self, arrays: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
        """Return the arrays by name, whether given by position or by keyword."""
        names = tuple(self.definition.arrays)
        if len(arrays) > len(names):
            raise TypeError(f"{self.name} takes {len(names)} arrays ({', '.join(names)}), got {len(arrays)}")
        given = dict(zip(names, arrays, strict=False))
        for name in names:
            if name in options and name in given:
                raise TypeError(f"{self.name}: {name} is given twice")
            if name not in given and name not in options:
                raise TypeError(f"{self.name} takes {', '.join(names)}; {name} is missing")
            if name in options:
                given[name] = options.pop(name)
        return given


class _Call:
    """One checked call: the operation, its arrays as the body wants them, weight and mask."""

    def __init__(self, definition: ArrayLoss, given: dict[str, Any], options: dict[str, Any]) -> None:
        self.definition, self.name = definition, definition.name
        self.given = next(iter(given.values()))
        head, *rest = given.items()
        backend, first, *others = first_and_others(head, rest)
        self.backend: Backend = backend
        self.first = first
        self.layout = Layout.of(definition, options.get("axis"), shape_of(first))
        self._check_numbers()
        specs = definition.arrays
        users = {
            label: self._typed(label, spec, x)
            for (label, spec), x in zip(specs.items(), (first, *others), strict=True)
        }
        self._check_shapes(users)
        self.classes = next(
            (
                shape_of(x)[self.layout.place(spec, "c")]
                for spec, x in zip(specs.values(), users.values(), strict=True)
                if "c" in spec.axes
            ),
            0,
        )
        self.shape = self.layout.result(definition.result)
        where, weight = options.get("where"), options["weight"]
        self.keep = self.elements = None
        if where is not None:
            by_element = definition.masks() == "elements"
            shape = shape_of(first) if by_element else self.shape
            mask = condition(backend, self.name, where, shape, (head[0], first))
            self.elements, self.keep = (mask, None) if by_element else (None, mask)
        self.users = {label: self._masked(label, specs[label], x) for label, x in users.items()}
        self.weight = None
        if weight is not None:
            w = weights(backend, self.name, "weight", weight, first)
            fits(self.name, "weight", w, self.shape)
            self.weight = backend.broadcast_to(w, self.shape)
        self.op = definition.op()
        self.arrays = tuple(self.layout.to_body(backend, specs[label], x) for label, x in self.users.items())

    def _typed(self, label: str, spec: Array, x: Any) -> Any:
        if spec.domain in INDICES:
            return class_indices(self.backend, self.name, x)
        return self.backend.cast(floating(self.backend, label, x), self.first)

    def _check_numbers(self) -> None:
        for axis, length in self.layout.sizes().items():
            if axis.isdigit() and length != int(axis):
                label = next(iter(self.definition.arrays))
                raise ValueError(
                    f"{self.name}: {label} has shape {self.layout.first}; "
                    f"axis {self.layout.axes[-1]} must have {axis} entries"
                )

    def _check_shapes(self, users: dict[str, Any]) -> None:
        head = next(iter(users))
        for label, x in users.items():
            own = shape_of(x)
            wanted = self.layout.expected(self.definition.arrays[label], own)
            if own != wanted:
                raise ValueError(
                    f"{self.name}: {head} has shape {self.layout.first} and {label} has shape {own}; "
                    f"{label} must have shape {wanted}"
                )

    def _masked(self, label: str, spec: Array, x: Any) -> Any:
        """Check the kept values of an array, and put others in place of the masked ones."""
        mask, safe = self.elements, spec.neutral
        if self.keep is not None:
            mask, safe = self.layout.beside(self.backend, self.keep, spec), SAFE.get(spec.domain, 0.0)
        elif mask is not None and shape_of(mask) != shape_of(x):
            mask = None
        self._check_values(label, spec.domain, x, mask)
        if spec.domain == "class":
            known_classes(self.backend, self.name, x, self.classes, mask)
        return x if mask is None or safe is None else self.backend.where(mask, x, safe)

    def _check_values(self, label: str, domain: str, x: Any, mask: Any) -> None:
        if domain in ("real", "box", *INDICES) or not self.backend.concrete(x):
            return
        wrong = {
            "probability": lambda: (x < 0) | (x > 1),
            "binary": lambda: (x != 0) & (x != 1) & (x == x),
            "sign": lambda: (x != 1) & (x != -1) & (x == x),
            "positive": lambda: x <= 0,
            "log1p": lambda: x <= -1,
        }[domain]()
        wrong = wrong if mask is None else wrong & mask
        if self.backend.any(wrong):
            found = self.backend.first(x, wrong)
            raise ValueError(f"{self.name}: {label} must be {DOMAINS[domain]}, got {found!r}")

    def divisor(self) -> Any:
        """The number of kept losses, or the sum of their weights."""
        return mean_divisor(self.backend, self.name, self.weight, self.keep, self.shape)

    def cotangent(self) -> Any:
        """The weight of every loss, 0 where it is masked; in the shape of the body's result."""
        backend = self.backend
        one = backend.cast(backend.array(1.0, self.first), self.first)
        factor = one if self.weight is None else self.weight
        factor = backend.broadcast_to(factor, self.shape)
        factor = factor if self.keep is None else backend.where(self.keep, factor, 0.0)
        return backend.reshape(factor, self._body_shape())

    def _body_shape(self) -> tuple[int, ...]:
        sizes = self.layout.sizes()
        core = (1 if axis == "1" else sizes[axis] for axis in self.definition.result.split())
        return *self.layout.loop, *core

    def reduced(self, values: Any, reduction: str, divisor: Any) -> Any:
        """Return the losses, weighted and masked, or their sum or mean."""
        backend = self.backend
        losses = backend.reshape(values, self.shape)
        losses = losses if self.weight is None else backend.widen(self.weight) * losses
        losses = losses if self.keep is None else backend.where(self.keep, losses, 0.0)
        if reduction == "none":
            result = backend.round_like(losses, self.first)
            return result if self.shape else result[()]
        result = backend.scalar(backend.divided(backend.sum(losses), divisor), self.first)
        return result.item() if type(self.given) in (float, int, bool) else result

    def restored(self, gradients: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return gradients in the shapes of the arrays that they belong to, 0 where masked."""
        found = []
        for label, gradient in zip(self.definition.learned(), gradients, strict=True):
            spec, x = self.definition.arrays[label], self.users[label]
            back = self.layout.from_body(self.backend, spec, gradient, shape_of(x))
            mask = self.elements if self.keep is None else self.layout.beside(self.backend, self.keep, spec)
            found.append(back if mask is None else self.backend.where(mask, back, 0.0))
        return tuple(found)
