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
    def tanh(self, x: T, /) -> T: ...
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

    def exp_difference(self, x: T, y: T, /) -> T:
        """e^(x - y), with the rounding error of x - y fed back."""

    def row_sum(self, x: T, /) -> T:
        """Sum along the last axis, which stays with length 1."""

    def row_max(self, x: T, /) -> T:
        """Maximum along the last axis, which stays with length 1."""

    def row_argmax(self, x: T, /) -> Any:
        """True at the first maximum of each row, a condition for `where`; a NaN counts as the maximum."""

    def one_hot(self, index: Any, x: T, /) -> T:
        """1 at the class `index` (..., 1) of each row of x, else 0."""

    def below(self, index: Any, x: T, /) -> T:
        """1 at every class before `index` (..., 1) of each row of x, else 0."""
