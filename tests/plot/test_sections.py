import numpy as np
import pytest
from numpy.typing import NDArray

import slopes
from slopes.core import Definition
from slopes.plot.sampling import sample
from slopes.plot.sections import Section, sections
from tests.conftest import public

Array = NDArray[np.float64]
STEP = 1e-5


def inner_points(section: Section) -> Array:
    """Points in the section's domain, away from its ends and its breaks."""
    low, high = max(-6.0, section.domain[0]), min(6.0, section.domain[1])
    x = np.linspace(low, high, 201)[10:-10] + 0.001234
    for place in section.breaks:
        x = x[np.abs(x - place) > 0.01]
    return x


def test_derivatives_are_those_of_the_line_drawn(ordinary: Definition) -> None:
    for section in sections(public(ordinary), -6, 6):
        x = inner_points(section)
        assert len(x) > 100
        left, right, here = (section.orders(x + d) for d in (-STEP, STEP, 0.0))
        for order in (0, 1):
            slope = (right[order] - left[order]) / (2 * STEP)
            np.testing.assert_allclose(here[order + 1], slope, rtol=1e-5, atol=1e-8)


def test_breaks_of_a_curve_are_its_facts(curve: Definition) -> None:
    (section,) = sections(public(curve), -6, 6)
    assert section.breaks == curve.facts.breaks  # type: ignore[union-attr]


def test_lines_have_gaps_at_breaks_and_nowhere_else(ordinary: Definition) -> None:
    for section in sections(public(ordinary), -6, 6):
        inside = [b for b in section.breaks if -6 < b < 6]
        for order, curve in enumerate(sample(section, -6, 6)):
            gaps = curve.x[np.isnan(curve.y)]
            assert list(gaps) == (inside if order > section.smooth else [])
            assert [mark.x for mark in curve.marks] == inside


def test_no_line_runs_through_a_jump(ordinary: Definition) -> None:
    for section in sections(public(ordinary), -6, 6):
        x = sample(section, -6, 6)[0].x
        x = x[(x >= section.view[0]) & (x <= section.view[1])]
        steepest = [np.abs(order[np.isfinite(order)]).max() for order in section.orders(x)]
        for order, curve in enumerate(sample(section, -6, 6)[:2]):
            y = np.where(curve.x > section.view[0], curve.y, np.nan)
            y = np.where(curve.x < section.view[1], y, np.nan)
            rise = np.abs(np.diff(y)) / np.maximum(np.diff(curve.x), 1e-6)
            assert np.nanmax(rise) <= 2 * steepest[order + 1] + 1e-6


def test_maxout_breaks_where_its_pieces_tie() -> None:
    (section,) = sections(slopes.Maxout(pieces=3), -6, 6)
    assert section.label == "maxout (pieces=3) of (x, 0, 0)"
    assert section.breaks == (0.0,)
    (mark,) = sample(section, -6, 6)[1].marks
    assert (mark.value, mark.limits) == (pytest.approx(1 / 3), (0.0, 1.0))


def test_marks_hold_the_chosen_value_and_both_limits() -> None:
    (section,) = sections(slopes.relu, -6, 6)
    value, first, second = (curve.marks[0] for curve in sample(section, -6, 6))
    assert (first.value, first.limits) == (0.0, (0.0, 1.0))
    assert [mark.jumps for mark in (value, first, second)] == [False, True, False]


def test_softmax_is_drawn_along_its_first_score() -> None:
    (section,) = sections(slopes.softmax, -6, 6)
    value, first, second = section.orders(np.array([0.0, np.log(2.0)]))
    p = np.array([1 / 3, 1 / 2])
    np.testing.assert_allclose(value, p)
    np.testing.assert_allclose(first, p * (1 - p))
    np.testing.assert_allclose(second, p * (1 - p) * (1 - 2 * p), atol=1e-16)


def test_cross_entropy_is_drawn_along_the_target_logit() -> None:
    (section,) = sections(slopes.cross_entropy, -6, 6)
    assert section.label == "cross_entropy of logits (x, 0, 0), target the first class"
    value, first, second = section.orders(np.array([np.log(2.0)]))
    np.testing.assert_allclose((*value, *first, *second), (np.log(2), -0.5, 0.25))


def test_two_argument_losses_are_drawn_at_both_targets() -> None:
    labels = [s.label for s in sections(slopes.binary_cross_entropy, -6, 6)]
    assert labels == ["binary_cross_entropy, target 0", "binary_cross_entropy, target 1"]


def test_probabilities_are_drawn_from_0_to_1_and_log_probabilities_to_0() -> None:
    for section in sections(slopes.binary_cross_entropy, -6, 6):
        assert (sample(section, -6, 6)[0].x[[0, -1]] == (0, 1)).all()
    (section,) = sections(slopes.nll, -6, 6)
    assert (sample(section, -6, 6)[0].x[[0, -1]] == (-6, 0)).all()


def test_poles_do_not_set_the_heights() -> None:
    heights = [sample(s, -6, 6)[2].heights(s.view) for s in sections(slopes.binary_cross_entropy, -6, 6)]
    assert 100 < np.concatenate(heights).max() < 1000


def test_changed_parameters_are_in_the_label() -> None:
    labels = [s.label for f in (slopes.silu, slopes.SiLU(beta=2.0)) for s in sections(f, -6, 6)]
    assert labels == ["silu", "silu (beta=2)"]


def test_nothing_of_a_domain_in_the_range_is_an_error() -> None:
    section = sections(slopes.binary_cross_entropy, 2, 3)[0]
    with pytest.raises(ValueError, match="defined from 0 to 1, and nothing of that lies between 2 and 3"):
        sample(section, 2, 3)
    (section,) = sections(slopes.nll, 2, 3)
    with pytest.raises(ValueError, match="defined from -inf to 0"):
        sample(section, 2, 3)


def test_an_array_of_slopes_is_no_curve() -> None:
    with pytest.raises(TypeError, match="slope must be a number to be drawn"):
        sections(slopes.PReLU(slope=np.array([0.1, 0.2])), -6, 6)
