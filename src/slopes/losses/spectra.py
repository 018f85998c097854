"""What losses of spectra share: magnitudes, and sums over frames and frequencies."""

from slopes.core import ArrayMath, T

FLOOR = 1e-7  #: of the square of a magnitude


def magnitudes(m: ArrayMath, x: T, size: int, hop: int, window: int) -> T:
    """The magnitudes of a short-time Fourier transform, frames by frequencies."""
    both = m.stft(x, size, hop, window)
    even, odd = m.row_half(both, 0), m.row_half(both, 1)
    return m.maximum(m.hypot(even, odd), m.sqrt(m.fill(even, FLOOR)))


def total(m: ArrayMath, x: T) -> T:
    """The sum over the last two axes, which stay with length 1."""
    return m.row_sum(m.transpose(m.row_sum(x)))


def length(m: ArrayMath, x: T) -> T:
    """The Frobenius norm over the last two axes, which stay with length 1."""
    return m.row_norm(m.transpose(m.row_norm(x)))
