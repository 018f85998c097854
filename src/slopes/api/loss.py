"""Losses of one prediction and one target as users call them."""

from dataclasses import dataclass
from functools import cached_property, partial
from inspect import Parameter
from typing import Any

from slopes.api.arrays import (
    condition,
    divisor_of_mean,
    equal_shapes,
    first_and_others,
    fits,
    floating,
    guarded,
    one_reduction,
    shape_of,
    weights,
    within,
)
from slopes.api.curvature import Curvature
from slopes.api.function import Function
from slopes.backends import Backend
from slopes.backends.calls import LossCalls
from slopes.core import MarginLoss, PointwiseLoss, ResidualLoss
from slopes.core.op import Op, weighted

EMPTY = Parameter.empty


class Loss(Function):
    """What all losses share."""

    @property
    def takes(self) -> str:
        """What the prediction is: "real", "logits", "probabilities" or "log_probabilities"."""
        return self.definition.takes  # type: ignore[attr-defined, no-any-return]


class PointwiseLossFunction(Curvature, Loss):
    """A loss of a prediction and a target of equal shape, element by element."""

    arguments = (
        ("prediction", EMPTY),
        ("target", EMPTY),
        ("weight", None),
        ("where", None),
        ("reduction", "mean"),
        ("out", None),
    )
    definition: ResidualLoss | MarginLoss | PointwiseLoss

    def __call__(
        self,
        prediction: Any,
        target: Any,
        *,
        weight: Any = None,
        where: Any = None,
        reduction: str = "mean",
        out: Any = None,
        **parameters: Any,
    ) -> Any:
        """Return the value, reduced as asked."""
        if weight is None and where is None and not parameters:
            result = self._direct.value(prediction, target, reduction, out)
            if result is not None:
                return result
        one_reduction(self.name, reduction)
        call = self._call(prediction, target, weight, where, parameters)
        if reduction == "none":
            call.check_out(out)
            return call.elementwise((call.op,), (out,))[0]
        if out is not None:
            raise ValueError(f"{self.name}: out= needs reduction='none'")
        divisor = call.divisor(self.name) if reduction == "mean" else None
        total, _ = call.backend.total(call.op, call.arrays)
        return call.scalar(total, divisor)

    def gradient(
        self,
        prediction: Any,
        target: Any,
        *,
        weight: Any = None,
        where: Any = None,
        reduction: str = "mean",
        out: Any = None,
        **parameters: Any,
    ) -> Any:
        """Return the gradient of the reduced loss in the prediction."""
        if weight is None and where is None and not parameters:
            result = self._direct.gradient(prediction, target, reduction, out)
            if result is not None:
                return result
        one_reduction(self.name, reduction)
        call = self._call(prediction, target, weight, where, parameters)
        call.check_out(out)
        divisor = call.divisor(self.name) if reduction == "mean" else None
        return call.elementwise((call.gradient,), (out,), divisor)[0]

    def value_and_gradient(
        self,
        prediction: Any,
        target: Any,
        *,
        weight: Any = None,
        where: Any = None,
        reduction: str = "mean",
        out: Any = None,
        **parameters: Any,
    ) -> tuple[Any, Any]:
        """Return the reduced loss and its gradient (written to `out`), in one pass over memory."""
        if weight is None and where is None and not parameters:
            both = self._direct.value_and_gradient(prediction, target, reduction, out)
            if both is not None:
                return both  # type: ignore[no-any-return]
        one_reduction(self.name, reduction)
        call = self._call(prediction, target, weight, where, parameters)
        call.check_out(out)
        if reduction == "none":
            value, gradient = call.elementwise((call.op, call.gradient), (None, out))
            return value, gradient
        divisor = call.divisor(self.name) if reduction == "mean" else None
        total, (gradient,) = call.backend.total(call.op, call.arrays, (call.gradient,), (out,), divisor)
        return call.scalar(total, divisor), call.backend.like(prediction, gradient)

    def gradient_and_hessian(
        self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, **parameters: Any
    ) -> tuple[Any, Any]:
        """Return first and second derivative of every element, for boosting and Newton steps."""
        if weight is None and where is None and not parameters:
            both = self._direct.gradient_and_hessian(prediction, target, "none", None)
            if both is not None:
                return both  # type: ignore[no-any-return]
        call = self._call(prediction, target, weight, where, parameters)
        gradient, hessian = call.elementwise((call.gradient, call.hessian), (None, None))
        return gradient, hessian

    def hessian(
        self,
        prediction: Any,
        target: Any,
        *,
        weight: Any = None,
        where: Any = None,
        out: Any = None,
        **parameters: Any,
    ) -> Any:
        """Return the second derivative of every element in its prediction."""
        if weight is None and where is None and not parameters:
            result = self._direct.hessian(prediction, target, "none", out)
            if result is not None:
                return result
        call = self._call(prediction, target, weight, where, parameters)
        call.check_out(out)
        return call.elementwise((call.hessian,), (out,))[0]

    @cached_property
    def _direct(self) -> LossCalls:
        return LossCalls.of(self.definition)

    @cached_property
    def _own(self) -> dict[tuple[bool, bool], Op]:
        """The operations at the function's own parameters: without and with a weight, and a mask."""
        op, safe, choice = self.definition.op(), self.definition.safe, (False, True)
        return {(w, mask): weighted(op, safe, w, mask) for w in choice for mask in choice}

    def _call(
        self, prediction: Any, target: Any, weight: Any, where: Any, parameters: dict[str, Any]
    ) -> "_Call":
        definition, name = self._at(parameters), self.name
        backend, p, raw = first_and_others(("prediction", prediction), (("target", target),))
        t = backend.cast(floating(backend, "target", raw), p)
        equal_shapes(name, ("prediction", p), ("target", t))
        shape = shape_of(p)
        keep = None if where is None else condition(backend, name, where, shape, ("prediction", p))
        p, *_ = guarded(backend, partial(self._check_values, definition), p, t, keep)
        arrays = [p, t]
        if weight is not None:
            w = weights(backend, name, "weight", weight, p)
            fits(name, "weight", w, shape)
            arrays.append(backend.broadcast_to(w, shape))
        if keep is not None:
            arrays.append(keep)
        options = weight is not None, keep is not None
        op = weighted(definition.op(), definition.safe, *options) if parameters else self._own[options]
        return _Call(backend, prediction, op, tuple(arrays), weight is not None, keep)

    def _check_values(self, definition: Any, backend: Backend, p: Any, t: Any, keep: Any) -> None:
        name, strict = self.name, getattr(definition, "strict", False)
        within(backend, name, "target", t, definition.targets, keep, strict)
        within(backend, name, "prediction", p, definition.predictions, keep, strict)
        if definition.kind == "margin_loss" and backend.concrete(t):
            neither = (t != 1) & (t != -1) & (t == t)
            neither = neither if keep is None else neither & keep
            if backend.any(neither):
                found = backend.first(t, neither)
                raise ValueError(f"{name}: target must be -1 or 1, got {found!r}")


