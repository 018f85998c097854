"""Operations with their derivatives: what a backend needs to compute and to differentiate a definition.

An `Op` is a body over the vocabulary. Differentiating it gives another Op, so every order is reached by the
same step; where a definition gives no further derivative, a framework differentiates the body itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Body = Callable[..., Any]  #: body(math, *arguments) -> result
Call = Callable[..., Any]  #: call(op, *arguments): how a backend evaluates an Op on its arrays


class Kernel(NamedTuple):
    """What a compiled kernel must know to compute an operation: which one it is."""

    name: str
    method: str
    parameters: tuple[float, ...]
    safe: tuple[float, float] = (0.0, 0.0)
    weight: bool = False
    mask: bool = False
    by_class: bool = False  #: a row loss's target is a class index
    class_weight: Any = None


@dataclass(frozen=True)
class Op:
    """A body, and `partials[i]`, its derivative in argument i, as far as the definition states it.

    An operation with a `kernel` is what that method of the definition computes; backends may use either.
    """

    body: Body
    partials: tuple["Op", ...] = ()
    kernel: Kernel | None = None

    def pullback(self, call: Call, index: int, arguments: Sequence[Any], cotangent: Any) -> Any:
        """Return the cotangent of argument `index`, or None where the definition does not say."""
        if index >= len(self.partials):
            return None
        return cotangent * call(self.partials[index], *arguments)

    def pushforward(self, call: Call, index: int, arguments: Sequence[Any], tangent: Any) -> Any:
        """Return how the result moves with argument `index`, or None where the definition does not say.

        Of a loss along rows this is the product of each entry, which has yet to be summed.
        """
        return self.pullback(call, index, arguments, tangent)

    def vjp(self, index: int) -> "Op":
        """Return the body of the pullback, over (*arguments, cotangent), for one pass over memory."""

        def body(m: Any, *arguments: Any) -> Any:
            return self.pullback(lambda op, *inner: op.body(m, *inner), index, arguments[:-1], arguments[-1])

        return Op(body)


@dataclass(frozen=True, kw_only=True)
class Rowwise(Op):
    """A body along rows; `pullbacks[i]` maps (*arguments, cotangent) to the cotangent of argument i.

    `pushforwards[i]` maps (*arguments, tangent) to how the result moves with argument i.
    """

    pullbacks: tuple[Op, ...] = ()
    pushforwards: tuple[Op, ...] = ()
    diagonal: Op | None = None  #: of the Jacobian in the first argument

    def pullback(self, call: Call, index: int, arguments: Sequence[Any], cotangent: Any) -> Any:
        if index >= len(self.pullbacks):
            return None
        return call(self.pullbacks[index], *arguments, cotangent)

    def pushforward(self, call: Call, index: int, arguments: Sequence[Any], tangent: Any) -> Any:
        if index >= len(self.pushforwards):
            return None
        return call(self.pushforwards[index], *arguments, tangent)


def weighted(op: Op, safe: tuple[Any, ...], weight: bool, mask: bool) -> Op:
    """`op` times a weight, and 0 where the mask is false, over (*arguments, weight?, mask?).

    Masked arguments are replaced by the `safe` ones before anything is computed, so that not even a NaN
    among them reaches the result or its derivatives. The weight itself is differentiated by the framework.
    """

    def wrap(body: Body, cotangents: int = 0) -> Body:
        def wrapped(m: Any, *arguments: Any) -> Any:
            inner = list(arguments[: len(arguments) - cotangents])
            tail = arguments[len(arguments) - cotangents :]
            keep = inner.pop() if mask else None
            factor = inner.pop() if weight else None
            if mask:
                inner[: len(safe)] = [m.where(keep, a, s) for a, s in zip(inner, safe, strict=False)]
            result = body(m, *inner, *tail)
            result = factor * result if weight else result
            return m.where(keep, result, 0.0) if mask else result

        return wrapped

    if not (weight or mask):
        return op
    kernel = op.kernel and op.kernel._replace(safe=safe, weight=weight, mask=mask)
    if isinstance(op, Rowwise):
        pulled, pushed = (
            tuple(Op(wrap(product.body, 1)) for product in products)
            for products in (op.pullbacks, op.pushforwards)
        )
        diagonal = weighted(op.diagonal, safe, weight, mask) if op.diagonal else None
        return Rowwise(wrap(op.body), kernel=kernel, pullbacks=pulled, pushforwards=pushed, diagonal=diagonal)
    partials = tuple(weighted(partial, safe, weight, mask) for partial in op.partials)
    return Op(wrap(op.body), partials, kernel)
