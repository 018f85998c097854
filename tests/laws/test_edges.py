"""NaN in, NaN out; limits at plus and minus infinity; documented choices at kinks."""

import mpmath as mp
import numpy as np
import pytest
from ml_dtypes import bfloat16

from slopes.core import definitions
from tests.conftest import instances, public
from tests.laws.reference import ORDERS, M, curves, exact, width_of
from tests.loops import over

DTYPES = [np.float16, bfloat16, np.float32, np.float64]


def values(definition, x):
    """Value, first and second derivative of a curve through the public functions."""
    function = public(definition)
    if definition.kind == "activation":
        return function(x), function.derivative(x), function.derivative(x, order=2)
    target = np.ones_like(x) if definition.kind == "margin_loss" else np.zeros_like(x)
    gradient, hessian = function.gradient_and_hessian(x, target)
    return function(x, target, reduction="none"), gradient, hessian


@over("dtype", DTYPES)
def test_nan_in_nan_out(curve, dtype):
    for result in values(curve, np.array([np.nan, 1.0], dtype)):
        assert np.isnan(result[0])
        assert not np.isnan(result[1])


@over("dtype", DTYPES)
def test_a_curve_is_nan_outside_its_domain_and_has_its_limits_at_the_ends(activation, dtype):
    for side, end, limit in zip(
        (-1, 1), activation.facts.domain, activation.facts.limits or (), strict=False
    ):
        if np.isinf(end):
            continue
        beside = [np.nextafter(dtype(end), dtype(end + sign * side)) for sign in (1, -1)]
        x = np.array([side * np.inf, end + side * 1e4, *beside, end], dtype)
        for result in values(activation, x):
            assert np.isnan(result[:3]).all()
            assert not np.isnan(result[3:]).any()
        assert values(activation, x[4:])[0] == limit


@over("dtype", DTYPES)
def test_limits_at_infinity(curve, dtype):
    for order, got in zip(ORDERS, values(curve, np.array([-np.inf, np.inf], dtype)), strict=True):
        for end, bound, result in zip((-1, 1), curve.facts.domain, got, strict=True):
            if np.isfinite(bound):
                continue
            far = getattr(curve, order)(M, end * mp.mpf(10) ** 30)
            farther = getattr(curve, order)(M, end * mp.mpf(10) ** 40)
            beside = getattr(curve, order)(M, end * mp.mpf(10) ** 40 + 1)
            if 0.001 < abs(beside - farther) < 100 and abs(farther) < 100:
                assert np.isnan(result), "there is no limit"
                continue
            grows = abs(farther) > abs(far) + 1 > 2  # like a logarithm, or faster
            fades = abs(far) < 1 and abs(farther) < abs(far) / 2
            want = dtype(np.inf * float(mp.sign(far)) if grows else 0.0 if fades else float(farther))
            # one unit in the last place, for limits that are not exact
            last_place = np.spacing(abs(want)) if np.isfinite(want) else 0
            assert result == want or abs(result - want) <= last_place, (order, end)


def test_silu_at_minus_infinity_is_minus_zero():
    result = public(definitions["silu"]())(np.array([-np.inf]))
    assert result[0] == 0
    assert np.signbit(result[0])


def test_nan_in_prediction_or_target_of_a_loss(two_argument_loss):
    function = public(two_argument_loss)
    nan, half = np.array([np.nan]), np.array([0.5])
    for prediction, target in ((nan, half), (half, nan)):
        assert np.isnan(function(prediction, target, reduction="none")).all()
        gradient, hessian = function.gradient_and_hessian(prediction, target)
        assert np.isnan(gradient).all()
        assert np.isnan(hessian).all()


