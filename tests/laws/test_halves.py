"""The contract over all 65,536 floats of 16 bits, of both kinds."""

import numpy as np
from ml_dtypes import bfloat16

from slopes.accuracy.formats import ulps
from slopes.backends.numpy_math import MATH
from slopes.core import Curve
from tests.conftest import public
from tests.laws.reference import ORDERS, within
from tests.laws.test_edges import values

HALVES = (np.float16, bfloat16)
BOUNDS = (0.51, 0.51, 1.0)
EVERY = np.arange(1 << 16, dtype=np.uint16)
STATED = ("value", "gradient", "hessian")


def finite(dtype):
    x = EVERY.view(dtype)
    with np.errstate(invalid="ignore"):  # ml_dtypes' functions signal a NaN
        return x[np.isfinite(x)]


def assert_kept(results, wanted, x, *where, beside=0.0):
    """Errors within the bounds; float64 is exact enough to tell, where it is not `beside` a zero."""
    for got, want, bound, order in zip(results, wanted, BOUNDS, ORDERS, strict=True):
        errors = ulps(got, np.asarray(want), 0.0, x.dtype.name)
        with np.errstate(invalid="ignore"):
            errors[np.abs(got.astype(np.float64) - want) <= beside] = 0
        worst = np.argmax(errors)
        assert got.dtype == x.dtype
        assert errors[worst] <= bound, (*where, order, x[worst], got[worst], want[worst])


def test_curves(curve):
    for dtype in HALVES:
        x = within(curve, finite(dtype))
        with np.errstate(all="ignore"):
            wanted = [getattr(curve, order)(MATH, x.astype(np.float64)) for order in ORDERS]
        assert_kept(values(curve, x), wanted, x)


def test_losses_of_two_arguments(two_argument_loss):
    assert not isinstance(two_argument_loss, Curve)
    function, (low, high) = public(two_argument_loss), two_argument_loss.predictions
    for dtype in HALVES:
        x = finite(dtype)
        x = x[(x > low) & (x < high)]
        for target in (0.25, 1.0):
            t = np.full_like(x, target)
            p, q = x.astype(np.float64), t.astype(np.float64)
            with np.errstate(all="ignore"):
                wanted = [getattr(two_argument_loss, method)(MATH, p, q) for method in STATED]
            got = function(x, t, reduction="none"), *function.gradient_and_hessian(x, t)
            terms = np.finfo(np.float64).eps * np.maximum(1, abs(p))  # what cancels there
            assert_kept(got, wanted, x, target, beside=terms)
