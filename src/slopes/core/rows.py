"""Functions of a row: activations such as softmax, and losses such as cross-entropy.

Inside a definition a row is the last axis, and reductions keep it with length 1.
"""

from abc import abstractmethod
from math import inf
from typing import Any, ClassVar, NamedTuple

from slopes.core.definition import Definition
from slopes.core.facts import RowFacts
from slopes.core.math import Math, T
from slopes.core.op import Body, Kernel, Op, Rowwise


class RowActivation(Definition):
    """A function of a row x with Jacobian J.

    `vjp` is J^T cotangent, `jvp` is J tangent, `hvp` the derivative of J^T cotangent along the tangent.
    """

    kind = "row_activation"
    reduces: ClassVar[bool] = False  #: whether a row becomes one number
    masked: ClassVar[float] = 0.0  #: the result at an entry that `where` leaves out
    absent: ClassVar[float] = -inf  #: what stands for an entry that `where` leaves out
    multiple: ClassVar[int] = 1  #: what the length of a row must be a multiple of
    mixes: ClassVar[bool] = True  #: whether every entry of a result depends on the whole row

    @property
    @abstractmethod
    def facts(self) -> RowFacts: ...

    def width(self) -> int | None:
        """The length of a row, where the function cuts the axis into rows; None for the whole axis."""
        return None

    def result_width(self, width: int) -> int:
        """The length of the result of a row of this length."""
        return 1 if self.reduces else width

    def kept(self, m: Math, keep: Any) -> Any:
        """Which entries of a result are there, given which of its row are."""
        return m.less(0.0, m.row_sum(m.where(keep, 1.0, 0.0))) if self.reduces else keep

    @abstractmethod
    def value(self, m: Math, x: T, /) -> T: ...
    @abstractmethod
    def vjp(self, m: Math, x: T, cotangent: T, /) -> T: ...
    @abstractmethod
    def jvp(self, m: Math, x: T, tangent: T, /) -> T: ...
    @abstractmethod
    def hvp(self, m: Math, x: T, cotangent: T, tangent: T, /) -> T: ...

    def op(self, learn: tuple[str, ...] = ()) -> Rowwise:
        del learn
        along = Op(lambda m, x, _cotangent, tangent: self.jvp(m, x, tangent))
        back = Op(lambda m, x, _cotangent, cotangent: self.vjp(m, x, cotangent))
        twice = Op(self.hvp)  # symmetric in its two directions: both ways at once
        vjp = Rowwise(
            self.vjp, kernel=self.kernel("vjp"), pullbacks=(twice, along), pushforwards=(twice, back)
        )
        pushed = (Op(self.jvp),)
        return Rowwise(self.value, kernel=self.kernel("value"), pullbacks=(vjp,), pushforwards=pushed)

    def jvp_op(self) -> Rowwise:
        """J tangent, over (x, tangent); for a cotangent c its derivatives are those of <c, J tangent>."""
        in_x = Op(lambda m, x, tangent, cotangent: self.hvp(m, x, cotangent, tangent))
        in_tangent = Op(lambda m, x, _tangent, cotangent: self.vjp(m, x, cotangent))
        return Rowwise(self.jvp, kernel=self.kernel("jvp"), pullbacks=(in_x, in_tangent))


