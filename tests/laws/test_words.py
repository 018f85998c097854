"""The words of the vocabulary that definitions alone would not measure closely enough."""

import mpmath as mp
import numpy as np
import pytest
import torch

from slopes.backends.numpy_math import MATH
from slopes.backends.torch_math import DIFFERENTIABLE
from slopes.backends.torch_math import MATH as TORCH
from tests.laws.reference import M, close, ulps

UNITS = {
    "erf": 1.25,
    "log_ndtr": 3.0,
    "inverse_mills": 3.0,
    "mills_excess": 3.0,
    "tanh_remainder": 2.5,
    "expm1_excess": 3.0,
}


def points():
    generator = np.random.default_rng(3)
    tiny = 10.0 ** generator.uniform(-300, 0, 100)
    far = 10.0 ** generator.uniform(1, 150, 50)
    one = np.concatenate([generator.uniform(0, 1.5, 300), generator.uniform(0, 45, 300), tiny, far, [1, 40]])
    return np.concatenate([one, -one])


@pytest.mark.parametrize("word", UNITS)
def test_words_of_the_normal_distribution(word):
    with np.errstate(all="ignore"):
        got = getattr(MATH, word)(points())
    for x, result in zip(points(), got, strict=True):
        want = getattr(M, word)(mp.mpf(float(x)))
        if abs(want) > 1e-307:  # a subnormal density is rounded twice
            assert ulps(result, want, np.float64) <= UNITS[word], x


def test_words_of_the_normal_distribution_at_the_ends():
    ends = np.array([-np.inf, np.inf, np.nan])
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(MATH.erf(ends), [-1, 1, np.nan])
        np.testing.assert_array_equal(MATH.log_ndtr(ends), [-np.inf, 0, np.nan])
        np.testing.assert_array_equal(MATH.inverse_mills(ends), [np.inf, 0, np.nan])
        np.testing.assert_array_equal(MATH.mills_excess(ends), [0, np.inf, np.nan])


def test_the_reference_of_what_tanh_takes_joins_its_two_forms():
    x = mp.mpf("0.999")
    assert close(M.tanh_remainder(x), x - mp.tanh(x), "1e-48")
    assert close(M.tanh_remainder(mp.mpf("1e-50")) * mp.mpf(10) ** 150, mp.mpf(1) / 3, "1e-48")


def test_the_reference_of_the_lower_tail_joins_its_two_forms():
    for x in ("-29.9", "-30.1"):
        direct = mp.mpf(x) + mp.npdf(mp.mpf(x)) / (mp.erfc(-mp.mpf(x) / mp.sqrt(2)) / 2)
        assert close(M.mills_excess(mp.mpf(x)) / direct, 1, "1e-40")
    assert close(M.log_ndtr(mp.mpf(20)) * mp.mpf(10) ** 89, mp.mpf("-2.7536241186062336951"), "1e-18")


@pytest.mark.parametrize("p", [1.0, 1.5, 2.0, 4.0, 100.0])
def test_powers_above_the_threshold_add_up_to_one(p):
    x = np.random.default_rng(0).normal(size=(200, 30)) * np.random.default_rng(1).choice(
        [0.01, 1, 9], (200, 1)
    )
    t = MATH.row_threshold(x, p)
    np.testing.assert_allclose(np.sum(np.maximum(x - t, 0) ** p, -1), 1, rtol=1e-13 * p)
    np.testing.assert_allclose(TORCH.row_threshold(torch.tensor(x), p).numpy(), t, rtol=1e-13, atol=1e-14)
    with np.errstate(all="ignore"):
        assert np.isnan(MATH.row_threshold(np.array([[np.nan, 1.0]]), p)).all()


@pytest.mark.parametrize("math", [MATH, TORCH, M])
def test_power_is_total(math):
    x = {MATH: np.array, TORCH: torch.tensor}.get(math, lambda v: np.array([mp.mpf(e) for e in v], object))
    got = [float(v) for v in math.power(x([0.0, -1.0, 2.0]), 2.0)]
    np.testing.assert_array_equal(got, [0, np.nan, 4])
    np.testing.assert_array_equal([float(v) for v in math.power(x([0.0, -1.0, 2.0]), 0.0)], [1, np.nan, 1])


CURVED = {
    "expm1": lambda x: x,
    "sqrt": lambda x: x * x + 0.1,
    "sin": lambda x: x,
    "cos": lambda x: x,
    "arctan": lambda x: x,
    "erf": lambda x: x,
    "log_ndtr": lambda x: x,
    "inverse_mills": lambda x: x,
    "mills_excess": lambda x: x,
    "tanh_remainder": lambda x: x,
    "expm1_excess": lambda x: x,
}


@pytest.mark.parametrize("word", CURVED)
def test_torch_differentiates_every_word_twice(word):
    x = torch.tensor([-50.0, -3.0, -0.5, 0.0, 0.7, 2.0, 9.0], dtype=torch.float64, requires_grad=True)

    def f(x):
        return getattr(DIFFERENTIABLE, word)(CURVED[word](x))

    assert torch.autograd.gradcheck(f, x)
    assert torch.autograd.gradgradcheck(f, x)
    torch.testing.assert_close(f(x), getattr(TORCH, word)(CURVED[word](x)))


def test_torch_differentiates_the_words_of_two_arguments_and_of_rows_twice():
    x = torch.tensor([[0.1, 0.9, 0.4, -0.3], [3.0, 2.5, -1.0, 2.9]], dtype=torch.float64, requires_grad=True)
    for p in (1.0, 1.5, 2.0):
        for f in (
            lambda x, p=p: DIFFERENTIABLE.row_threshold(x, p),
            lambda x, p=p: DIFFERENTIABLE.power(x * x, p),
            lambda x: DIFFERENTIABLE.row_join(DIFFERENTIABLE.row_half(x, 1), x) ** 3,
        ):
            assert torch.autograd.gradcheck(f, x)
            assert torch.autograd.gradgradcheck(f, x)
