"""Cross-entropy of a linear layer's output, without ever holding all of its logits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from slopes.api.arrays import (
    class_indices,
    divisor_of_mean,
    first_and_others,
    floating,
    known_classes,
    not_ignored,
    one_reduction,
    shape_of,
    weights,
)
from slopes.api.catalogue import get
from slopes.api.function import as_it_is, one_in_graphs
from slopes.backends import Backend

CHUNK = 8_000_000  #: logits held at once
COLUMNS = 2048  #: classes whose part of the weight's gradient is added at once: it stays in a cache
NAME = "linear_cross_entropy"


@as_it_is
class LinearCrossEntropy:
    """Softmax cross-entropy of the logits `hidden @ weight.T + bias`, computed some rows at a time.

    Parameters
    ----------
    hidden : array
        Shape (..., D).
    weight : array
        Shape (V, D), one row for each class.
    target : array of int
        Class indices, shape (...).
    bias : array, optional
        Shape (V,).
    class_weight : array, optional
        Shape (V,), finite and at least 0.
    label_smoothing : float, default 0.0
        Share of the target spread evenly over all classes.
    z_loss : float, default 0.0
        Weight of the squared log-normaliser of the logits, which is added.
    logit_softcap : float, default 0.0
        Cap of the logits, which become cap tanh(logits / cap) first; 0 for none.
    ignore_index : int, optional
        A class index whose rows count nowhere.
    reduction : {"mean", "sum", "none"}, default "mean"
        The mean is weighted by the target's class weight.

    Returns
    -------
    scalar or array
        The loss, in the dtype of hidden; with reduction="none" one for each row. On tensors the mean and
        the sum compute their gradients in the same pass and keep no logits; "none" keeps them for autograd.

    Raises
    ------
    TypeError, ValueError
        For arrays that do not belong or fit together, or a class out of range.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> hidden, weight = np.eye(2), np.array([[2.0, 0.0], [0.0, 2.0], [0.0, 0.0]])
    >>> float(slopes.linear_cross_entropy(hidden, weight, np.array([0, 1])))
    0.239544766221...
    """

    def __call__(
        self,
        hidden: Any,
        weight: Any,
        target: Any,
        bias: Any = None,
        *,
        class_weight: Any = None,
        label_smoothing: float = 0.0,
        z_loss: float = 0.0,
        logit_softcap: float = 0.0,
        ignore_index: int | None = None,
        reduction: str = "mean",
    ) -> Any:
        """Return the loss."""
        work = _prepared(
            (hidden, weight, target, bias),
            reduction,
            class_weight=class_weight,
            label_smoothing=label_smoothing,
            z_loss=z_loss,
            logit_softcap=logit_softcap,
            ignore_index=ignore_index,
        )
        if reduction == "none":
            losses = [work.loss(work.arrays, rows, reduction="none") for rows in work.chunks()]
            return work.backend.reshape(work.backend.concatenate(losses), shape_of(target))
        return work.backend.fused(work.reduced, work.arrays)

    @as_it_is
    def value_and_gradient(
        self,
        hidden: Any,
        weight: Any,
        target: Any,
        bias: Any = None,
        *,
        class_weight: Any = None,
        label_smoothing: float = 0.0,
        z_loss: float = 0.0,
        logit_softcap: float = 0.0,
        ignore_index: int | None = None,
        reduction: str = "mean",
    ) -> tuple[Any, tuple[Any, ...]]:
        """Return the reduced loss and its gradients in hidden, weight and, where there is one, bias."""
        if reduction == "none":
            raise ValueError(f"{NAME}: value_and_gradient needs reduction='mean' or 'sum'")
        work = _prepared(
            (hidden, weight, target, bias),
            reduction,
            class_weight=class_weight,
            label_smoothing=label_smoothing,
            z_loss=z_loss,
            logit_softcap=logit_softcap,
            ignore_index=ignore_index,
        )
        with work.backend.without_graph():
            value, (of_hidden, *others) = work.reduced(work.arrays, True)
        return value, (work.backend.reshape(of_hidden, shape_of(hidden)), *others)

    def __repr__(self) -> str:
        return NAME

    name = NAME
    given: ClassVar[Mapping[str, Any]] = {}
    one_in_graphs(__call__)
    one_in_graphs(value_and_gradient)


@dataclass(frozen=True)
class _Work:
    """One checked call: arrays are hidden (N, D), weight (V, D) and perhaps bias (V,)."""

    backend: Backend
    arrays: tuple[Any, ...]
    target: Any
    divisor: Any
    options: dict[str, Any]

    def chunks(self) -> Iterator[slice]:
        """Rows whose logits are held at once."""
        count, classes = (shape_of(a)[0] for a in self.arrays[:2])
        if not (isinstance(count, int) and isinstance(classes, int)):
            return iter((slice(None),))  # a length that is known only when the graph runs
        rows = max(1, CHUNK // classes)
        return (slice(i, min(i + rows, count)) for i in range(0, max(1, count), rows))

    def logits(self, arrays: tuple[Any, ...], rows: slice) -> Any:
        hidden, weight, *bias = arrays
        product = hidden[rows, :] @ self.backend.moveaxis(weight, 0, 1)
        return product + bias[0] if bias else product

    def loss(self, arrays: tuple[Any, ...], rows: slice, **reduction: Any) -> Any:
        return get("cross_entropy")(self.logits(arrays, rows), self.target[rows], **self.options, **reduction)

    def reduced(self, arrays: tuple[Any, ...], differentiate: bool) -> tuple[Any, tuple[Any, ...]]:
        """The reduced loss and, if asked, its gradients in all arrays."""
        hidden, weight, *bias = arrays
        if isinstance(hidden, np.ndarray):
            return self.reduced_in_place(differentiate)
        value: Any = 0.0
        slopes: list[Any] = []
        sums: list[Any] = [0.0, 0.0]
        for rows in self.chunks():
            if not differentiate:
                value = value + self.backend.sum(self.loss(arrays, rows, reduction="sum"))
                continue
            part, slope = get("cross_entropy").value_and_gradient(  # type: ignore[attr-defined]
                self.logits(arrays, rows), self.target[rows], **self.options, reduction="sum"
            )
            value = value + self.backend.sum(part)
            slope = self.backend.divided(slope, self.divisor)
            slopes.append(slope @ weight)
            sums[0] = sums[0] + self.backend.moveaxis(slope, 0, 1) @ hidden[rows, :]
            sums[1] = sums[1] + self.backend.sum_of_rows(slope)
        total = self.backend.scalar(self.backend.divided(value, self.divisor), hidden)
        gradients = (self.backend.concatenate(slopes), *sums[: 1 + len(bias)]) if differentiate else ()
        return total, gradients

    def reduced_in_place(self, differentiate: bool) -> tuple[Any, tuple[Any, ...]]:
        """The same on NumPy arrays: every chunk's logits, and then their gradient, in the same memory."""
        hidden, weight, *bias = self.arrays
        names = get("cross_entropy").parameters
        loss: Any = type(get("cross_entropy"))(**{name: self.options[name] for name in names})
        options = {name: option for name, option in self.options.items() if name not in names}
        chunks = list(self.chunks())
        logits = np.empty((min(chunks[0].stop, len(hidden)), weight.shape[0]), hidden.dtype)
        of_hidden, of_weight = np.empty_like(hidden), np.empty_like(weight) if differentiate else None
        of_bias = np.zeros(weight.shape[0], np.float64)
        value = 0.0
        for rows in chunks:
            h, target = hidden[rows], self.target[rows]
            part = np.matmul(h, weight.T, out=logits[: len(h)])
            if bias:
                part += bias[0]
            if of_weight is None:
                value += float(loss(part, target, **options, reduction="sum"))
                continue
            value += float(loss.value_and_gradient(part, target, **options, reduction="sum", out=part)[0])
            np.matmul(part, weight, out=of_hidden[rows])
            share = (h / self.divisor).astype(h.dtype)
            for start in range(0, weight.shape[0], COLUMNS):
                columns = slice(start, start + COLUMNS)
                if rows.start == 0:
                    np.matmul(part[:, columns].T, share, out=of_weight[columns])
                else:
                    of_weight[columns] += part[:, columns].T @ share
            if bias:
                of_bias += part.sum(0, dtype=np.float64)
        total = self.backend.scalar(value / self.divisor, hidden)
        if of_weight is None:
            return total, ()
        of_hidden /= self.divisor
        return total, (of_hidden, of_weight, (of_bias / self.divisor).astype(hidden.dtype))[: 2 + len(bias)]


