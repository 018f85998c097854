"""One file for each framework: its vocabulary, and how it evaluates and differentiates operations."""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any, Protocol

import numpy as np

from slopes.backends.numpy import BACKEND as NUMPY
from slopes.core import Op, Reverse

#: the package that an array's type comes from, and the file here
FRAMEWORKS = {"dask": "dask", "torch": "torch", "jax": "jax", "jaxlib": "jax", "tensorflow": "tensorflow"}


class Backend(Protocol):
    """What the public functions need of a framework. Arrays are its own; nothing is converted."""

    name: str
    words: Any  #: the vocabulary

    @property
    def floats(self) -> tuple[str, ...]:
        """The dtypes it computes with."""

    def array(self, x: Any, like: Any = None) -> Any: ...
    def computes(self, x: Any) -> bool: ...
    def dtype_name(self, x: Any) -> str: ...
    def is_boolean(self, x: Any) -> bool: ...
    def is_integer(self, x: Any) -> bool: ...
    def to_default(self, x: Any) -> Any: ...
    def of_loss(self, x: Any) -> Any:
        """Return a prediction in the dtype that a loss of it is computed in."""

    def to_index(self, x: Any) -> Any: ...
    def cast(self, x: Any, like: Any) -> Any: ...
    def concrete(self, *arrays: Any) -> bool: ...
    def shape(self, x: Any) -> tuple[Any, ...]: ...
    def reshape(self, x: Any, shape: Sequence[int], /) -> Any: ...
    def take(self, x: Any, index: Any, /) -> Any: ...
    def any(self, condition: Any) -> bool: ...
    def first(self, x: Any, condition: Any) -> Any:
        """Return the first entry for which a condition holds, as a Python number."""

    def count(self, condition: Any) -> Any: ...
    def widen(self, x: Any) -> Any:
        """Return x in the dtype that bodies are evaluated in."""

    def divided(self, x: Any, divisor: Any) -> Any:
        """Return x over a divisor of any dtype, in x's own; x itself for None."""

    def sum_of_rows(self, x: Any) -> Any: ...
    def check_out(self, out: Any, like: Any, shape: tuple[int, ...]) -> None: ...
    def like(self, x: Any, result: Any) -> Any: ...
    def where(self, condition: Any, x: Any, y: Any, /) -> Any: ...
    def moveaxis(self, x: Any, source: int, destination: int, /) -> Any: ...
    def broadcast_to(self, x: Any, shape: tuple[int, ...], /) -> Any: ...
    def sum(self, x: Any) -> Any: ...
    def without_graph(self) -> AbstractContextManager[Any]: ...
    def concatenate(self, parts: Sequence[Any], /) -> Any: ...
    def fused(self, run: Callable[..., Any], arrays: tuple[Any, ...]) -> Any:
        """Return run(arrays, differentiate)[0], differentiable in as many arrays as run returns gradients."""

    def round_like(self, x: Any, like: Any) -> Any: ...
    def scalar(self, total: Any, like: Any) -> Any: ...

    def pointwise(
        self, ops: Sequence[Op], arrays: Sequence[Any], outs: Sequence[Any] = (), divisor: Any = None
    ) -> tuple[Any, ...]:
        """Evaluate operations elementwise, in one pass where the framework can."""

    def vjp(self, op: Op, index: int, arrays: Sequence[Any], cotangent: Any, out: Any) -> Any:
        """Return the cotangent of one argument of an elementwise operation."""

    def total(
        self,
        op: Op,
        arrays: Sequence[Any],
        also: Sequence[Op] = (),
        outs: Sequence[Any] = (),
        divisor: Any = None,
    ) -> tuple[Any, tuple[Any, ...]]:
        """Sum an operation, and evaluate others divided by `divisor`."""

    def rows(
        self,
        ops: Sequence[Op],
        arrays: Sequence[Any],
        widths: Sequence[int],
        divisor: Any = None,
        wide: bool = False,
        outs: Sequence[Any] = (),
    ) -> tuple[Any, ...]:
        """Evaluate operations along the last axis; result i has rows of `widths[i]` entries."""

    def rows_with_value(
        self, value: Op, op: Op, arrays: Sequence[Any], width: int, divisor: Any, out: Any = None
    ) -> tuple[Any, Any]:
        """Evaluate a row loss, wide, and another operation of it divided by `divisor`."""

    def reverse(self, op: Reverse, arrays: Sequence[Any]) -> Any:
        """Return the value of a loss of several arrays, wide."""

    def reverse_with_gradients(
        self, op: Reverse, arrays: Sequence[Any], cotangent: Any, divisor: Any
    ) -> tuple[Any, tuple[Any, ...]]:
        """Return the same, and its pulled-back cotangents, divided by `divisor`."""


_by_type: dict[type, Backend] = dict.fromkeys((np.ndarray, float, int, bool), NUMPY)


def backend_of(x: Any) -> Backend:
    """Return the backend of an array, importing no framework that the user has not imported.

    Raises
    ------
    TypeError
        For anything but a number or an array of a supported framework.
    """
    kind = type(x)
    if kind not in _by_type:
        _by_type[kind] = _backend_of_type(kind, x)
    return _by_type[kind]


def _backend_of_type(kind: type, x: Any) -> Backend:
    if issubclass(kind, np.ndarray | np.generic | float | int):
        return NUMPY
    for base in kind.__mro__:
        framework = base.__module__.partition(".")[0]
        if framework in FRAMEWORKS and framework in sys.modules and hasattr(kind, "dtype"):
            return import_module(f"slopes.backends.{FRAMEWORKS[framework]}").BACKEND  # type: ignore[no-any-return]
    if hasattr(kind, "__array_namespace__") or kind.__module__.partition(".")[0] == "cupy":
        return import_module("slopes.backends.array_api").backend(x)  # type: ignore[no-any-return]
    hint = "; convert it with numpy.asarray" if issubclass(kind, list | tuple) else ""
    raise TypeError(
        f"got {kind.__module__}.{kind.__qualname__}, "
        f"need a number or an array of NumPy, PyTorch, JAX, TensorFlow, Dask or the array API standard{hint}"
    )
