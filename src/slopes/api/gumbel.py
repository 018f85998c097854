"""Samples of a categorical distribution that gradients pass through."""

from dataclasses import replace
from typing import Any

import numpy as np

from slopes.activations.hardmax import Hardmax
from slopes.activations.softmax import Softmax
from slopes.api.arrays import floating, shape_of
from slopes.api.row import RowFunction
from slopes.backends import backend_of
from slopes.core import Math, Rowwise, T

NAME = "gumbel_softmax"


class _StraightThrough(Softmax):
    """Hardmax, with the derivatives of softmax."""

    def value(self, m: Math, x: T) -> T:
        return Hardmax().value(m, x)

    def op(self, learn: tuple[str, ...] = ()) -> Rowwise:
        return replace(super().op(learn), kernel=None)  # it computes softmax


class _HardRows(RowFunction):
    definition_class = _StraightThrough


class _SoftRows(RowFunction):
    definition_class = Softmax


def gumbel_softmax(
    logits: Any,
    *,
    seed: "int | np.random.Generator",  # a name in words: NumPy imports its generators when first asked
    temperature: float = 1.0,
    hard: bool = False,
    axis: int = -1,
) -> Any:
    """Return a sample of each row's categorical distribution, as a softmax of noisy logits.

    softmax((logits + g) / temperature) with standard Gumbel noise g [1]_. Where the temperature falls to 0
    it becomes a one-hot sample with the probabilities softmax(logits). The noise comes from NumPy, so that
    one seed gives the same noise on every framework.

    Parameters
    ----------
    logits : array
        Floats of any shape; rows lie along `axis`. Integers become the default float.
    seed : int or numpy.random.Generator
        Where the noise comes from; a generator moves on with each call.
    temperature : float, default 1.0
        Above 0: the larger, the more even.
    hard : bool, default False
        Whether the result is one-hot; gradients are those of the soft sample all the same.
    axis : int, default -1
        Along which the rows lie.

    Returns
    -------
    array
        Of the shape and dtype of the logits; each row adds up to 1. On frameworks that differentiate it
        takes part, and the noise is a constant.

    Raises
    ------
    ValueError
        For a temperature that is not above 0, or a seed below 0.
    TypeError
        For a seed that is neither an integer nor a generator.

    References
    ----------
    .. [1] Jang, Gu and Poole (2017). Categorical reparameterization with Gumbel-softmax.
       https://arxiv.org/abs/1611.01144

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.gumbel_softmax(np.log([0.2, 0.8]), seed=0, hard=True)
    array([0., 1.])
    """
    backend = backend_of(logits)
    x = floating(backend, "logits", logits)
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer | np.random.Generator):
        raise TypeError(f"{NAME}: seed must be an integer or a numpy.random.Generator, got {seed!r}")
    if not isinstance(seed, np.random.Generator) and seed < 0:
        raise ValueError(f"{NAME}: seed must be at least 0, got {seed!r}")
    if not 0 < temperature < np.inf:
        raise ValueError(f"{NAME}: temperature must be a finite number above 0, got {temperature!r}")
    noise = np.random.default_rng(seed).gumbel(size=shape_of(x))
    noisy = (x + backend.cast(backend.array(noise, like=x), x)) / temperature
    rows: RowFunction = _HardRows() if hard else _SoftRows()
    return rows(noisy, axis=axis)
