"""The laws' own helpers: each must be able to fail."""

import mpmath as mp
import numpy as np
import pytest

from slopes.core import definitions
from tests.laws.reference import (
    FAR,
    GRID,
    NEAR,
    TARGETS,
    M,
    close,
    curves,
    difference,
    exact,
    masses,
    random_rows,
    row,
    spacing,
    ulps,
)
from tests.laws.test_accuracy import crossings, sample
from tests.laws.test_facts import agrees, extremes


def test_close_sees_the_fortieth_digit():
    one = mp.mpf(1)
    assert close(one, one + mp.mpf("1e-41"), "1e-40")
    assert not close(one, one + mp.mpf("1e-39"), "1e-40")
    assert not close(row([1, 2]), row([1, 3]), "1e-40")
    with pytest.raises(ValueError, match="zip"):
        close(row([1, 2]), row([1]), "1e-40")


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_ulps_count_the_last_place(dtype):
    x = dtype(1.5)
    assert ulps(x, mp.mpf(1.5), dtype) == 0
    assert ulps(np.nextafter(x, dtype(2)), mp.mpf(1.5), dtype) == 1
    assert ulps(dtype(-1.5), mp.mpf(1.5), dtype) > 1000
    assert ulps(dtype(np.inf), mp.mpf(1.5), dtype) == np.inf
    assert ulps(dtype(np.nan), mp.mpf(1.5), dtype) == np.inf
    assert ulps(dtype(np.inf), mp.mpf(10) ** 400, dtype) == 0
    assert ulps(dtype(-np.inf), mp.mpf(10) ** 400, dtype) == np.inf
    tiny = np.finfo(dtype).smallest_subnormal
    assert spacing(mp.mpf(0), dtype) == mp.mpf(float(tiny))
    assert ulps(dtype(0), mp.mpf(float(tiny)) * 3, dtype) == 3


def test_extremes_are_polished():
    low, high = extremes(mp.sin, mp.cos, GRID)
    assert low == -1
    assert high == 1


def test_agrees_tells_the_thirteenth_digit_and_infinity():
    assert agrees(mp.mpf("0.25"), mp.mpf("0.25"))
    assert not agrees(mp.mpf("0.25") + mp.mpf("1e-12"), mp.mpf("0.25"))
    assert agrees(mp.mpf(1000), mp.inf)
    assert not agrees(mp.mpf(20), mp.inf)
    assert not agrees(mp.mpf(-1000), mp.inf)


def test_difference_is_a_derivative_along_a_direction():
    got = difference(lambda x: x * x, row([1, 2]), row([1, -1]))
    assert close(got, [2, -4], "1e-30")


def test_the_reference_is_exact_to_fifty_digits():
    assert mp.mp.dps == 50
    silu = definitions["silu"]()
    third = exact(silu, "value", np.float32(0.1))
    x = mp.mpf(float(np.float32(0.1)))
    assert close(third, x / (1 + mp.exp(-x)), "1e-48")
    assert close(curves(silu)[1](mp.mpf(0)), mp.mpf("0.5"), "1e-48")


def test_samples_are_where_errors_hide():
    assert len(GRID) == 960
    assert len(NEAR) == 160
    assert all(x * 8 != int(x * 8) for x in GRID)
    assert {abs(x) for x in FAR} == {100, 1000, 10_000, 100_000, mp.mpf(10) ** 100}
    assert len(TARGETS) == 3
    for dtype in (np.float16, np.float32, np.float64):
        x = sample(dtype)
        assert len(x) > 900
        assert np.isfinite(x).all()
        assert (abs(x) < 1e-3).any()
        assert (x < -103).any()
        assert (x > 88).any()
        assert ((abs(x) > 110) & (abs(x) < 760)).sum() > 90
    assert (abs(sample(np.float64)) > 1e200).any()


def test_rows_and_masses_are_varied():
    rows, q = random_rows(12, 4), masses(12, 4)
    assert len({max(r) for r in rows}) == 12
    assert list(q[0]) == [1, 0, 0, 0]
    assert all(abs(sum(m) - 1) > 1e-6 for m in q[1:])


def test_crossings_are_found():
    assert any(abs(x + mp.mpf("1.278")) < 0.1 for x in crossings(definitions["silu"](), 1))
    assert crossings(definitions["sigmoid"](), 0) == []


def test_words_at_fifty_digits():
    assert close(M.sigmoid_times(mp.mpf(3), mp.mpf(0)), mp.mpf("1.5"), "1e-48")
    assert close(M.ndtr_times(mp.mpf(2), mp.mpf(0)), mp.mpf(1), "1e-48")
    assert close(M.exp_difference(mp.mpf(3), mp.mpf(2)), mp.e, "1e-48")
    assert mp.isnan(M.step(mp.nan))
    assert mp.isnan(M.fill(mp.nan, 1.0))
    assert M.times(mp.mpf(0), mp.inf) == 0