def _prepared(arguments: tuple[Any, Any, Any, Any], reduction: str, **options: Any) -> _Work:
    hidden, weight, target, bias = arguments
    one_reduction(NAME, reduction)
    given = [("weight", weight), ("target", target)] + ([] if bias is None else [("bias", bias)])
    backend, h, w, t, *b = first_and_others(("hidden", hidden), given)
    w, *b = (
        backend.round_like(floating(backend, name, a), h)
        for name, a in (("weight", w), *(("bias", a) for a in b))
    )
    shape, classes = shape_of(h), shape_of(w)[0] if len(shape_of(w)) == 2 else 0
    if not shape or not classes or shape_of(w)[1] != shape[-1]:
        raise ValueError(
            f"{NAME}: hidden has shape {shape} and weight has shape {shape_of(w)}; "
            "they must be (..., D) and (V, D)"
        )
    if b and shape_of(b[0]) != (classes,):
        raise ValueError(f"{NAME}: bias has shape {shape_of(b[0])}; it must be ({classes},)")
    if shape_of(t) != shape[:-1]:
        raise ValueError(f"{NAME}: target has shape {shape_of(t)}; it must have shape {shape[:-1]}")
    index = class_indices(backend, NAME, t)
    keep = not_ignored(backend, NAME, index, options["ignore_index"])
    known_classes(backend, NAME, index, classes, keep)
    flat = backend.reshape(index, (-1,))
    divisor: Any = 1.0
    if reduction == "mean":
        divisor = shape_of(flat)[0] if keep is None else backend.count(keep)
        if options["class_weight"] is not None:
            carried = weights(backend, NAME, "class_weight", options["class_weight"], h)
            kept = index if keep is None else backend.where(keep, index, 0)
            each = backend.take(carried, kept)
            each = each if keep is None else backend.where(keep, each, 0.0)
            divisor = backend.sum(each)
        divisor = divisor_of_mean(backend, NAME, divisor)
    arrays = (backend.reshape(h, (-1, shape[-1])), w, *b)
    return _Work(backend, arrays, flat, divisor, options)


linear_cross_entropy = LinearCrossEntropy()
