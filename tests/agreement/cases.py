"""One case for each function: value and two derivatives, in NumPy and by a framework's differentiation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import ml_dtypes  # noqa: F401 - gives NumPy bfloat16
import numpy as np

import slopes
from slopes.backends.numpy_math import MATH
from slopes.core.adjoint import Record, gradient
from tests.agreement.frameworks import EPS, HALF, TINY
from tests.api.examples import FUNCTIONS, arguments
from tests.laws import batches

ORDERS = ("value", "first derivative", "second derivative")
RUNS = 8
SPECTRA = ("stft", "stft_back")  #: words whose entries are sums over a row: a unit is one of the row's size


class _Noisy(Record):
    """The vocabulary with every result off by one unit in the last place, up or down at random."""

    def __init__(self, epsilon: float, seed: int) -> None:
        super().__init__(MATH)
        self.epsilon, self.generator = epsilon, np.random.default_rng(seed)

    def apply(self, word: str, *operands: Any) -> Any:
        node = super().apply(word, *operands)
        if getattr(node.data, "dtype", np.dtype(bool)).kind == "f":
            off = self.generator.choice((-self.epsilon, self.epsilon), np.shape(node.data))
            if word in SPECTRA:
                node.data = node.data + off * np.sqrt(np.mean(node.data**2, -1, keepdims=True))
            else:  # a product, which leaves infinities as they are
                node.data = node.data * (1 + off)
        return node


def noise(body: Any, arrays: tuple[np.ndarray, ...], wanted: np.ndarray, dtype: str) -> np.ndarray:
    """How far the result moves when every word is one unit off: the scale on which to judge a framework.

    It is a unit of the result itself, unless terms cancel; then it is one of the terms.
    """
    epsilon = EPS["float32" if dtype in HALF else dtype]
    most = epsilon * np.abs(wanted)
    for seed in range(RUNS):
        noisy = _Noisy(epsilon, seed)
        result = body(noisy, *(noisy.argument(a, False) for a in arrays))
        # a NaN says nothing: the noise has carried an argument out of its domain
        most = np.fmax(most, np.abs(np.reshape(result.data, wanted.shape) - wanted))
    return most


@dataclass(frozen=True)
class Case:
    """A function with the arrays it is called with, and the bodies of its value and derivatives."""

    name: str
    arrays: tuple[np.ndarray, ...]  #: as users give them; the first is differentiated
    bodies: tuple[Any, Any, Any]
    inner: Callable[..., tuple[tuple[np.ndarray, ...], ...]]  #: from the arrays to those of each body
    loss: Callable[..., Any]  #: the public call
    cotangent: np.ndarray | None = None  #: what the value is multiplied by before it is differentiated
    tangent: np.ndarray | None = None  #: and its derivative

    def rounded(self, dtype: str) -> "Case":
        """The same at numbers that the dtype has."""

        def of(x: Any) -> Any:
            return x if x is None or x.dtype.kind != "f" else x.astype(dtype).astype(np.float64)

        arrays = tuple(of(a) for a in self.arrays)
        return Case(
            self.name, arrays, self.bodies, self.inner, self.loss, of(self.cotangent), of(self.tangent)
        )

    def reference(self, dtype: str) -> list[tuple[np.ndarray, np.ndarray]]:
        """Value and derivatives in NumPy's float64, and the unit of each."""
        found = self.inner(self.arrays, self.cotangent, self.tangent)
        with np.errstate(all="ignore"):
            wanted = [np.asarray(b(MATH, *a)) for b, a in zip(self.bodies, found, strict=True)]
            units = [noise(b, a, w, dtype) for b, a, w in zip(self.bodies, found, wanted, strict=True)]
        return [(w, np.maximum(u, TINY[dtype])) for w, u in zip(wanted, units, strict=True)]

    def given(self, framework: Any, dtype: str) -> tuple[Any, ...]:
        """The cotangent, the tangent and the arrays in a framework."""
        given = self.cotangent, self.tangent, *self.arrays
        return tuple(None if a is None else framework.array(a, dtype) for a in given)

    def derived(self, framework: Any, given: tuple[Any, ...]) -> tuple[Any, ...]:
        """The value, and the derivatives by the framework's own differentiation."""
        cotangent, tangent, x, *others = given

        def times(y: Any, factor: Any) -> Any:
            return framework.sum(y if factor is None else y * factor)

        def once(x: Any) -> Any:
            value = self.loss(x, *others)
            return times(value, cotangent), value

        def twice(x: Any) -> Any:
            value, first = framework.gradient(once, x)
            return times(first, tangent), (value, first)

        (value, first), second = framework.gradient(twice, x)
        return value, first, second


def _same(arrays: Any, _cotangent: Any, _tangent: Any) -> Any:
    return arrays, arrays, arrays