class RowLoss(Definition):
    """A loss of a row x of scores and a row q that the target becomes; `targets` says what it may be.

    "masses": class indices or probabilities. The loss is linear in q, the class masses: class weights times
    target probabilities. Probabilities mean the expected loss of a class drawn from them.
    "classes": class indices only; q is one-hot.
    "ranks": class indices only, in their order, of one class more than the row has scores; q is 1 at every
    score below the index, else 0.
    "labels": rows of labels, each 1 or 0 or a probability; a class index is the only label of its row.
    "distribution": rows of probabilities, which q holds as they are; a class index is a one-hot row.

    Where the loss is not linear in q, a class weight multiplies the whole loss of a row.
    """

    kind = "row_loss"
    takes: ClassVar[str] = "logits"  #: what a row is: "logits" or "log_probabilities"
    targets: ClassVar[str] = "masses"
    ordered: ClassVar[bool] = False  #: whether each score of a row must be below the one before it

    @property
    @abstractmethod
    def facts(self) -> RowFacts: ...

    @abstractmethod
    def value(self, m: Math, x: T, q: T, /) -> T: ...
    @abstractmethod
    def gradient(self, m: Math, x: T, q: T, /) -> T: ...
    @abstractmethod
    def hessian(self, m: Math, x: T, q: T, /) -> T:
        """The diagonal of the Hessian in x."""

    @abstractmethod
    def hvp(self, m: Math, x: T, q: T, tangent: T, /) -> T:
        """The Hessian in x times a tangent."""

    def gauss_newton(self, m: Math, x: T, q: T, tangent: T, /) -> T:
        """The generalised Gauss-Newton matrix times a tangent: of a convex loss, its Hessian."""
        if not self.facts.convex:
            raise ValueError(f"{self.name} is not convex in its prediction: use hvp")
        return self.hvp(m, x, q, tangent)

    def mass_gradient(self, m: Math, x: T, q: T, /) -> T:
        """The derivative in q, for targets that are not class indices only."""
        raise NotImplementedError(f"{self.name} takes class indices only")

    @property
    def smoothing(self) -> float:
        """The share of the target that is spread evenly over all classes."""
        return 0.0

    def with_options(self) -> Any:
        """What is computed: this, or something with the same methods around it."""
        return self

    def op(self, learn: tuple[str, ...] = ()) -> Op:
        """The value over (x, q); a cotangent of shape (..., 1) multiplies whole rows of the gradient."""
        del learn
        loss = self.with_options()
        hvp = (Op(loss.hvp),)  # a symmetric matrix: both ways at once
        gradient = Rowwise(loss.gradient, pullbacks=hvp, pushforwards=hvp, diagonal=Op(loss.hessian))
        return Op(loss.value, (gradient, Op(loss.mass_gradient)))

    def op_of_targets(self, by_class: bool, class_weight: Any = None) -> Op:
        """The same over (x, target); a target is a class index (..., 1) or a row of numbers."""
        loss, encoded = self.with_options(), _Encoded(self, by_class, class_weight)

        def kernel(method: str) -> Kernel | None:
            known = self.kernel(method)
            return known and known._replace(by_class=by_class, class_weight=class_weight)

        hvp = (Op(encoded.body(loss.hvp)),)
        gradient = Rowwise(
            encoded.body(loss.gradient),
            kernel=kernel("gradient"),
            pullbacks=hvp,
            pushforwards=hvp,
            diagonal=Op(encoded.body(loss.hessian), (), kernel("hessian")),
        )
        return Op(encoded.body(loss.value), (gradient, Op(encoded.in_target)), kernel("value"))

    def gauss_newton_of_targets(self, by_class: bool, class_weight: Any = None) -> Rowwise:
        """The Gauss-Newton product over (x, target, tangent), where hvp stands in `op_of_targets`."""
        loss, encoded = self.with_options(), _Encoded(self, by_class, class_weight)
        return Rowwise(encoded.body(loss.gradient), pullbacks=(Op(encoded.body(loss.gauss_newton)),))


class _Encoded(NamedTuple):
    """A row loss over (x, target): targets become the row q, and class weights find their place."""

    loss: RowLoss
    by_class: bool
    class_weight: Any

    @property
    def linear(self) -> bool:
        return self.loss.targets == "masses"

    def row(self, m: Math, x: Any, target: Any) -> Any:
        if not self.by_class:
            return target
        return m.below(target, x) if self.loss.targets == "ranks" else m.one_hot(target, x)

    def masses(self, m: Math, x: Any, target: Any) -> Any:
        q, share = self.row(m, x, target), self.loss.smoothing
        if share:
            q = (1 - share) * q + share / m.row_sum(m.fill(x, 1.0))
        return q if self.class_weight is None or not self.linear else self.class_weight * q

    def factor(self, m: Math, target: Any) -> Any:
        """The class weight that a target carries: its class's, or the mean over its probabilities."""
        w = self.class_weight
        return m.row_sum(w * (m.one_hot(target, w) if self.by_class else target))

    def body(self, body: Body) -> Body:
        def encoded(m: Math, x: Any, target: Any, *rest: Any) -> Any:
            result = body(m, x, self.masses(m, x, target), *rest)
            outside = self.class_weight is not None and not self.linear
            return self.factor(m, target) * result if outside else result

        return encoded

    def in_target(self, m: Math, x: Any, target: Any) -> Any:
        q, w = self.masses(m, x, target), self.class_weight
        loss = self.loss.with_options()
        slope = (1 - self.loss.smoothing) * loss.mass_gradient(m, x, q)
        if w is None:
            return slope
        return w * slope if self.linear else self.factor(m, target) * slope + w * loss.value(m, x, q)
