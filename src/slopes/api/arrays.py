"""What goes into a function: checked before anything is computed, each mistake with one clear error."""

from collections.abc import Callable, Sequence
from math import inf, isfinite
from numbers import Integral
from typing import Any

from slopes.backends import Backend, backend_of

REDUCTIONS = ("mean", "sum", "none")


def shape_of(x: Any) -> tuple[int, ...]:
    """Return the shape of an array as a plain tuple."""
    shape = tuple(x.shape)
    return backend_of(x).shape(x) if None in shape else shape


def floating(backend: Backend, name: str, x: Any) -> Any:
    """Return x as an array of floats; integers and booleans become the framework's default float."""
    array = backend.array(float(x) if isinstance(x, int) else x)
    if backend.computes(array):
        return array
    if backend.is_integer(array) or backend.is_boolean(array):
        return backend.to_default(array)
    raise TypeError(
        f"{name} has dtype {backend.dtype_name(array)}; allowed are {', '.join(backend.floats)} and integers"
    )


def same_framework(backend: Backend, name: str, x: Any, of: str, like: Any) -> Any:
    """Return x as an array of the framework that the first argument belongs to; numbers become scalars."""
    if isinstance(x, bool | int | float):
        return backend.array(x, like)
    if (own := backend_of(x)) is not backend and own.name not in getattr(backend, "also", ()):
        raise TypeError(
            f"{of} is an array of {backend.name}, {name} is {type(x).__module__}."
            f"{type(x).__qualname__}; they must be of one framework"
        )
    return backend.array(x)


def first_and_others(first: tuple[str, Any], others: Sequence[tuple[str, Any]]) -> tuple[Any, ...]:
    """Return a loss's backend, its first argument as floats, and the others as arrays of its framework."""
    name, x = first
    backend = backend_of(x)
    array = backend.of_loss(floating(backend, name, x))
    return backend, array, *(same_framework(backend, n, o, name, array) for n, o in others)


def equal_shapes(name: str, a: tuple[str, Any], b: tuple[str, Any]) -> None:
    """Raise unless two arrays have one shape; nothing is ever broadcast."""
    (a_name, a_array), (b_name, b_array) = a, b
    if shape_of(a_array) != shape_of(b_array):
        raise ValueError(
            f"{name}: {a_name} has shape {shape_of(a_array)} and {b_name} has shape "
            f"{shape_of(b_array)}; they must be equal"
        )


def fits(name: str, what: str, array: Any, shape: tuple[int, ...]) -> None:
    """Raise unless an array is a scalar, or has as many axes as `shape`, each equal or of length 1."""
    own = shape_of(array)
    equal = len(own) == len(shape) and all(a in (1, b) for a, b in zip(own, shape, strict=True))
    if own and not equal:
        raise ValueError(
            f"{name}: {what} has shape {own}; it must be a scalar or have shape {shape}, "
            "where any axis may be 1"
        )


def guarded(backend: Backend, check: Callable[..., None], *arrays: Any) -> tuple[Any, ...]:
    """Return arrays whose values a check has seen: now, or where a graph is built, when they are computed."""
    if not backend.concrete(arrays[0]) and hasattr(backend, "later"):
        return backend.later(check, *arrays)  # type: ignore[no-any-return]
    check(backend, *arrays)
    return arrays


def weights(backend: Backend, name: str, what: str, x: Any, like: Any) -> Any:
    """Return weights as floats; they must be finite and not negative."""
    array = same_framework(backend, what, x, "prediction", like)
    array = backend.cast(floating(backend, what, array), like)

    def check(backend: Backend, array: Any) -> None:
        if backend.concrete(array) and backend.any(~((array >= 0) & (array < float("inf")))):
            raise ValueError(f"{name}: {what} must be finite and at least 0")

    return guarded(backend, check, array)[0]


def condition(backend: Backend, name: str, x: Any, shape: tuple[int, ...], of: tuple[str, Any]) -> Any:
    """Return the mask `where` at full shape."""
    array = same_framework(backend, "where", x, *of)
    if not backend.is_boolean(array):
        raise TypeError(f"{name}: where has dtype {backend.dtype_name(array)}; it must be boolean")
    fits(name, "where", array, shape)
    return backend.broadcast_to(array, shape)


def within(
    backend: Backend,
    name: str,
    what: str,
    array: Any,
    bounds: tuple[float, float],
    keep: Any,
    strict: bool = False,
) -> None:
    """Raise unless all kept values lie within bounds; a NaN passes through to the result.

    Finite bounds belong to the allowed values, unless `strict`; a missing bound allows infinity.
    """
    low, high = bounds
    if bounds == (-inf, inf) or not backend.concrete(array):
        return
    outside = (array < low) | (array > high)
    if strict:
        for bound in filter(isfinite, bounds):
            outside = outside | (array == bound)
    outside = outside if keep is None else outside & keep
    if backend.any(outside):
        found = backend.first(array, outside)
        raise ValueError(f"{name}: {what} must {_allowed(low, high, strict)}, got {found!r}")


def _allowed(low: float, high: float, strict: bool) -> str:
    """What values within bounds do, in words."""
    if isfinite(low) and isfinite(high):
        return f"lie between {low:g} and {high:g}"
    if isfinite(low):
        return f"be {'above' if strict else 'at least'} {low:g}"
    return f"be {'below' if strict else 'at most'} {high:g}"


def class_indices(backend: Backend, name: str, target: Any) -> Any:
    """Return class indices as 64-bit integers."""
    if not backend.is_integer(target):
        raise TypeError(f"{name}: class indices must be integers, got {backend.dtype_name(target)}")
    return backend.to_index(target)


def not_ignored(backend: Backend, name: str, index: Any, ignore_index: Any) -> Any:
    """Return where an index is not the ignored one; None where none is ignored."""
    if ignore_index is None:
        return None
    if isinstance(ignore_index, bool) or not isinstance(ignore_index, Integral):
        raise TypeError(f"{name}: ignore_index must be an integer, got {ignore_index!r}")
    return backend.array(index != ignore_index)


def known_classes(backend: Backend, name: str, index: Any, classes: int, keep: Any) -> None:
    """Raise unless all kept class indices are below the number of classes."""
    if not backend.concrete(index):
        return
    outside = (index < 0) | (index >= classes)
    outside = outside if keep is None else outside & keep
    if backend.any(outside):
        found = backend.first(index, outside)
        raise ValueError(f"{name}: class indices must lie between 0 and {classes - 1}, got {found}")


def one_reduction(name: str, reduction: str) -> None:
    """Raise unless the reduction is a known one."""
    if reduction not in REDUCTIONS:
        raise ValueError(
            f"{name}: reduction must be one of {', '.join(map(repr, REDUCTIONS))}, got {reduction!r}"
        )


def divisor_of_mean(backend: Backend, name: str, total: Any) -> Any:
    """Return the divisor of a mean, which must not be zero."""

    def check(backend: Backend, total: Any) -> None:
        known = isinstance(total, int) or backend.concrete(total)
        if known and not bool(total > 0):
            raise ValueError(
                f"{name}: a mean over nothing; every entry is masked, ignored or of weight 0, "
                "or there is none. Use reduction='sum'"
            )

    return guarded(backend, check, total)[0]


def axis_of(name: str, axis: int, ndim: int) -> int:
    """Return the axis counted from the front."""
    if isinstance(axis, bool) or not hasattr(axis, "__index__"):
        raise TypeError(f"{name}: axis must be an integer, got {axis!r}")
    if not -ndim <= axis < ndim:
        raise ValueError(f"{name}: axis {axis} is out of range for an input with {ndim} axes")
    return int(axis) % ndim