def test_logit_losses_at_infinity():
    function = public(definitions["binary_cross_entropy_with_logits"]())
    logits = np.array([-np.inf, np.inf, -np.inf, np.inf])
    target = np.array([0.0, 1.0, 1.0, 0.0])
    np.testing.assert_array_equal(function(logits, target, reduction="none"), [0, 0, np.inf, np.inf])
    gradient, hessian = function.gradient_and_hessian(logits, target)
    np.testing.assert_array_equal(gradient, [0, 0, -1, 1])
    np.testing.assert_array_equal(hessian, [0, 0, 0, 0])


def test_probability_losses_at_the_ends():
    function = public(definitions["binary_cross_entropy"]())
    p, t = np.array([0.0, 1.0, 0.0, 1.0]), np.array([0.0, 1.0, 1.0, 0.0])
    np.testing.assert_array_equal(function(p, t, reduction="none"), [0, 0, np.inf, np.inf])
    gradient, hessian = function.gradient_and_hessian(p, t)
    np.testing.assert_array_equal(gradient, [1, -1, -np.inf, np.inf])
    np.testing.assert_array_equal(hessian, [1, 1, np.inf, np.inf])


def test_rows_with_nan_and_infinity(row_activation):
    function, width = public(row_activation), width_of(row_activation)
    x = np.zeros((3, width))
    x[0, 0], x[1, 1], x[2, 0] = np.nan, np.inf, -np.inf
    got = function(x)
    assert np.isnan(got[0]).all() if row_activation.mixes else np.isnan(got[0]).any()
    assert not np.isnan(got[1:]).any()
    limits = {
        "softmax": [[0, 1], [0, 1 / (width - 1)]],
        "log_softmax": [[-np.inf, 0], [-np.inf, -np.log(width - 1)]],
    }
    if row_activation.name in limits:
        np.testing.assert_allclose(got[1:, :2], limits[row_activation.name], rtol=1e-15)
        assert np.isnan(function(np.full((1, width), np.inf))).all()


def test_a_row_of_one_class():
    x = np.array([[3.0], [np.inf], [np.nan]])
    np.testing.assert_array_equal(public(definitions["softmax"]())(x), [[1], [1], [np.nan]])
    np.testing.assert_array_equal(public(definitions["log_softmax"]())(x), [[0], [0], [np.nan]])


def test_cross_entropy_of_one_class():
    function = public(definitions["cross_entropy"]())
    x = np.array([[3.0], [np.inf], [np.nan]])
    value, gradient = (
        function(x, np.zeros(3, int), reduction="none"),
        function.gradient(x, np.zeros(3, int), reduction="none"),
    )
    np.testing.assert_array_equal(value, [0, 0, np.nan])
    np.testing.assert_array_equal(gradient, [[0], [0], [np.nan]])


def test_cross_entropy_with_excluded_classes():
    function = public(definitions["cross_entropy"]())
    x = np.array([[0.0, -np.inf, 0.0], [0.0, -np.inf, 0.0]])
    loss = function(x, np.array([0, 1]), reduction="none")
    np.testing.assert_allclose(loss, [np.log(2), np.inf])
    np.testing.assert_array_equal(function.gradient(x, np.array([0, 1]), reduction="none")[0], [-0.5, 0, 0.5])


def test_nll_with_excluded_classes():
    function = public(definitions["nll"]())
    x = np.array([[-1.0, -np.inf]])
    assert function(x, np.array([0])) == 1
    assert function(x, np.array([1])) == np.inf


def test_losses_of_classes_with_excluded_ones(row_loss):
    """A score of minus infinity is a class that cannot be: where it is wrong, nothing comes of it."""
    if row_loss.targets not in ("masses", "classes") or row_loss.smoothing or row_loss.name == "nll":
        return
    function = public(row_loss)
    x, y = np.array([[0.5, -np.inf, 0.0], [0.0, 40.0, -np.inf]]), np.array([0, 1])
    finite = np.delete(x[0], 1)[None], np.array([0])
    if row_loss.name != "multi_margin" and not row_loss.parameters.get("logit_softcap"):
        np.testing.assert_allclose(function(x, y, reduction="none")[0], function(*finite), rtol=1e-15)
    gradient, hessian = function.gradient_and_hessian(x, y)
    for result in (function(x, y), gradient, hessian, function.full_hessian(x, y)):
        assert np.isfinite(result).all()
    assert gradient[0, 1] == 0
    assert hessian[0, 1] == 0


