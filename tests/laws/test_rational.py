"""The laws of `rational` away from its defaults: kinks inside and at 0, bounded, even, straight, nothing."""

import pytest
from bench.rational import error

import slopes
from slopes.core import definitions
from tests.laws import test_edges, test_facts

NOTHING = dict.fromkeys(("a1", "a2", "a3", "a4", "a5"), 0.0)
SQUARES = {"a2": 0.0, "a4": 0.0}
OTHERS = {
    "kinks at 0 and 1": {"b1": -1.0, "b2": 1.0, "b3": -1.0, "b4": 1.0, "a0": -0.5},
    "its second derivative jumps at -1 and 0": NOTHING
    | {"a1": 1.0, "a2": 1.0, "b1": 1.0, "b2": 0.0, "b4": 1.0},
    "smoother at 0 than at -1": {"a0": 1.0, "b2": 0.0, "b3": 1.0, "b4": 1.0},
    "even and bounded": NOTHING | {"a0": 0.5, "a2": 2.0, "a4": 1.0, "b2": 0.5, "b4": 1.0},
    "straight": SQUARES,
    "0": NOTHING,
}
FACTS = ("range", "lipschitz", "monotone", "convex", "parity")


@pytest.mark.parametrize("given", OTHERS.values(), ids=OTHERS)
def test_laws(given):
    curve = definitions["rational"](**given)
    for fact in FACTS:
        getattr(test_facts, f"test_{fact}")(curve)
    test_facts.test_limits(curve)
    test_facts.test_breaks(curve)
    test_edges.test_the_choice_at_a_kink_is_documented_and_lies_between_the_sides(curve)
    test_edges.test_exact_values_at_zero(curve)


def test_kinks_are_found():
    breaks = [
        (f.smooth, f.breaks) for f in (definitions["rational"](**given).facts for given in OTHERS.values())
    ]
    none = (float("inf"), ())
    assert breaks == [(0, (0.0, 1.0)), (1, (-1.0, 0.0)), (0, (-1.0,)), none, none, none]


def test_the_defaults_are_silu_to_what_the_docstring_says():
    assert error(slopes.rational.parameters) == pytest.approx(0.00058, abs=1e-5)


def test_a_bounded_one_has_its_limits_at_infinity():
    f = slopes.Rational(a5=0.0)
    for end in (float("-inf"), float("inf")):
        assert f(end) == f.parameters["a4"] / f.parameters["b4"]
        assert f.derivative(end) == f.derivative(end, order=2) == 0


def test_a_denominator_that_touches_0_from_below_keeps_its_sign_there():
    """Nearer to 0 the polynomial below underflows."""
    f = slopes.Rational(a0=1.0, b2=-0.25)
    for x in (0.0, 1e-200, -1e-200):
        assert f.derivative(x, order=2) == pytest.approx(2 * 0.249117 - 2 * 0.25, rel=1e-14)
