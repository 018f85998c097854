"""Activations as users call them."""

from collections.abc import Sequence
from functools import cached_property
from inspect import Parameter
from numbers import Real
from typing import Any

from slopes.api.arrays import equal_shapes, floating, same_framework, shape_of
from slopes.api.function import Function
from slopes.api.gain import gain
from slopes.backends import Backend, backend_of
from slopes.backends.calls import CurveCalls
from slopes.core import Activation, Op

EMPTY = Parameter.empty


def _chain(op: Op) -> tuple[Op, Op, Op]:
    """Value, first and second derivative."""
    first = op.partials[0]
    return op, first, first.partials[0]


class ActivationFunction(Function):
    """A curve applied to every element of its input."""

    arguments = (("x", EMPTY), ("out", None))
    definition: Activation

    @property
    def trains(self) -> bool:
        """Whether its parameters are meant to be trained with the network, as PReLU's slope is."""
        return self.definition.trains

    @property
    def gain(self) -> float:
        """The initialisation gain 1 / sqrt(E f(z)^2), z standard normal: a layer with it keeps its variance.

        Examples
        --------
        >>> import slopes
        >>> slopes.relu.gain
        1.41421356237...
        """
        for name, value in self.parameters.items():
            if not isinstance(value, Real):
                raise TypeError(f"{self.name}: {name} must be a number for a gain, got an array")
        if not self.definition.facts.everywhere:
            low, high = self.definition.facts.domain
            raise ValueError(f"{self.name} is defined from {low:g} to {high:g} only: it has no gain")
        return gain(self, self.definition.facts.breaks)

    def __call__(self, x: Any, *, out: Any = None, **parameters: Any) -> Any:
        """Return the value."""
        if not parameters and (result := self._direct.value(x, None, out)) is not None:
            return result
        return self._orders((0,), x, (out,), parameters)[0]

    def derivative(self, x: Any, *, order: int = 1, out: Any = None, **parameters: Any) -> Any:
        """Return the first derivative, or with order=2 the second."""
        if order not in (1, 2):
            raise ValueError(f"{self.name}: order must be 1 or 2, got {order!r}")
        direct = self._direct.derivative if order == 1 else self._direct.second_derivative
        if not parameters and (result := direct(x, None, out)) is not None:
            return result
        return self._orders((order,), x, (out,), parameters)[0]

    def value_and_derivative(
        self, x: Any, *, out: tuple[Any, Any] | None = None, **parameters: Any
    ) -> tuple[Any, Any]:
        """Return value and first derivative, in one pass over memory."""
        if not parameters and (both := self._direct.value_and_derivative(x, None, out)) is not None:
            return both  # type: ignore[no-any-return]
        value, derivative = self._orders((0, 1), x, (None, None) if out is None else out, parameters)
        return value, derivative

    def vjp(self, x: Any, cotangent: Any, *, out: Any = None, **parameters: Any) -> Any:
        """Return cotangent * derivative, in one pass over memory."""
        if not parameters and (result := self._direct.vjp(x, cotangent, out)) is not None:
            return result
        backend, a, definition, learned = self._prepared(x, parameters)
        c = floating(backend, "cotangent", same_framework(backend, "cotangent", cotangent, "x", a))
        equal_shapes(self.name, ("x", a), ("cotangent", c))
        if out is not None:
            backend.check_out(out, a, shape_of(a))
        op = definition.op(tuple(learned))
        arrays = (a, *learned.values())
        return backend.like(x, backend.vjp(op, 0, arrays, backend.cast(c, a), out))

    def parameter_derivative(self, x: Any, name: str, *, out: Any = None, **parameters: Any) -> Any:
        """Return the derivative of every element in a learnable parameter."""
        if name not in self.learnable:
            learnable = ", ".join(self.learnable) or "none"
            raise ValueError(f"{self.name}: {name!r} is not learnable; learnable: {learnable}")
        backend, a, definition, learned = self._prepared(x, parameters)
        op = Op(definition.body("parameter_derivative", tuple(learned), name))
        return self._run(backend, x, a, (op,), learned, (out,))[0]

    def _orders(
        self, orders: tuple[int, ...], x: Any, outs: tuple[Any, ...], parameters: dict[str, Any]
    ) -> tuple[Any, ...]:
        backend, a, definition, learned = self._prepared(x, parameters)
        chain = _chain(definition.op(tuple(learned))) if parameters or learned else self._own
        return self._run(backend, x, a, [chain[order] for order in orders], learned, outs)

    @cached_property
    def _own(self) -> tuple[Op, Op, Op]:
        """The operations at the function's own parameters."""
        return _chain(self.definition.op())

    @cached_property
    def _direct(self) -> CurveCalls:
        return CurveCalls.of(self._own[0])

    def _prepared(
        self, x: Any, parameters: dict[str, Any]
    ) -> tuple[Backend, Any, Activation, dict[str, Any]]:
        backend = backend_of(x)
        a = floating(backend, "x", x)
        definition = self._at(parameters)
        return backend, a, definition, self._learned(definition, backend, a)

    def _run(
        self,
        backend: Backend,
        x: Any,
        a: Any,
        ops: Sequence[Op],
        learned: dict[str, Any],
        outs: tuple[Any, ...],
    ) -> tuple[Any, ...]:
        if not isinstance(outs, tuple) or len(outs) != len(ops):
            raise ValueError(f"{self.name}: out must be a tuple of {len(ops)} arrays")
        for out in outs:
            if out is not None:
                backend.check_out(out, a, shape_of(a))
        results = backend.pointwise(ops, (a, *learned.values()), outs)
        return tuple(backend.like(x, result) for result in results)
