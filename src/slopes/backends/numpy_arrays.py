"""The words for losses of several arrays, in NumPy; they also serve arrays of mpmath numbers."""

from typing import Any

import numpy as np

from slopes.backends.spectrum import SpectrumWords

Array = Any


def _order(key: Array) -> Array:
    """The places of a falling key; equal keys keep their order."""
    return np.argsort(-key, axis=-1, kind="stable")


class NumpyArrayWords(SpectrumWords):
    """The words on whole arrays that are the same for floats and for objects."""

    @staticmethod
    def row_cumsum(x: Array) -> Array:
        return np.cumsum(x, axis=-1)

    @staticmethod
    def row_cumsum_back(x: Array) -> Array:
        return np.cumsum(x[..., ::-1], axis=-1)[..., ::-1]

    @staticmethod
    def row_sorted(key: Array, x: Array) -> Array:
        return np.take_along_axis(x, _order(key), axis=-1)

    @staticmethod
    def row_unsorted(key: Array, x: Array) -> Array:
        back = np.argsort(_order(key), axis=-1, kind="stable")
        return np.take_along_axis(x, back, axis=-1)

    @staticmethod
    def column(x: Array, index: int) -> Array:
        return x[..., index : index + 1]

    @staticmethod
    def transpose(x: Array) -> Array:
        return np.swapaxes(x, -1, -2)

    @staticmethod
    def matmul(x: Array, y: Array) -> Array:
        return np.matmul(x, y)

    @staticmethod
    def constant(x: Array, values: Array) -> Array:
        del x
        return values

    @staticmethod
    def taken(x: Array, index: Array) -> Array:
        return np.take(x, index, axis=-1)

    @staticmethod
    def flat(x: Array) -> Array:
        return x.reshape(*x.shape[:-2], x.shape[-2] * x.shape[-1])

    @staticmethod
    def rfft(x: Array, size: int) -> Array:
        z = np.fft.rfft(x, size)
        return np.concatenate([z.real, z.imag], axis=-1)

    @staticmethod
    def irfft(x: Array, size: int) -> Array:
        real, imaginary = np.split(x, 2, axis=-1)
        return np.fft.irfft(real + 1j * imaginary, size)

    @staticmethod
    def eye(x: Array) -> Array:
        return np.broadcast_to(np.eye(x.shape[-1]), x.shape)

    @staticmethod
    def sum_to(x: Array, like: Array) -> Array:
        x, shape = np.asarray(x), np.shape(like)
        if x.shape == shape:
            return x
        x = x.sum(axis=tuple(range(x.ndim - len(shape))))
        longer = tuple(i for i, n in enumerate(shape) if n == 1 and np.shape(x)[i] != 1)
        return np.sum(x, axis=longer, keepdims=True) if longer else x

    @staticmethod
    def spread_to(x: Array, like: Array) -> Array:
        return np.broadcast_to(x, np.broadcast_shapes(np.shape(x), np.shape(like)))


class NumpyNorms:
    """Norms in float64: rows are scaled by a power of two, so that no square overflows or vanishes."""

    @staticmethod
    def row_norm(x: Array) -> Array:
        most = np.max(np.abs(x), axis=-1, keepdims=True, initial=0.0)
        scale = np.where(np.isfinite(most) & (most > 0), np.exp2(np.floor(np.log2(most))), 1.0)
        rows = x / scale
        return scale * np.sqrt(np.sum(rows * rows, axis=-1, keepdims=True))

    @classmethod
    def row_unit(cls, x: Array) -> Array:
        norm = cls.row_norm(x)
        return x / np.where(norm == 0, 1.0, norm)
