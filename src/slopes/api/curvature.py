"""The Hessian of a pointwise loss as a matrix, which is diagonal, and its products."""

from abc import ABC, abstractmethod
from typing import Any

from slopes.api.arrays import axis_of, equal_shapes, floating, one_reduction, same_framework, shape_of
from slopes.api.function import Function
from slopes.backends import backend_of
from slopes.core import Op


class Curvature(Function, ABC):
    """Second derivatives as matrices, under the names that row losses have."""

    @abstractmethod
    def hessian(self, prediction: Any, target: Any, **options: Any) -> Any:
        """Return the diagonal."""

    @abstractmethod
    def _call(self, prediction: Any, target: Any, weight: Any, where: Any, parameters: dict[str, Any]) -> Any:
        """Check a call."""

    def full_hessian(self, prediction: Any, target: Any, *, axis: int = -1, **options: Any) -> Any:
        """Return the Hessian of every row along an axis, of shape (..., K, K), with `hessian`'s options."""
        backend, diagonal = backend_of(prediction), self.hessian(prediction, target, **options)
        shape = getattr(diagonal, "shape", ())
        if not shape:
            raise ValueError(f"{self.name}: the prediction has no axis; a matrix needs one")
        last = backend.moveaxis(diagonal, axis_of(self.name, axis, len(shape)), -1)

        def column(i: int) -> Op:
            return Op(lambda m, h: m.where(m.equal(m.one_hot(i, h), 1.0), h, 0.0))

        classes = shape_of(last)[-1]
        columns = [backend.rows((column(i),), (last,), (classes,))[0][None] for i in range(classes)]
        return backend.moveaxis(backend.concatenate(columns), 0, -2)

    def hvp(
        self,
        prediction: Any,
        target: Any,
        tangent: Any,
        *,
        weight: Any = None,
        where: Any = None,
        reduction: str = "mean",
        out: Any = None,
        **parameters: Any,
    ) -> Any:
        """Return the Hessian of the reduced loss times a tangent."""
        one_reduction(self.name, reduction)
        call = self._call(prediction, target, weight, where, parameters)
        call.check_out(out)
        p = call.arrays[0]
        t = same_framework(call.backend, "tangent", tangent, "prediction", p)
        t = call.backend.cast(floating(call.backend, "tangent", t), p)
        equal_shapes(self.name, ("prediction", p), ("tangent", t))
        divisor = call.divisor(self.name) if reduction == "mean" else None
        (result,) = call.backend.pointwise((call.gradient.vjp(0),), (*call.arrays, t), (out,), divisor)
        return call.backend.like(prediction, result)

    def gauss_newton_product(self, prediction: Any, target: Any, tangent: Any, **options: Any) -> Any:
        """Return the Gauss-Newton matrix of the reduced loss times a tangent, with `hvp`'s options.

        A loss that is convex in what a network puts out, as binary cross-entropy is in the logits, is its
        own Gauss-Newton approximation there: the product is `hvp`. Other losses have none.
        """
        chosen = self._at({name: value for name, value in options.items() if name in self.parameters})
        if not chosen.facts.convex:
            raise ValueError(f"{self.name} is not convex in its prediction: use hvp")
        return self.hvp(prediction, target, tangent, **options)
