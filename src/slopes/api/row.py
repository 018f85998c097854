"""Row activations as users call them."""

from collections.abc import Callable
from functools import cached_property
from inspect import Parameter
from typing import Any

from slopes.api.arrays import axis_of, condition, floating, same_framework, shape_of
from slopes.api.function import Function
from slopes.backends import Backend, backend_of
from slopes.backends.kernels import row_shortcut
from slopes.core import Op, RowActivation

EMPTY = Parameter.empty


class RowFunction(Function):
    """A function of the rows of its input along an axis."""

    arguments = (("x", EMPTY), ("axis", -1), ("where", None), ("out", None))
    definition: RowActivation

    def __call__(
        self, x: Any, *, axis: int = -1, where: Any = None, out: Any = None, **parameters: Any
    ) -> Any:
        """Return the value."""
        if where is None and not parameters and type(axis) is int and axis == -1:
            result = self._shortcut(x, out)
            if result is not None:
                return result
        rows = _Rows(self._at(parameters), x, axis, where)
        result = rows.evaluate(rows.op, (), rows.result_width, out)
        return rows.finished(rows.masked(result, rows.definition.masked), out)

    def vjp(
        self, x: Any, cotangent: Any, *, axis: int = -1, where: Any = None, out: Any = None, **parameters: Any
    ) -> Any:
        """Return J^T cotangent, J the Jacobian of each row; the cotangent has the shape of the result."""
        rows = _Rows(self._at(parameters), x, axis, where)
        c = rows.argument("cotangent", cotangent, rows.result_shape)
        result = rows.evaluate(rows.op.pullbacks[0], (rows.masked(c, 0.0),), rows.width, out)
        return rows.finished(rows.masked(result, 0.0), out)

    def jvp(
        self, x: Any, tangent: Any, *, axis: int = -1, where: Any = None, out: Any = None, **parameters: Any
    ) -> Any:
        """Return J tangent; the tangent has the shape of the input."""
        rows = _Rows(self._at(parameters), x, axis, where)
        t = rows.argument("tangent", tangent, rows.shape)
        result = rows.evaluate(rows.definition.jvp_op(), (rows.masked(t, 0.0),), rows.result_width, out)
        return rows.finished(rows.masked(result, 0.0), out)

    def hvp(
        self,
        x: Any,
        cotangent: Any,
        tangent: Any,
        *,
        axis: int = -1,
        where: Any = None,
        out: Any = None,
        **parameters: Any,
    ) -> Any:
        """Return the derivative of `vjp(x, cotangent)` along the tangent."""
        rows = _Rows(self._at(parameters), x, axis, where)
        c = rows.masked(rows.argument("cotangent", cotangent, rows.result_shape), 0.0)
        t = rows.masked(rows.argument("tangent", tangent, rows.shape), 0.0)
        result = rows.evaluate(Op(rows.definition.hvp), (c, t), rows.width, out)
        return rows.finished(rows.masked(result, 0.0), out)

    @cached_property
    def _shortcut(self) -> Callable[[Any, Any], Any]:
        """The shortest way to the value along the last axis."""
        return row_shortcut(self.definition.op())


class _Rows:
    """One call: the input with its rows on the last axis, and the way back."""

    def __init__(self, definition: RowActivation, x: Any, axis: int, where: Any) -> None:
        self.definition, self.name, self.x = definition, definition.name, x
        self.backend: Backend = backend_of(x)
        self.array = floating(self.backend, "x", x)
        self.shape = shape_of(self.array)
        if not self.shape:
            raise ValueError(f"{self.name}: the input has no axis; a row function needs at least one")
        self.axis = axis_of(self.name, axis, len(self.shape))
        length = self.shape[self.axis]
        self.width = definition.width() or length
        unit = definition.width() or definition.multiple
        if length < 1 or length % unit:
            wanted = f"a multiple of {unit}" if unit > 1 or definition.width() else "at least 1"
            raise ValueError(f"{self.name}: axis {axis} has {length} entries; it must have {wanted}")
        self.result_width = definition.result_width(self.width)
        made = length // self.width * self.result_width
        self.result_shape = (*self.shape[: self.axis], made, *self.shape[self.axis + 1 :])
        self.op = definition.op()
        rows = self.as_rows(self.array, self.width)
        self.keep = None
        if where is not None:
            keep = condition(self.backend, self.name, where, self.shape, ("x", self.array))
            self.keep = self.as_rows(keep, self.width)
            rows = self.backend.where(self.keep, rows, definition.absent)
        self.rows = rows
        self.placed: Any = None  # the rows of `out`, if results are written there at once

    def as_rows(self, array: Any, width: int) -> Any:
        moved = self.backend.moveaxis(array, self.axis, -1)
        *others, length = shape_of(moved)
        return self.backend.reshape(moved, (*others, length // width, width))

    def argument(self, what: str, x: Any, shape: tuple[int, ...]) -> Any:
        array = same_framework(self.backend, what, x, "x", self.array)
        array = self.backend.cast(floating(self.backend, what, array), self.array)
        if shape_of(array) != shape:
            raise ValueError(f"{self.name}: {what} has shape {shape_of(array)}; it must have shape {shape}")
        return self.as_rows(array, self.width if shape == self.shape else self.result_width)

    def evaluate(self, op: Op, others: tuple[Any, ...], width: int, out: Any) -> Any:
        if out is not None:
            whole = self.shape if width == self.width else self.result_shape
            self.backend.check_out(out, self.array, whole)
            last = self.axis == len(self.shape) - 1
            if last and self.keep is None and out.flags.c_contiguous:
                self.placed = self.as_rows(out, width)
        return self.backend.rows((op,), (self.rows, *others), (width,), outs=(self.placed,))[0]

    def masked(self, rows: Any, fill: float) -> Any:
        if self.keep is None:
            return rows
        keep = self.keep
        if rows.shape[-1] != keep.shape[-1]:
            keep = self.definition.kept(self.backend.words, keep)
        return self.backend.where(keep, rows, fill)

    def finished(self, rows: Any, out: Any) -> Any:
        if self.placed is not None and rows is self.placed:
            return out
        *others, count, length = shape_of(rows)
        flat = self.backend.reshape(rows, (*others, count * length))
        result = self.backend.moveaxis(flat, -1, self.axis)
        if out is not None:
            out[...] = result
            return out
        return self.backend.like(self.x, result)
