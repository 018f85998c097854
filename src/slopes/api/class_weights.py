"""Class weights from how often each class occurs."""

from math import inf, log
from typing import Any

from slopes.api.arrays import floating, shape_of
from slopes.api.function import as_it_is
from slopes.backends import backend_of
from slopes.core import Op

NAME = "class_balanced_weights"


@as_it_is
def class_balanced_weights(counts: Any, beta: float = 0.999) -> Any:
    """Return a `class_weight` by the effective number of examples of each class.

    The weights (1 - beta) / (1 - beta^count), scaled to a mean of 1 [1]_. Beta 0 weighs all classes equally,
    beta towards 1 weighs each by the inverse of its count.

    Parameters
    ----------
    counts : array
        Shape (K,), the number of examples of each class, at least 1.
    beta : float, default 0.999
        At least 0 and below 1: (N - 1) / N for N distinct examples of a class.

    Returns
    -------
    array
        Shape (K,), floats of the counts' array library.

    Raises
    ------
    ValueError
        For counts below 1, another shape, or a beta out of its bounds.

    References
    ----------
    .. [1] Cui, Jia, Lin, Song and Belongie (2019). Class-balanced loss based on effective number of samples.
       https://arxiv.org/abs/1901.05555

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.class_balanced_weights(np.array([900, 100]), beta=0.99)
    array([0.77604158, 1.22395842])
    """
    backend = backend_of(counts)
    n = floating(backend, "counts", counts)
    if len(shape_of(n)) != 1 or not shape_of(n)[0]:
        raise ValueError(f"{NAME}: counts has shape {shape_of(n)}; it must have one entry for each class")
    if not 0 <= beta < 1:
        raise ValueError(f"{NAME}: beta must be at least 0 and below 1, got {beta!r}")
    if backend.concrete(n) and backend.any(~((n >= 1) & (n < inf))):
        raise ValueError(f"{NAME}: counts must be finite and at least 1")
    rate = log(beta) if beta else -inf
    # 1 - beta^n without cancellation for a beta near 1
    (weights,) = backend.pointwise((Op(lambda m, n: -1 / m.expm1(rate * n)),), (n,), (None,))
    return weights * (shape_of(n)[0] / backend.sum(weights))
