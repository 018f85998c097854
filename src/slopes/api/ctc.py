"""CTC: the loss of a sequence of logits for labels whose alignment is not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral
from typing import Any, ClassVar

import numpy as np

from slopes.api.arrays import (
    class_indices,
    divisor_of_mean,
    first_and_others,
    known_classes,
    one_reduction,
    same_framework,
    shape_of,
)
from slopes.api.catalogue import get
from slopes.api.function import as_it_is, one_in_graphs
from slopes.backends import Backend
from slopes.backends.lattice import Lattice, States

NAME = "ctc"


@as_it_is
class CTC:
    """Connectionist temporal classification: minus the log-probability of all alignments with the labels.

    Each frame has a softmax over the classes, the blank among them. An alignment names a class for each
    frame; without repetitions, and then without blanks, it is the target. The loss is the negative logarithm
    of the sum over all alignments [1]_. The gradient comes in closed form from the same sums, in float64
    except on JAX, which computes in the dtype of the logits, or in float32. NumPy, PyTorch and JAX.

    Parameters
    ----------
    logits : array
        Shape (N, T, C), or (T, C) for one sequence: scores, not probabilities.
    target : array of int
        Shape (N, L), or (L,): the labels, without blanks. What is beyond `target_length` counts nowhere.
    input_length : array of int or int, optional
        Shape (N,): how many frames count, from 1 to T. By default all.
    target_length : array of int or int, optional
        Shape (N,): how many labels count, from 0 to L. By default all.
    blank : int, default 0
        The class that stands for no label.
    reduction : {"mean", "sum", "none"}, default "mean"
        The mean is over sequences; torch's divides each loss by its target's length first.
    zero_infinity : bool, default False
        Whether a sequence that is too short for its labels has loss 0 and gradient 0, in place of an
        infinite loss and a gradient of NaN.

    Returns
    -------
    scalar or array
        The loss, in the dtype of the logits; with reduction="none" one for each sequence.

    Raises
    ------
    TypeError, ValueError
        For arrays that do not fit together, labels or lengths out of range, or arrays of other frameworks.

    References
    ----------
    .. [1] Graves, Fernandez, Gomez and Schmidhuber (2006). Connectionist temporal classification: labelling
       unsegmented sequence data with recurrent neural networks. https://doi.org/10.1145/1143844.1143891

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> logits = np.zeros((1, 2, 3))  # two frames of three equally likely classes
    >>> slopes.ctc(logits, np.array([[1]])).round(6)  # -log(3 / 9): the alignments 11, 10 and 01
    np.float64(1.098612)
    """

    name = NAME
    given: ClassVar[Mapping[str, Any]] = {}

    def __call__(
        self,
        logits: Any,
        target: Any,
        *,
        input_length: Any = None,
        target_length: Any = None,
        blank: int = 0,
        reduction: str = "mean",
        zero_infinity: bool = False,
    ) -> Any:
        """Return the loss."""
        one_reduction(NAME, reduction)
        work = _prepared(logits, target, input_length, target_length, blank, zero_infinity)
        return work.reduced(work.backend.fused(work.run, work.arrays), reduction)

    @as_it_is
    def value_and_gradient(
        self,
        logits: Any,
        target: Any,
        *,
        input_length: Any = None,
        target_length: Any = None,
        blank: int = 0,
        reduction: str = "mean",
        zero_infinity: bool = False,
    ) -> tuple[Any, Any]:
        """Return the reduced loss and its gradient in the logits, in one pass."""
        one_reduction(NAME, reduction)
        work = _prepared(logits, target, input_length, target_length, blank, zero_infinity)
        with work.backend.without_graph():
            losses, (gradient,) = work.run(work.arrays, True)
            if reduction == "mean":
                gradient = gradient / work.count()
            return work.reduced(losses, reduction), work.backend.reshape(gradient, shape_of(logits))

    @as_it_is
    def gradient(self, logits: Any, target: Any, **options: Any) -> Any:
        """Return the gradient of the reduced loss in the logits."""
        return self.value_and_gradient(logits, target, **options)[1]

    def __repr__(self) -> str:
        return NAME

    one_in_graphs(__call__)
    one_in_graphs(value_and_gradient)
    one_in_graphs(gradient)


@dataclass(frozen=True)
class _Work:
    """One checked call."""

    backend: Backend
    lattice: Lattice
    arrays: tuple[Any, ...]  #: the logits (N, T, C), and the fields of `States`
    shape: tuple[int, ...]  #: of the losses
    zero_infinity: bool

    def run(self, arrays: tuple[Any, ...], differentiate: bool) -> tuple[Any, tuple[Any, ...]]:
        """The losses (N, 1, 1) and, if asked, their gradients (N, T, C)."""
        x, states, xp, lattice = arrays[0], States(*arrays[1:]), self.lattice.xp, self.lattice
        with np.errstate(all="ignore"):
            wide = lattice.widen(x)
            log_p = get("log_softmax")(wide)
            forward, total = lattice.log_sums(log_p, states)
            losses, never = 0.0 - total, total == -xp.inf
            if self.zero_infinity:
                losses = xp.where(never, 0.0, losses)
            rounded = self.backend.round_like(losses[:, None, None], x)
            if not differentiate:
                return rounded, ()
            occupied = lattice.occupations(log_p, states, forward, total)
            slope = self._difference(get("softmax")(wide), occupied)
            counts = lattice.arange(wide.shape[1], wide) < states.frames[:, None]
            slope = xp.where(counts[..., None], slope, 0.0)
            slope = xp.where(never[:, None, None], 0.0 if self.zero_infinity else xp.nan, slope)
            return rounded, (self.backend.round_like(slope, x),)

    def _difference(self, p: Any, occupied: Any) -> Any:
        """The gradient p - occupied, whose sum is 0: where both are near 1, minus the sum of all others."""
        xp = self.lattice.xp
        most = xp.argmax(occupied, -1)[..., None] == self.lattice.arange(p.shape[-1], p)
        others = xp.where(most, 0.0, p - occupied)
        return xp.where(most, -xp.sum(others, -1)[..., None], others)

    def count(self) -> int:
        """The number of sequences, which must not be 0."""
        return int(divisor_of_mean(self.backend, NAME, shape_of(self.arrays[0])[0]))

    def reduced(self, losses: Any, reduction: str) -> Any:
        backend = self.backend
        if reduction == "none":
            losses = backend.reshape(losses, self.shape)
            return losses if self.shape else losses[()]
        divisor = self.count() if reduction == "mean" else None
        return backend.scalar(backend.divided(backend.sum(backend.widen(losses)), divisor), self.arrays[0])


def _prepared(
    logits: Any, target: Any, input_length: Any, target_length: Any, blank: Any, zero_infinity: bool
) -> _Work:
    """Check everything, and lay out the states."""
    backend, x, labels = first_and_others(("logits", logits), [("target", target)])
    lattice: Lattice | None = getattr(backend, "lattice", None)
    if lattice is None:
        raise TypeError(f"{NAME} needs arrays of NumPy, PyTorch or JAX, got one of {backend.name}")
    shape = shape_of(x)
    if len(shape) not in (2, 3) or 0 in shape[-2:]:
        raise ValueError(
            f"{NAME}: logits have shape {shape}; it must be (N, T, C) or (T, C), T and C above 0"
        )
    own = shape_of(labels)
    if own[:-1] != shape[:-2] or len(own) != len(shape) - 1:
        wanted = "(N, L)" if len(shape) == 3 else "(L,)"
        raise ValueError(f"{NAME}: logits have shape {shape} and target has shape {own}; it must be {wanted}")
    frames, classes = shape[-2:]
    if isinstance(blank, bool) or not isinstance(blank, Integral) or not 0 <= int(blank) < classes:
        raise ValueError(f"{NAME}: blank must be a class from 0 to {classes - 1}, got {blank!r}")
    if not isinstance(zero_infinity, bool):
        raise TypeError(f"{NAME}: zero_infinity must be True or False, got {zero_infinity!r}")
    x = backend.reshape(x, (-1 if shape[:-2] else 1, frames, classes)) if 0 not in shape else x
    index = backend.reshape(class_indices(backend, NAME, labels), (shape_of(x)[0], own[-1]))

    def length(what: str, given: Any, low: int, high: int) -> Any:
        given = high if given is None else given
        array = class_indices(backend, f"{NAME}: {what}", same_framework(backend, what, given, "logits", x))
        if shape_of(array) not in ((), shape[:-2]):
            raise ValueError(
                f"{NAME}: {what} has shape {shape_of(array)}; "
                f"it must be an integer or have shape {shape[:-2]}"
            )
        if backend.concrete(array) and backend.any(wrong := (array < low) | (array > high)):
            found = backend.first(array, wrong)
            raise ValueError(f"{NAME}: {what} must lie between {low} and {high}, got {found}")
        return backend.broadcast_to(array, (shape_of(x)[0],))

    counted = length("input_length", input_length, 1, frames)
    known = length("target_length", target_length, 0, own[-1])
    keep = lattice.arange(own[-1], x) < known[:, None]
    known_classes(backend, NAME, index, classes, keep)
    if backend.concrete(index) and backend.any((index == blank) & keep):
        raise ValueError(f"{NAME}: target holds the blank, {blank}; it must hold labels only")
    states = _states(lattice, lattice.xp.where(keep, index, blank), counted, known, int(blank))
    return _Work(backend, lattice, (x, *states), shape[:-2], zero_infinity)


def _states(lattice: Lattice, labels: Any, frames: Any, known: Any, blank: int) -> States:
    """A blank, a label, a blank, ... and a blank."""
    xp = lattice.xp
    pairs = xp.stack((xp.full_like(labels, blank), labels), 2)
    last = xp.full_like(frames[:, None], blank)
    classes = xp.concatenate((pairs.reshape(labels.shape[0], 2 * labels.shape[1]), last), 1)
    none = classes[:, :2] != classes[:, :2]
    skips = (classes[:, 2:] != classes[:, :-2]) & (classes[:, 2:] != blank)
    place, end = lattice.arange(classes.shape[1], frames), 2 * known[:, None]
    ends = (place == end) | (place == end - 1)
    return States(classes, xp.concatenate((none, skips), 1), ends, frames)


ctc = CTC()