def _curve(f: Any) -> Case:
    op = f.definition.op()
    first = op.partials[0]
    loss = f if f.kind == "activation" else lambda p, t: f(p, t, reduction="none")
    return Case(f.name, arguments(f), (op.body, first.body, first.partials[0].body), _same, loss)


def _row(f: Any) -> Case:
    op, (x,) = f.definition.op(), arguments(f)
    width = f.definition.width() or x.shape[-1]
    rng = np.random.default_rng(3)

    def inner(arrays: Any, c: Any, t: Any) -> Any:
        x, made = arrays[0].reshape(-1, width), f.definition.result_width(width)
        c, t = c.reshape(-1, made), t.reshape(-1, width)
        return (x,), (x, c), (x, c, t)

    bodies = (op.body, op.pullbacks[0].body, op.pullbacks[0].pullbacks[0].body)
    c, t = rng.standard_normal(f(x).shape), rng.standard_normal(x.shape)
    return Case(f.name, (x,), bodies, inner, f, c, t)


def _row_loss(f: Any) -> Case:
    op = f.definition.op_of_targets(True)
    first = op.partials[0]
    x, y = arguments(f)

    def inner(arrays: Any, _cotangent: Any, t: Any) -> Any:
        plain = arrays[0], arrays[1][..., None]
        return plain, plain, (*plain, t)

    bodies = op.body, first.body, first.pullbacks[0].body
    t = np.random.default_rng(3).standard_normal(x.shape)
    return Case(f.name, (x, y), bodies, inner, lambda x, y: f(x, y, reduction="none"), None, t)


def _array_loss(f: Any) -> Case:
    definition, body = f.definition, f.definition.value
    shapes = [batches.shape_of(a.shape) for a in definition.arrays.values()]
    arrays = tuple(batches.arguments(definition, 0, written=True).values())
    once = gradient(body, (0,))
    twice = gradient(lambda m, *a: once(m, *a)[0], (0,))

    def inner(arrays: Any, _cotangent: Any, t: Any) -> Any:
        shaped = tuple(a.reshape(s) for a, s in zip(arrays, shapes, strict=True))
        one = np.ones(batches.shape_of(definition.result))
        return shaped, (*shaped, one), (*shaped, one, t.reshape(shaped[0].shape))

    bodies = body, lambda m, *a: once(m, *a)[0], lambda m, *a: twice(m, *a)[0]
    t = np.random.default_rng(3).standard_normal(arrays[0].shape)
    return Case(f.name, arrays, bodies, inner, lambda *a: f(*a, reduction="none"), None, t)


MAKERS = {"row_activation": _row, "row_loss": _row_loss, "array_loss": _array_loss}

#: where the default is not meant for these numbers: cosines, whose products stay normal at a scale of 30
AT = {"ldam": slopes.LDAM(scale=4.0)}


def cases(names: tuple[str, ...] = ()) -> Iterator[Case]:
    """A case for each function."""
    for f in FUNCTIONS:
        if not names or f.name in names:
            yield MAKERS.get(f.kind, _curve)(AT.get(f.name, f))


@cache
def references(dtype: str, names: tuple[str, ...] = ()) -> list[tuple[Case, Any]]:
    """The cases at numbers of a dtype, each with what is expected."""
    chosen = [case.rounded(dtype) for case in cases(names)]
    return [(case, case.reference(dtype)) for case in chosen]


def units(found: tuple[np.ndarray, ...], reference: Any, dtype: str) -> tuple[float, ...]:
    """How many units off the words of a framework seem: in the value and in both derivatives.

    What float16 and bfloat16 add is taken off first: one rounding. So is what is below the normal numbers,
    which XLA and TensorFlow flush to 0.
    """
    rounding = 0.501 * EPS[dtype] if dtype in HALF else 0.0
    far = []
    for got, (wanted, unit) in zip(found, reference, strict=True):
        want, scale = wanted.reshape(got.shape), unit.reshape(got.shape)
        with np.errstate(invalid="ignore"):
            off = np.abs(got - want) - rounding * np.abs(want) - TINY[dtype]
        far.append(float(np.max(np.where(got == want, 0.0, np.maximum(off, 0.0) / scale))))
    return tuple(far)


def deviations(framework: Any, dtype: str, names: tuple[str, ...] = ()) -> dict[str, tuple[float, ...]]:
    """The units of every function."""
    known = references(dtype, names)
    with framework.precision(dtype):
        given = [case.given(framework, dtype) for case, _ in known]
        derived = framework.all_of([partial(case.derived, framework) for case, _ in known], given)
        found = [tuple(map(framework.numpy, results)) for results in derived]
    return {
        case.name: units(results, reference, dtype)
        for (case, reference), results in zip(known, found, strict=True)
    }