@pytest.mark.parametrize("name", ["categorical_hinge", "multi_margin"])
def test_the_choice_where_a_margin_is_just_met(name):
    function = public(definitions[name]())
    for x in ([[0.0, 1.0, -3.0]], [[-3.0, 1.0, 0.0]]):
        gradient, hessian = function.gradient_and_hessian(np.array(x), np.array([1]))
        np.testing.assert_array_equal(gradient, 0)
        np.testing.assert_array_equal(hessian, 0)


def test_of_tied_wrong_classes_the_first_has_all_of_the_derivative():
    gradient = public(definitions["categorical_hinge"]()).gradient(np.array([[0.0, 2.0, 2.0]]), np.array([0]))
    np.testing.assert_array_equal(gradient, [[-1, 1, 0]])


def test_the_choice_at_a_kink_is_documented_and_lies_between_the_sides(curve):
    kinked = [d.facts.smooth < 2 for d in instances(curve.kind) if d.name == curve.name]
    assert bool(curve.kinks) == any(kinked)
    for at in curve.facts.breaks:
        order = int(curve.facts.smooth) + 1
        if order == len(ORDERS):
            continue  # nothing that is stated jumps
        function, point = curves(curve)[order], mp.mpf(at)
        sides = sorted(function(point + side * mp.mpf("1e-20")) for side in (-1, 1))
        choice = values(curve, np.array([float(at)]))[order][0]
        pole = np.isinf(choice) and sides[0] > 1e6
        assert pole or sides[0] - mp.mpf("1e-15") <= choice <= sides[1] + mp.mpf("1e-15")


@pytest.mark.parametrize(
    ("name", "at", "order", "choice"),
    [
        ("relu", 0.0, 1, 0.0),
        ("leaky_relu", 0.0, 1, 0.01),
        ("prelu", 0.0, 1, 0.25),
        ("mae", 0.0, 1, 0.0),
        ("quantile", 0.0, 1, 0.0),
        ("hinge", 1.0, 1, 0.0),
        ("huber", 1.0, 2, 0.0),
        ("huber", -1.0, 2, 0.0),
        ("smooth_l1", 1.0, 2, 0.0),
        ("smooth_l1", -1.0, 2, 0.0),
        ("expectile", 0.0, 2, 1.0),
        ("hampel", 4.0, 2, 0.0),
        ("hampel", -8.0, 2, 0.0),
        ("epsilon_insensitive", 0.1, 1, 0.0),
        ("squared_epsilon_insensitive", -0.1, 2, 0.0),
        ("squared_hinge", 1.0, 2, 0.0),
        ("modified_huber", 1.0, 2, 0.0),
        ("modified_huber", -1.0, 2, 0.0),
        ("perceptron", 0.0, 1, 0.0),
    ],
)
def test_the_choices_at_kinks(name, at, order, choice):
    assert values(definitions[name](), np.array([at]))[order][0] == choice


def test_tied_pieces_of_maxout_share_their_derivative():
    function = public(definitions["maxout"]())
    got = function.vjp(np.array([2.0, 2.0, 1.0, 3.0]), np.array([1.0, 1.0]))
    np.testing.assert_array_equal(got, [0.5, 0.5, 0, 1])


def test_exact_values_at_zero(activation):
    low, high = activation.facts.domain
    at = 0.0 if low < 0 < high else low + min(high - low, 2) / 2
    for order, result in zip(ORDERS, values(activation, np.array([at])), strict=True):
        assert float(result[0]) == pytest.approx(float(exact(activation, order, at)), rel=1e-15, abs=0)
