from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from slopes.plot.jumps import jumps

Array = NDArray[np.float64]


@pytest.mark.parametrize("place", [0.0, 0.1, -1 / 3, np.pi, 5.999])
def test_a_jump_is_found_where_it_is(place: float) -> None:
    (found,) = jumps(lambda x: np.where(x < place, -1.0, 2.0) + np.sin(x), -6, 6)
    assert found == pytest.approx(place, abs=2e-9)


def test_a_jump_at_a_round_number_is_found_exactly() -> None:
    assert jumps(np.sign, -6, 6) == (0.0,)
    assert jumps(lambda x: np.sign(x - 1), -7, 6) == (1.0,)


def test_a_value_between_both_limits_is_one_jump() -> None:
    place = 3 / 256  # both intervals that meet here are searched
    assert jumps(lambda x: np.where(x == place, 0.5, (x > place) * 1.0), 0, 1) == (place,)
    assert jumps(lambda x: np.where(x == 0, 0.5, (x > 0) * 1.0), -6, 6) == (0.0,)


@pytest.mark.parametrize(
    "smooth", [np.tanh, np.abs, lambda x: np.tanh(1000 * x), lambda x: 0 * x, lambda x: 1 / (x * x)]
)
def test_a_continuous_function_has_none(smooth: Callable[[Array], Array]) -> None:
    with np.errstate(divide="ignore"):
        assert jumps(smooth, -6, 6) == ()
