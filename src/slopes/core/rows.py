"""Functions of a row: activations such as softmax, and losses such as cross-entropy.

Inside a definition a row is the last axis, and reductions keep it with length 1.
"""

from abc import abstractmethod
from math import inf
from typing import Any, ClassVar

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

    def kept(self, keep: Any) -> Any:
        """Which entries of a result are there, given which of its row are."""
        return keep.any(-1)[..., None] if self.reduces else keep

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
        vjp = Rowwise(self.vjp, kernel=self.kernel("vjp"), pullbacks=(Op(self.hvp), along))
        return Rowwise(self.value, kernel=self.kernel("value"), pullbacks=(vjp,))

    def jvp_op(self) -> Rowwise:
        """J tangent, over (x, tangent); for a cotangent c its derivatives are those of <c, J tangent>."""
        in_x = Op(lambda m, x, tangent, cotangent: self.hvp(m, x, cotangent, tangent))
        in_tangent = Op(lambda m, x, _tangent, cotangent: self.vjp(m, x, cotangent))
        return Rowwise(self.jvp, kernel=self.kernel("jvp"), pullbacks=(in_x, in_tangent))


class RowLoss(Definition):
    """A loss of a row x of scores and a row q of class masses: class weights times target probabilities."""

    kind = "row_loss"
    takes: ClassVar[str] = "logits"  #: what a row is: "logits" or "log_probabilities"

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

    @abstractmethod
    def mass_gradient(self, m: Math, x: T, q: T, /) -> T:
        """The derivative in q."""

    @property
    def smoothing(self) -> float:
        """The share of the target that is spread evenly over all classes."""
        return 0.0

    def op(self, learn: tuple[str, ...] = ()) -> Op:
        """The value over (x, q); a cotangent of shape (..., 1) multiplies whole rows of the gradient."""
        del learn
        gradient = Rowwise(self.gradient, pullbacks=(Op(self.hvp),), diagonal=Op(self.hessian))
        return Op(self.value, (gradient, Op(self.mass_gradient)))

    def op_of_targets(self, by_class: bool, class_weight: Any = None) -> Op:
        """The same over (x, target); a target is a class index (..., 1) or a row of probabilities."""
        share = self.smoothing

        def masses(m: Math, x: Any, target: Any) -> Any:
            q = m.one_hot(target, x) if by_class else target
            if share:
                q = (1 - share) * q + share / m.row_sum(m.fill(x, 1.0))
            return q if class_weight is None else class_weight * q

        def in_target(m: Math, x: Any, target: Any) -> Any:
            slope = (1 - share) * self.mass_gradient(m, x, masses(m, x, target))
            return slope if class_weight is None else class_weight * slope

        def of_target(body: Body) -> Body:
            return lambda m, x, target, *rest: body(m, x, masses(m, x, target), *rest)

        def kernel(method: str) -> Kernel | None:
            known = self.kernel(method)
            return known and known._replace(by_class=by_class, class_weight=class_weight)

        gradient = Rowwise(
            of_target(self.gradient),
            kernel=kernel("gradient"),
            pullbacks=(Op(of_target(self.hvp)),),
            diagonal=Op(of_target(self.hessian), (), kernel("hessian")),
        )
        return Op(of_target(self.value), (gradient, Op(in_target)), kernel("value"))
