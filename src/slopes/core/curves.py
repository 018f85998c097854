"""Curves: functions of one number, and the losses that are curves of a residual or a margin."""

from abc import abstractmethod
from math import inf
from typing import Any, ClassVar

from slopes.core.definition import Definition
from slopes.core.facts import Facts
from slopes.core.math import Math, T
from slopes.core.op import Body, Op


class Curve(Definition):
    """A function of one number with its first two derivatives."""

    @property
    @abstractmethod
    def facts(self) -> Facts: ...

    @abstractmethod
    def value(self, m: Math, x: T, /) -> T: ...
    @abstractmethod
    def derivative(self, m: Math, x: T, /) -> T: ...
    @abstractmethod
    def second_derivative(self, m: Math, x: T, /) -> T: ...

    def parameter_derivative(self, m: Math, x: T, name: str, /) -> T:
        """The derivative in a learnable parameter."""
        raise NotImplementedError(f"{self.name} has no learnable parameter")

    def body(self, method: str, learn: tuple[str, ...] = (), *extra: Any) -> Body:
        """One method as a body over (x, *learned parameters)."""

        def body(m: Math, x: Any, *learned: Any) -> Any:
            return getattr(self.at(learn, learned), method)(m, x, *extra)

        return body

    def op(self, learn: tuple[str, ...] = ()) -> Op:
        def op(method: str, *partials: Op) -> Op:
            return Op(self.body(method, learn), partials, self.kernel(method, learn))

        in_parameters = (Op(self.body("parameter_derivative", learn, name)) for name in learn)
        return op("value", op("derivative", op("second_derivative")), *in_parameters)


class Activation(Curve):
    """A curve applied to every element of its input."""

    kind = "activation"
    trains: ClassVar[bool] = False  #: whether its parameters are meant to be trained with the network


class PointwiseLoss(Definition):
    """A loss of one prediction and one target, with its derivatives in the prediction."""

    kind = "pointwise_loss"
    takes: ClassVar[str] = "real"  #: "real", "logits", "probabilities", "means" or "log_means"
    predictions: ClassVar[tuple[float, float]] = (-inf, inf)  #: what the prediction may be, bounds included
    targets: ClassVar[tuple[float, float]] = (-inf, inf)  #: what the target may be, bounds included
    strict: ClassVar[bool] = False  #: whether the finite bounds of both are excluded
    safe: ClassVar[tuple[float, float]] = (0.0, 0.0)  #: a prediction and target in place of masked ones

    @property
    @abstractmethod
    def facts(self) -> Facts: ...

    @abstractmethod
    def value(self, m: Math, prediction: T, target: T, /) -> T: ...
    @abstractmethod
    def gradient(self, m: Math, prediction: T, target: T, /) -> T: ...
    @abstractmethod
    def hessian(self, m: Math, prediction: T, target: T, /) -> T: ...
    @abstractmethod
    def target_gradient(self, m: Math, prediction: T, target: T, /) -> T: ...

    def op(self, learn: tuple[str, ...] = ()) -> Op:
        def body(method: str) -> Body:
            return lambda m, p, t, *learned: getattr(self.at(learn, learned), method)(m, p, t)

        hessian = Op(body("hessian"), (), self.kernel("hessian", learn))
        gradient = Op(body("gradient"), (hessian,), self.kernel("gradient", learn))
        in_target = Op(body("target_gradient"))
        return Op(body("value"), (gradient, in_target), self.kernel("value", learn))


class LogitLoss(PointwiseLoss):
    """A pointwise loss of a logit and a probability."""

    kind = "logit_loss"
    takes = "logits"
    targets = (0.0, 1.0)
    safe = (0.0, 0.5)


class ProbabilityLoss(PointwiseLoss):
    """A pointwise loss of a probability and a probability."""

    kind = "probability_loss"
    takes = "probabilities"
    predictions = (0.0, 1.0)
    targets = (0.0, 1.0)
    safe = (0.5, 0.5)


class ResidualLoss(Curve):
    """A curve of the residual `r = prediction - target`."""

    kind = "residual_loss"
    takes: ClassVar[str] = "real"
    predictions: ClassVar[tuple[float, float]] = (-inf, inf)
    targets: ClassVar[tuple[float, float]] = (-inf, inf)
    safe: ClassVar[tuple[float, float]] = (0.0, 0.0)

    def op(self, learn: tuple[str, ...] = ()) -> Op:
        def plus(method: str) -> Body:
            curve = self.body(method, learn)
            return lambda m, p, t, *learned: curve(m, p - t, *learned)

        def minus(method: str) -> Body:
            curve = self.body(method, learn)
            return lambda m, p, t, *learned: -curve(m, p - t, *learned)

        up = Op(plus("second_derivative"), (), self.kernel("hessian", learn))
        down = Op(minus("second_derivative"))
        in_prediction = Op(plus("derivative"), (up, down), self.kernel("gradient", learn))
        in_target = Op(minus("derivative"), (down, up))
        return Op(plus("value"), (in_prediction, in_target), self.kernel("value", learn))


class MarginLoss(Curve):
    """A curve of the margin `z = target * prediction`; the target is -1 or 1."""

    kind = "margin_loss"
    takes: ClassVar[str] = "logits"
    predictions: ClassVar[tuple[float, float]] = (-inf, inf)
    targets: ClassVar[tuple[float, float]] = (-1.0, 1.0)
    safe: ClassVar[tuple[float, float]] = (0.0, 1.0)

    def op(self, learn: tuple[str, ...] = ()) -> Op:
        value, first, second = (
            self.body(method, learn) for method in ("value", "derivative", "second_derivative")
        )

        def op(method: str, body: Body, *partials: Op) -> Op:
            return Op(body, partials, self.kernel(method, learn))

        hessian = op("hessian", lambda m, p, t, *learned: t * t * second(m, t * p, *learned))
        gradient = op("gradient", lambda m, p, t, *learned: t * first(m, t * p, *learned), hessian)
        in_target = Op(lambda m, p, t, *learned: p * first(m, t * p, *learned))
        return op("value", lambda m, p, t, *learned: value(m, t * p, *learned), gradient, in_target)
