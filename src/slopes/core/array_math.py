"""The words for losses of several arrays: norms, matrices, order along a row, and shapes.

They come on top of the elementwise words and those of a row. A row is the last axis; a matrix is the last
two. Axes before them are only carried along, and an axis of length 1 is repeated where another array is
longer, as in arithmetic.
"""

from typing import Any, Protocol

from slopes.core.math import Math, T


class ArrayMath(Math, Protocol):
    """The vocabulary with the words on whole arrays."""

    def row_norm(self, x: T, /) -> T:
        """Euclidean norm along the last axis, which stays with length 1; no square overflows."""

    def row_unit(self, x: T, /) -> T:
        """X divided by its norm; a row of zeros has no direction and stays 0."""

    def row_cumsum(self, x: T, /) -> T:
        """Running sum along the last axis, from its start."""

    def row_cumsum_back(self, x: T, /) -> T:
        """Running sum along the last axis, from its end."""

    def row_sorted(self, key: T, x: T, /) -> T:
        """X in the order of a falling key; equal keys keep their order."""

    def row_unsorted(self, key: T, x: T, /) -> T:
        """What `row_sorted` with the same key puts into the order of x."""

    def column(self, x: T, index: int, /) -> T:
        """One entry of each row; the axis stays with length 1."""

    def transpose(self, x: T, /) -> T:
        """Exchange the last two axes."""

    def matmul(self, x: T, y: T, /) -> T:
        """The product of two matrices."""

    def eye(self, x: T, /) -> T:
        """1 on the diagonal of a square matrix, else 0."""

    def stft(self, x: T, size: int, hop: int, window: int, /) -> T:
        """The short-time Fourier transform of rows: frames, each a row of real and then imaginary parts.

        Frames of a Hann window stand around every `hop`-th entry; rows are reflected at their ends.
        """

    def stft_back(self, c: T, x: Any, size: int, hop: int, window: int, /) -> T:
        """What `stft`, as a linear map, pulls back to rows as long as those of x."""

    def sum_to(self, x: T, like: Any, /) -> T:
        """Sum over the axes along which `like` was repeated."""

    def spread_to(self, x: T, like: Any, /) -> T:
        """Repeat along the axes in which `like` is longer."""
