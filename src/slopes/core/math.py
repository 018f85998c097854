"""The vocabulary: every operation that a definition may use.

A backend implements these words for its arrays. They are few, total and free of branches, so that the same
definition can run on arrays, on numbers of 50 digits and on symbols. A word exists because two definitions
need it, or because only here can it be computed without losing digits.
"""

from typing import Any, Protocol, Self, TypeVar


class Num(Protocol):
    """Anything with arithmetic: an array, a float, a number of 50 digits, a symbol."""

    def __add__(self, other: Any, /) -> Self: ...
    def __radd__(self, other: Any, /) -> Self: ...
    def __sub__(self, other: Any, /) -> Self: ...
    def __rsub__(self, other: Any, /) -> Self: ...
    def __mul__(self, other: Any, /) -> Self: ...
    def __rmul__(self, other: Any, /) -> Self: ...
    def __truediv__(self, other: Any, /) -> Self: ...
    def __rtruediv__(self, other: Any, /) -> Self: ...
    def __neg__(self) -> Self: ...


T = TypeVar("T", bound=Num)


class Math(Protocol):
    """One backend's words. All are elementwise but the last, which work along a row (the last axis)."""

    def root_two_over_pi(self) -> float:
        """The constant sqrt(2 / pi)."""

    def exp(self, x: T, /) -> T: ...
    def log(self, x: T, /) -> T: ...
    def log1p(self, x: T, /) -> T: ...
    def log1p_excess(self, x: T, /) -> T:
        """The difference x - log(1 + x), without cancellation beside 0."""

    def expm1(self, x: T, /) -> T:
        """e^x - 1, without cancellation beside 0."""

    def expm1_excess(self, x: T, /) -> T:
        """The difference e^x - 1 - x, without cancellation beside 0."""

    def sqrt(self, x: T, /) -> T:
        """The square root; NaN for x < 0."""

    def hypot(self, x: T, y: T | float, /) -> T:
        """The length sqrt(x^2 + y^2), whose squares would overflow first."""

    def power(self, x: T, p: Any, /) -> T:
        """x^p for x >= 0, with 0^0 = 1, and 0^p infinite for p < 0; NaN for x < 0, also for whole p."""

    def sin(self, x: T, /) -> T: ...
    def cos(self, x: T, /) -> T: ...
    def arctan(self, x: T, /) -> T: ...
    def tanh(self, x: T, /) -> T: ...
    def tanh_remainder(self, x: T, /) -> T:
        """The difference x - tanh(x), which would cancel beside 0."""

    def abs(self, x: T, /) -> T: ...
    def sign(self, x: T, /) -> T: ...
    def minimum(self, x: T, y: T | float, /) -> T: ...
    def maximum(self, x: T, y: T | float, /) -> T: ...

    def less(self, x: T | float, y: T | float, /) -> Any:
        """Where x < y: a condition for `where`."""

    def equal(self, x: T, y: T | float, /) -> Any:
        """Where x = y: a condition for `where`."""

    def where(self, condition: Any, x: T | float, y: T | float, /) -> T: ...

    def step(self, x: T, /) -> T:
        """1 for x > 0, else 0; NaN for NaN."""

    def fill(self, x: T, constant: float, /) -> T:
        """The constant at every x; NaN for NaN."""

    def times(self, x: T | float, y: T, /) -> T:
        """The product x y; 0 where x is 0, even for an infinite y."""

    def sigmoid(self, x: T, /) -> T:
        """1 / (1 + e^-x), without flushing its tail to zero."""

    def sigmoid_times(self, y: T | float, x: T, /) -> T:
        """The product y sigmoid(x), with one rounding where sigmoid(x) alone would be subnormal.

        Where the sigmoid underflows it is 0 with the sign of y, even for an infinite y.
        """

    def ndtr_times(self, y: T | float, x: T, /) -> T:
        """The product y Phi(x), Phi the standard normal distribution function, with the same care."""

    def normal_times(self, y: T | float, x: T, /) -> T:
        """The product y phi(x), phi the standard normal density, with the same care."""

    def erf(self, x: T, /) -> T:
        """The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x."""

    def log_ndtr(self, x: T, /) -> T:
        """The logarithm of Phi(x), also where Phi(x) underflows, x < -38, and rounds to 1, x > 8."""

    def inverse_mills(self, x: T, /) -> T:
        """phi(x) / Phi(x), the derivative of log Phi, also where both underflow."""

    def mills_excess(self, x: T, /) -> T:
        """The sum x + phi(x) / Phi(x), which is above 0 and, where it would cancel, decays like -1 / x."""

    def exp_difference(self, x: T, y: T, /) -> T:
        """e^(x - y), with the rounding error of x - y fed back."""

    def row_sum(self, x: T, /) -> T:
        """Sum along the last axis, which stays with length 1."""

    def row_max(self, x: T, /) -> T:
        """Maximum along the last axis, which stays with length 1."""

    def row_argmax(self, x: T, /) -> Any:
        """True at the first maximum of each row, a condition for `where`; a NaN counts as the maximum."""

    def row_threshold(self, x: T, p: Any, /) -> T:
        """The t of each row for which the sum of max(x - t, 0)^p is 1, for p >= 1."""

    def row_half(self, x: T, which: int, /) -> T:
        """The first (0) or second (1) half of each row."""

    def row_join(self, x: T, y: T, /) -> T:
        """Each row of x, followed by that of y."""

    def one_hot(self, index: Any, x: T, /) -> T:
        """1 at the class `index` (..., 1) of each row of x, else 0."""

    def below(self, index: Any, x: T, /) -> T:
        """1 at every class before `index` (..., 1) of each row of x, else 0."""
