"""Losses of a row of scores and a target class as users call them."""

from inspect import Parameter
from typing import Any

from slopes.api.arrays import (
    axis_of,
    class_indices,
    condition,
    equal_shapes,
    first_and_others,
    fits,
    floating,
    guarded,
    known_classes,
    not_ignored,
    one_reduction,
    same_framework,
    shape_of,
    weights,
    within,
)
from slopes.api.loss import mean_divisor
from slopes.api.row_shortcut import Options, QuickRowLoss
from slopes.backends import Backend
from slopes.core import RowLoss
from slopes.core.op import Op, Rowwise, weighted

EMPTY = Parameter.empty


class RowLossFunction(QuickRowLoss):
    """A loss of the rows of its prediction along an axis, and of class indices or probabilities."""

    arguments = (
        ("prediction", EMPTY),
        ("target", EMPTY),
        ("axis", -1),
        ("class_weight", None),
        ("ignore_index", None),
        ("weight", None),
        ("where", None),
        ("reduction", "mean"),
    )
    definition: RowLoss

    def __call__(
        self,
        prediction: Any,
        target: Any,
        *,
        axis: int = -1,
        class_weight: Any = None,
        ignore_index: int | None = None,
        weight: Any = None,
        where: Any = None,
        reduction: str = "mean",
        **parameters: Any,
    ) -> Any:
        """Return the value, reduced as asked."""
        options = Options(axis, class_weight, ignore_index, weight, where)
        if (quick := self._quick(prediction, target, options, reduction, parameters)) is not None:
            return quick
        one_reduction(self.name, reduction)
        call = _Call(self._at(parameters), prediction, target, options)
        divisor = call.divisor() if reduction == "mean" else None
        return call.reduced(call.rows((call.op,), (1,), wide=True)[0], reduction, divisor)

    def gradient(
        self,
        prediction: Any,
        target: Any,
        *,
        axis: int = -1,
        class_weight: Any = None,
        ignore_index: int | None = None,
        weight: Any = None,
        where: Any = None,
        reduction: str = "mean",
        out: Any = None,
        **parameters: Any,
    ) -> Any:
        """Return the gradient of the reduced loss in the prediction."""
        options = Options(axis, class_weight, ignore_index, weight, where)
        quick = self._quick(prediction, target, options, reduction, parameters, True, out)
        if quick is not None:
            return quick[1]
        one_reduction(self.name, reduction)
        call = _Call(self._at(parameters), prediction, target, options)
        divisor = call.divisor() if reduction == "mean" else None
        (gradient,) = call.rows((call.gradient,), (call.classes,), divisor, outs=(call.place(out),))
        return call.restored(gradient, out)

    def value_and_gradient(
        self,
        prediction: Any,
        target: Any,
        *,
        axis: int = -1,
        class_weight: Any = None,
        ignore_index: int | None = None,
        weight: Any = None,
        where: Any = None,
        reduction: str = "mean",
        out: Any = None,
        **parameters: Any,
    ) -> tuple[Any, Any]:
        """Return the reduced loss and its gradient in the prediction."""
        options = Options(axis, class_weight, ignore_index, weight, where)
        quick: tuple[Any, Any] | None
        quick = self._quick(prediction, target, options, reduction, parameters, True, out)
        if quick is not None:
            return quick
        one_reduction(self.name, reduction)
        call = _Call(self._at(parameters), prediction, target, options)
        divisor = call.divisor() if reduction == "mean" else None
        value, gradient = call.backend.rows_with_value(
            call.op, call.gradient, call.arrays, call.classes, divisor, call.place(out)
        )
        return call.reduced(value, reduction, divisor), call.restored(gradient, out)

    def gradient_and_hessian(
        self,
        prediction: Any,
        target: Any,
        *,
        axis: int = -1,
        class_weight: Any = None,
        ignore_index: int | None = None,
        weight: Any = None,
        where: Any = None,
        **parameters: Any,
    ) -> tuple[Any, Any]:
        """Return the gradient of every row and the diagonal of its Hessian."""
        options = Options(axis, class_weight, ignore_index, weight, where)
        call = _Call(self._at(parameters), prediction, target, options)
        ops, widths = (call.gradient, call.hessian), (call.classes, call.classes)
        gradient, hessian = call.rows(ops, widths)
        return call.restored(gradient, None), call.restored(hessian, None)

    def hessian(self, prediction: Any, target: Any, **options: Any) -> Any:
        """Return the diagonal of the Hessian of every row."""
        return self.gradient_and_hessian(prediction, target, **options)[1]

    def full_hessian(
        self,
        prediction: Any,
        target: Any,
        *,
        axis: int = -1,
        class_weight: Any = None,
        ignore_index: int | None = None,
        weight: Any = None,
        where: Any = None,
        **parameters: Any,
    ) -> Any:
        """Return the Hessian of every row's loss, of shape (..., K, K): the classes come last, twice."""
        options = Options(axis, class_weight, ignore_index, weight, where)
        call = _Call(self._at(parameters), prediction, target, options)
        return call.matrix(call.gradient.pullbacks[0])

    def hvp(
        self,
        prediction: Any,
        target: Any,
        tangent: Any,
        *,
        axis: int = -1,
        class_weight: Any = None,
        ignore_index: int | None = None,
        weight: Any = None,
        where: Any = None,
        reduction: str = "mean",
        out: Any = None,
        **parameters: Any,
    ) -> Any:
        """Return the Hessian of the reduced loss times a tangent of the prediction's shape."""
        one_reduction(self.name, reduction)
        options = Options(axis, class_weight, ignore_index, weight, where)
        call = _Call(self._at(parameters), prediction, target, options)
        return call.product(call.gradient.pullbacks[0], tangent, reduction, out)

    def gauss_newton_product(
        self,
        prediction: Any,
        target: Any,
        tangent: Any,
        *,
        axis: int = -1,
        class_weight: Any = None,
        ignore_index: int | None = None,
        weight: Any = None,
        where: Any = None,
        reduction: str = "mean",
        out: Any = None,
        **parameters: Any,
    ) -> Any:
        """Return the Gauss-Newton matrix of the reduced loss in its prediction, times a tangent.

        It has no negative curvature. Of a loss that is convex in the prediction, as cross-entropy is in the
        logits, it is the Hessian itself and the product is `hvp`: put between the Jacobian of a network and
        its transpose, it gives the generalised Gauss-Newton product of the network's parameters. Where a
        part of the loss bends the logits first, as the soft cap does, that part counts as network.
        """
        one_reduction(self.name, reduction)
        options = Options(axis, class_weight, ignore_index, weight, where)
        call = _Call(self._at(parameters), prediction, target, options)
        return call.product(call.gauss_newton.pullbacks[0], tangent, reduction, out)