@dataclass(frozen=True)
class _Call:
    """One checked call: the operation over (prediction, target, weight?, where?), and its arrays."""

    backend: Backend
    prediction: Any
    op: Op
    arrays: tuple[Any, ...]
    has_weight: bool
    keep: Any

    @property
    def gradient(self) -> Op:
        return self.op.partials[0]

    @property
    def hessian(self) -> Op:
        return self.gradient.partials[0]

    def check_out(self, out: Any) -> None:
        if out is not None:
            self.backend.check_out(out, self.arrays[0], shape_of(self.arrays[0]))

    def elementwise(self, ops: tuple[Op, ...], outs: tuple[Any, ...], divisor: Any = None) -> tuple[Any, ...]:
        results = self.backend.pointwise(ops, self.arrays, outs, divisor)
        return tuple(self.backend.like(self.prediction, result) for result in results)

    def divisor(self, name: str) -> Any:
        """The number of kept entries, or the sum of their weights."""
        weight = self.arrays[2] if self.has_weight else None
        return mean_divisor(self.backend, name, weight, self.keep, shape_of(self.arrays[0]))

    def scalar(self, total: Any, divisor: Any) -> Any:
        result = self.backend.scalar(self.backend.divided(total, divisor), self.arrays[0])
        return result.item() if type(self.prediction) in (float, int, bool) else result


def mean_divisor(backend: Backend, name: str, weight: Any, keep: Any, shape: tuple[int, ...]) -> Any:
    """Return the sum of kept weights, or the number of kept entries."""
    if weight is not None:
        kept = weight if keep is None else backend.where(keep, weight, 0.0)
        return divisor_of_mean(backend, name, backend.sum(kept))
    if keep is not None:
        return divisor_of_mean(backend, name, backend.count(keep))
    count = 1
    for length in shape:
        count *= length
    return divisor_of_mean(backend, name, count)