class _Call:
    """One checked call: the operation over (rows, target, weight?, keep?), and its arrays."""

    def __init__(self, definition: RowLoss, x: Any, target: Any, options: Options) -> None:
        self.definition, self.name, self.x = definition, definition.name, x
        backend, array, raw = first_and_others(("prediction", x), (("target", target),))
        self.backend: Backend = backend
        self.array = array
        shape = shape_of(array)
        if not shape:
            raise ValueError(f"{self.name}: the prediction has no axis; it needs one for the classes")
        self.axis = axis_of(self.name, options.axis, len(shape))
        self.classes = shape[self.axis]
        self.known = self.classes + (definition.targets == "ranks")
        if self.classes < 1:
            raise ValueError(f"{self.name}: there must be at least one class, axis {options.axis} is empty")
        self.loss_shape = (*shape[: self.axis], *shape[self.axis + 1 :])
        self.by_class = shape_of(raw) == self.loss_shape
        raw = class_indices(backend, self.name, raw) if self.by_class else raw
        target_array = self._target(raw, shape)
        keep = self._keep(raw, options)
        self.keep = keep
        rows = None if keep is None else keep[..., None]
        target_array, _ = guarded(backend, self._check_target, target_array, rows)
        self.class_weight = self._class_weight(options.class_weight)
        self.target = target_array
        arrays = [backend.moveaxis(array, self.axis, -1), target_array]
        self.weight = None
        if options.weight is not None:
            w = weights(backend, self.name, "weight", options.weight, array)
            fits(self.name, "weight", w, self.loss_shape)
            self.weight = backend.broadcast_to(w, self.loss_shape)
            arrays.append(self.weight[..., None])
        if keep is not None:
            arrays.append(keep[..., None])
        self.arrays = tuple(arrays)
        self.op: Op = self._weighted(definition.op_of_targets(self.by_class, self.class_weight))

    def _weighted(self, op: Op) -> Any:
        return weighted(op, (0.0, 0), self.weight is not None, self.keep is not None)

    @property
    def gradient(self) -> Rowwise:
        return self.op.partials[0]  # type: ignore[return-value]

    @property
    def hessian(self) -> Op:
        return self.gradient.diagonal  # type: ignore[return-value]

    @property
    def gauss_newton(self) -> Rowwise:
        product = self.definition.gauss_newton_of_targets(self.by_class, self.class_weight)
        return self._weighted(product)  # type: ignore[no-any-return]

    def _target(self, raw: Any, shape: tuple[int, ...]) -> Any:
        """Class indices (..., 1), or rows of probabilities."""
        backend = self.backend
        if self.by_class:
            return raw[..., None]
        if self.definition.targets in ("classes", "ranks"):
            raise ValueError(
                f"{self.name}: target has shape {shape_of(raw)}; it takes class indices only, "
                f"of shape {self.loss_shape}"
            )
        if shape_of(raw) != shape:
            raise ValueError(
                f"{self.name}: prediction has shape {shape} and target has shape {shape_of(raw)}; the "
                f"target must be class indices of shape {self.loss_shape} or probabilities of shape {shape}"
            )
        probabilities = backend.cast(floating(backend, "target", raw), self.array)
        return backend.moveaxis(probabilities, self.axis, -1)

    def _keep(self, raw: Any, options: Options) -> Any:
        """The rows that count; None for all."""
        keep = None
        if options.where is not None:
            keep = condition(
                self.backend, self.name, options.where, self.loss_shape, ("prediction", self.array)
            )
        if options.ignore_index is not None and not self.by_class:
            raise ValueError(f"{self.name}: ignore_index needs class indices as target")
        counted = not_ignored(self.backend, self.name, raw, options.ignore_index)
        return keep if counted is None else counted if keep is None else keep & counted

    def _check_target(self, backend: Backend, target: Any, keep: Any) -> None:
        if self.by_class:
            known_classes(backend, self.name, target, self.known, keep)
        else:
            within(backend, self.name, "target probabilities", target, (0.0, 1.0), keep)

    def _class_weight(self, given: Any) -> Any:
        if given is None:
            return None
        if self.definition.targets == "labels":
            raise ValueError(f"{self.name}: a row of labels has no one class; weigh rows by weight")
        array = same_framework(self.backend, "class_weight", given, "prediction", self.array)
        if getattr(array, "requires_grad", False):
            raise ValueError(f"{self.name}: class_weight takes no gradient; pass class_weight.detach()")
        array = weights(self.backend, self.name, "class_weight", array, self.array)
        if shape_of(array) != (self.known,):
            raise ValueError(
                f"{self.name}: class_weight has shape {shape_of(array)}; "
                f"it must have one entry for each of the {self.known} classes"
            )
        return self.backend.widen(array)

    def rows(
        self,
        ops: tuple[Op, ...],
        widths: tuple[int, ...],
        divisor: Any = None,
        wide: bool = False,
        outs: tuple[Any, ...] = (),
    ) -> tuple[Any, ...]:
        return self.backend.rows(ops, self.arrays, widths, divisor, wide, outs)

    def place(self, out: Any) -> Any:
        """`out`, if a gradient can be written there at once; None if it cannot."""
        if out is None:
            return None
        self.backend.check_out(out, self.array, shape_of(self.array))
        last = self.axis == len(self.loss_shape)
        return out if last and out.flags.c_contiguous else None

    def product(self, op: Op, tangent: Any, reduction: str, out: Any) -> Any:
        """A matrix of every row times its row of the tangent."""
        array = same_framework(self.backend, "tangent", tangent, "prediction", self.array)
        array = self.backend.cast(floating(self.backend, "tangent", array), self.array)
        equal_shapes(self.name, ("prediction", self.array), ("tangent", array))
        divisor = self.divisor() if reduction == "mean" else None
        arrays = (*self.arrays, self.backend.moveaxis(array, self.axis, -1))
        (result,) = self.backend.rows((op,), arrays, (self.classes,), divisor)
        return self.restored(result, out)

    def matrix(self, product: Op) -> Any:
        """The whole matrix of every row: its products with the unit rows."""

        def along(i: int) -> Op:
            return Op(lambda m, x, *rest: product.body(m, x, *rest, m.one_hot(i, x)))

        columns = (self.rows((along(i),), (self.classes,))[0][None] for i in range(self.classes))
        return self.backend.moveaxis(self.backend.concatenate(list(columns)), 0, -2)

    def divisor(self) -> Any:
        """The sum over kept rows of weight times the class weight that the target carries."""
        backend, weight = self.backend, self.weight
        if self.class_weight is not None:
            if self.by_class:
                index = self.target[..., 0]
                kept = index if self.keep is None else backend.where(self.keep, index, 0)
                carried = backend.take(self.class_weight, kept)
            else:
                by_class = self.class_weight
                carried_by = Op(lambda m, q: m.row_sum(q * by_class))
                carried = backend.rows((carried_by,), (self.target,), (1,), wide=True)[0][..., 0]
            weight = carried if weight is None else backend.widen(weight) * carried
        return mean_divisor(backend, self.name, weight, self.keep, self.loss_shape)

    def reduced(self, values: Any, reduction: str, divisor: Any) -> Any:
        if reduction == "none":
            losses = self.backend.round_like(values[..., 0], self.array)
            return losses if self.loss_shape else losses[()]
        total = self.backend.divided(self.backend.sum(values), divisor)
        return self.backend.scalar(total, self.array)

    def restored(self, rows: Any, out: Any) -> Any:
        if rows is out:
            return out
        result = self.backend.moveaxis(rows, -1, self.axis)
        if out is None:
            return result
        out[...] = result
        return out
