"""The numerical contract, in units in the last place, on a thin sample of all floats."""

import itertools
from functools import cache, partial

import mpmath as mp
import numpy as np
import pytest
from ml_dtypes import bfloat16

from slopes.accuracy.inputs import inputs
from slopes.core import Curve, PointwiseLoss, definitions
from slopes.losses.log_probability import LogProbabilityLoss, probabilities
from tests.conftest import public
from tests.laws.reference import (
    ORDERS,
    M,
    curves,
    exact,
    points,
    random_rows,
    spacing,
    target_row,
    ulps,
    whole,
)
from tests.laws.test_edges import values
from tests.loops import over

CONTRACT = {
    np.float16: (0.51, 0.51, 1.0),
    bfloat16: (0.51, 0.51, 1.0),
    np.float32: (1.0, 1.0, 2.0),
    np.float64: (2.0, 4.0, 8.0),
}  #: for value, first and second derivative
SAMPLED = (np.float32, np.float64)  #: test_halves.py looks at every float of 16 bits, by the same bounds
LOOSER = {
    ("aptx", np.float64): ((2.5, 4.0, 8.0), "three roundings and the exponential's own"),
    ("elish", np.float64): ((2.5, 6.0, 10.0), "two rounded exponentials are multiplied"),
    ("erf", np.float64): ((2.0, 5.0, 8.0), "the derivative is the square of a rounded bell"),
    ("gaussian", np.float64): ((5.0, 6.0, 10.0), "the square of a rounded bell"),
    ("isrlu", np.float64): ((2.5, 7.0, 10.0), "powers of a quotient with a rounded hypotenuse"),
    ("isru", np.float64): ((2.5, 7.0, 10.0), "powers of a quotient with a rounded hypotenuse"),
    ("log_ndtr", np.float64): ((3.0, 4.0, 8.0), "the polynomial of the normal tail is evaluated in float64"),
    ("logish", np.float64): ((4.0, 5.0, 8.0), "the roundings of two sigmoids and a logarithm meet"),
    ("ndtr", np.float64): ((6.0, 4.0, 8.0), "the polynomial of the normal tail is evaluated in float64"),
    ("phish", np.float64): ((6.0, 6.0, 24.0), "the GELU is rounded before the tail of tanh magnifies it"),
    ("serf", np.float64): ((4.0, 7.0, 8.0), "the error function's and the sigmoid's roundings meet"),
    ("smish", np.float64): ((4.0, 5.0, 10.0), "four roundings beside the sigmoid's"),
    ("gelu", np.float64): ((6.0, 6.0, 8.0), "the polynomial of the normal tail is evaluated in float64"),
    ("mish", np.float64): ((4.0, 6.0, 12.0), "e^-|x| enters the gate beside the sigmoid: six roundings"),
    ("sigmoid", np.float64): ((2.5, 4.0, 8.0), "two roundings and the exponential's own"),
    ("starrelu", np.float64): (
        (3.0, 4.0, 8.0),
        "around its zero the rounded scale r^2 cancels with the bias",
    ),
    ("tanhshrink", np.float64): (
        (2.5, 4.0, 8.0),
        "the last quotient of the continued fraction is not near 1",
    ),
    ("andrews_wave", np.float64): ((3.0, 4.0, 8.0), "the square doubles the rounding of r / scale"),
    ("acon_c", np.float64): ((3.0, 5.0, 8.0), "two rounded products are added"),
    ("barron", np.float64): (
        (4.5, 5.5, 10.0),
        "the square doubles the rounding of r / (scale sqrt(2 - alpha))",
    ),
    ("asymmetric", np.float64): ((8.0, 8.0, 12.0), "the power of a rounded probability"),
    ("tweedie_deviance", np.float64): ((8.0, 4.0, 8.0), "a logarithm is rounded before it is squared"),
    ("binary_poly1", np.float64): ((2.5, 5.0, 8.0), "terms of both signs, for an epsilon below 0"),
    ("cauchy", np.float64): ((2.5, 4.0, 8.0), "the square doubles the rounding of r / scale"),
    ("fair", np.float64): ((3.5, 4.0, 8.0), "the square doubles the rounding of r / scale"),
    ("focal", np.float64): ((8.5, 11.0, 12.0), "a power gamma = 5 magnifies the rounding of the sigmoid"),
    ("gamma_deviance", np.float64): ((5.0, 4.0, 8.0), "a quotient less its logarithm"),
    ("geman_mcclure", np.float64): ((2.5, 5.5, 8.0), "the cube trebles the rounding of r / scale"),
    ("log_cosh_activation", np.float64): ((3.0, 4.0, 8.0), "the square doubles the rounding of the tanh"),
    ("log_cosh", np.float64): ((3.0, 4.0, 8.0), "the square doubles the rounding of the tanh"),
    ("msle", np.float64): ((4.5, 4.0, 8.0), "the square doubles the error of the logarithm"),
    ("poisson_deviance", np.float64): ((4.0, 4.0, 8.0), "a quotient less its logarithm"),
    ("poisson_nll", np.float64): ((4.0, 4.0, 8.0), "a difference of terms of one size"),
    ("pseudo_huber", np.float64): ((2.5, 4.0, 8.0), "a quotient, a square, a root and a product, rounded"),
    ("student_t_nll", np.float64): ((2.5, 4.0, 8.0), "the square doubles the rounding of r / scale"),
    ("silu", np.float64): ((2.5, 4.0, 8.0), "three roundings and the exponential's own"),
    ("welsch", np.float64): ((2.0, 5.0, 8.0), "two densities, whose errors add up"),
}  #: bounds that hold now where the contract does not hold yet, and why
CONDITIONED = {
    ("aptx", np.float64): "two rounded products are added, and cancel where the function is 0",
    ("asymmetric", np.float64): "the probability is rounded before clip is taken off",
    ("acon_c", np.float64): "the gate's argument is rounded before the exponential magnifies its error",
    ("cloglog", np.float64): "e^x is rounded before another exponential magnifies its error",
    ("logish", np.float64): "two rounded terms of one size cancel around the zero of the derivative",
    ("phish", np.float64): "two rounded terms of one size cancel around the zero of the derivative",
    ("serf", np.float64): "the softplus is rounded before the Gaussian magnifies its error",
    ("smish", np.float64): "two rounded terms of one size cancel around the zero of the derivative",
    ("snake", np.float64): "the derivative touches 0, where the sum of sine and cosine cancels",
    ("soft_clipping", np.float64): "alpha x is rounded before the exponential magnifies its error",
    ("telu", np.float64): "e^x is rounded before the tail of tanh magnifies its error",
    ("celu", np.float64): "x / alpha is rounded before the exponential magnifies its error",
    ("quick_gelu", np.float64): "1.702 x is rounded before the exponential magnifies its error",
    ("andrews_wave", np.float64): "r / scale is rounded before the sine falls to 0 at pi",
    ("gelu_tanh", np.float64): "the cubic gate is rounded before the exponential magnifies its error",
    ("silu", np.float64): "beta x is rounded before the exponential magnifies its error",
    ("softplus", np.float64): "beta x is rounded before the exponential magnifies its error",
    ("welsch", np.float64): "r / scale is rounded before the exponential magnifies its error",
}  #: where the bound is three units of |f(x)| + |x f'(x)|
#: at a beta that is no power of two, or where two lines are added
SUMS = {
    ("rational", np.float64): "terms of both signs cancel, at -8 all but 1 part in 2,500 of their size"
}  #: where the bound is four units of the terms that are added up, up to |x| = 1000
BESIDE_A_THRESHOLD = (
    "sparsemax",
    "entmax15",
    "entmax",
)  #: the last place of an entry is that of their sum, 1


def sample(dtype):
    """Floats of every size, dense where curves bend and where exponentials overflow and underflow."""
    generator = np.random.default_rng(11)
    bits = {2: np.uint16, 4: np.uint32, 8: np.uint64}[np.dtype(dtype).itemsize]
    patterns = generator.integers(0, np.iinfo(bits).max, 400, dtype=bits, endpoint=True)
    edges = [c + d for c in (17, 88.7, 103.5, 708.4, 745.1, 38.5, 8.3) for d in (-1, -0.3, 0, 0.3)]
    parts = [
        patterns.view(dtype),
        np.array([s * e for e in edges for s in (-1, 1)]).astype(dtype),
        generator.uniform(-12, 12, 500).astype(dtype),
        generator.uniform(-760, 760, 150).astype(dtype),
    ]
    x = np.concatenate(parts)
    return x[np.isfinite(x)]


@cache
def crossings(definition, order):
    """Where the function of an order changes sign, away from 0."""
    function = cache(curves(definition)[order])
    inner = [x for x in points(definition) if abs(x) < 12]
    pairs = itertools.pairwise(inner)
    return [(a + b) / 2 for a, b in pairs if function(a) * function(b) < 0 and abs(a) > 0.3]


def slope(definition, order, x):
    """The derivative of an order, stated or by differences."""
    if order < 2:
        return exact(definition, ORDERS[order + 1], x)
    return mp.diff(curves(definition)[2], mp.mpf(float(x)), h=mp.mpf("1e-15"))


def scale_of(curve):
    """The parameter that multiplies or divides the argument."""
    given = curve.parameters
    if curve.name == "aptx" and given["alpha"] != 1:
        return 0.3  # of two lines, neither is left out
    apart = given["p1"] - given["p2"] if curve.name == "acon_c" else 1.0
    return apart * given.get("beta", given.get("scale", 0.3))


def terms_of_quotient(curve, order, x):
    """The size of what an order of a quotient of two polynomials adds up, between -1000 and 1000."""
    if abs(x) > 1000:
        return mp.mpf(0)
    given, x = curve.parameters, mp.mpf(float(x))
    size = max(abs(x), 1) if order else abs(x)
    above = sum(abs(given[f"a{k}"]) * size**k for k in range(6))
    terms = 1 + sum(abs(given[f"b{k}"]) * size**k for k in range(1, 5))
    below = 1 + abs(sum(given[f"b{k}"] * x**k for k in range(1, 5)))
    # a derivative multiplies the terms by their degree, of x^5 over x^4 by 5 at most, then by 8
    return above * terms / below**2 * (1, 5, 40)[order] / size**order


def power_of_two(value):
    return value == 0 or np.frexp(abs(value))[0] == 0.5


@over("dtype", SAMPLED)
def test_curves_keep_the_contract(curve, dtype):
    key = (curve.name, dtype)
    bounds = LOOSER[key][0] if key in LOOSER else CONTRACT[dtype]
    everywhere = key in CONDITIONED and not power_of_two(scale_of(curve))
    every = (
        1500 if dtype == np.float64 else 2_000_003
    )  # of a million doubles, of all floats: all in one block
    x = sample(dtype) if curve.facts.everywhere else inputs(dtype.__name__, every, 0, curve.facts.domain)
    for order, (method, got) in enumerate(zip(ORDERS, values(curve, x), strict=True)):
        roots = crossings(curve, order)
        for point, result in zip(x, got, strict=True):
            want = exact(curve, method, point)
            error = ulps(result, want, dtype)
            if error <= bounds[order]:
                continue
            if key in SUMS and (size := terms_of_quotient(curve, order, point)):
                assert abs(mp.mpf(float(result)) - want) <= 4 * spacing(size, dtype), (method, point, error)
                continue
            beside = any(abs(mp.mpf(float(point)) - r) < abs(r) / 2 for r in roots)
            assert beside or everywhere, (method, point, error)
            scale = abs(mp.mpf(float(point)) * slope(curve, order, point)) + abs(want)
            units = 3 if everywhere else 2 if order == 2 else 1
            assert abs(mp.mpf(float(result)) - want) <= units * spacing(scale, dtype), (method, point, error)


def predictions_of(definition, dtype):
    """Floats that the prediction of a loss may be, dense where the loss bends."""
    generator = np.random.default_rng(5)
    low, high = definition.predictions
    if high == 1:
        x = np.concatenate([generator.uniform(0, 1, 120), 10.0 ** generator.uniform(-7, 0, 60)])
    elif low > -np.inf:
        x = low + np.concatenate([10.0 ** generator.uniform(-7, 7, 120), generator.uniform(0, 5, 120)])
    else:
        wide = generator.uniform(-720, 720, 60)
        x = np.concatenate([generator.normal(size=120) * 5, wide if definition.takes != "real" else wide**5])
    with np.errstate(over="ignore"):
        x = x.astype(dtype)
    return x[(x > low) & (x < high)]


@over("dtype", SAMPLED)
def test_losses_of_two_arguments_keep_the_contract(two_argument_loss, dtype):
    function = public(two_argument_loss)
    key = (two_argument_loss.name, dtype)
    bounds = LOOSER[key][0] if key in LOOSER else CONTRACT[dtype]
    everywhere = predictions_of(two_argument_loss, dtype)
    in_unit = two_argument_loss.targets == (0, 1)
    methods = ("value", "gradient", "hessian")
    for target in (0.0, 0.25, 1.0) if in_unit else (*(float(dtype(v)) for v in (0.3, 2.5, 40)), 1.0):
        x = everywhere
        if two_argument_loss.kind == "pointwise_loss" and two_argument_loss.takes != "log_means":
            beside = target * (1 + np.array([1e-2, -1e-3, 1e-5, -1e-7, 1e-9]))
            x = np.concatenate([x, beside.astype(dtype)])
        t = np.full_like(x, target)
        got = (function(x, t, reduction="none"), *function.gradient_and_hessian(x, t))
        for bound, method, results in zip(bounds, methods, got, strict=True):
            for point, result in zip(x, results, strict=True):
                want = getattr(two_argument_loss, method)(M, mp.mpf(float(point)), mp.mpf(target))
                if ulps(result, want, dtype) > bound:
                    off = abs(mp.mpf(float(result)) - want)
                    assert off <= allowed(two_argument_loss, method, point, target, dtype), (
                        method,
                        float(point),
                        target,
                        ulps(result, want, dtype),
                    )


def allowed(definition, method, point, target, dtype):
    """What is allowed where a result changes sign: a unit of what is subtracted there; 0 elsewhere."""
    if (definition.name, dtype) in CONDITIONED:
        x, function = mp.mpf(float(point)), partial(getattr(definition, method), M)
        slope = mp.diff(lambda x: function(x, mp.mpf(target)), x, h=mp.mpf("1e-15"))
        return 3 * spacing(abs(function(x, mp.mpf(target))) + max(abs(x), 1) * abs(slope), dtype)
    if method == "value" and definition.facts.range[0] >= 0:
        return mp.mpf(0)  # it touches 0 at most
    x, t, h = mp.mpf(float(point)), mp.mpf(target), mp.mpf("1e-15")
    function = partial(getattr(definition, method), M)
    slope = mp.diff(lambda x: function(x, t), x, h=h * abs(x))
    in_target = mp.diff(lambda t: function(x, t), t, h=h)
    size = max(abs(x), 1) if definition.predictions[0] == -mp.inf else abs(x)
    if not slope or abs(function(x, t) / slope) > size / 2:  # Newton's step to the zero
        return mp.mpf(0)
    scale = abs(function(x, t)) + abs(size * slope) + abs(t * in_target)
    return (1 if method == "value" else 2) * spacing(scale, dtype)


def terms(row_loss, x, q):
    """The size of what the diagonal of a Hessian is a difference of: a loss may be almost straight."""
    if not isinstance(row_loss, LogProbabilityLoss):
        return [0] * len(x)
    c = probabilities(M, x)
    g, h = abs(q * row_loss.slope(M, c)), abs(q * row_loss.bend(M, c))
    return c.rest * c.rest * h + c.p * (c.p * (np.sum(h) - h) + c.rest * np.sum(g))


@over("dtype", [np.float32, np.float64])
@over("margin", [0, 5, 17, 20, 50, 88, 103, 300, 700])
def test_cross_entropy_in_the_tails(row_loss, dtype, margin):
    """A confidently right example still has a loss and a gradient."""
    function = public(row_loss)
    x = np.array([[0.0, margin, 0.0], [margin, 0.0, -margin]], dtype)
    if row_loss.takes == "log_probabilities":
        x = x - margin
    if row_loss.ordered:
        x = -np.sort(-x, axis=-1) - np.arange(3, dtype=dtype)
    t = np.array([1, 1])
    share, cap = row_loss.smoothing, row_loss.parameters.get("logit_softcap", 0.0)
    magnified = 1 if dtype == np.float32 else 1 + cap  # the exponential magnifies the cap's rounding
    loss, gradient = function(x, t, reduction="none"), function.gradient(x, t, reduction="none")
    for i in range(2):
        exact_row = np.array([mp.mpf(float(v)) for v in x[i]], object)
        mass = target_row(row_loss, int(t[i]), 3)
        (want,) = whole(row_loss).value(M, exact_row, mass)
        assert ulps(loss[i], want, dtype) <= (1 if dtype == np.float32 else 4) * magnified
        for got, g in zip(gradient[i], whole(row_loss).gradient(M, exact_row, mass), strict=True):
            scale = max(abs(g), mp.mpf(share) / 3)  # smoothing's own rounding
            assert abs(mp.mpf(float(got)) - g) <= (1 if dtype == np.float32 else 8) * magnified * spacing(
                scale, dtype
            )
        hessian, exact_hessian = function.hessian(x, t)[i], whole(row_loss).hessian(M, exact_row, mass)
        for got, h, size in zip(hessian, exact_hessian, terms(row_loss, exact_row, mass), strict=True):
            units = (1 if dtype == np.float32 else 8) * magnified
            assert abs(mp.mpf(float(got)) - h) <= units * spacing(max(abs(h), size), dtype)


@over("dtype", [np.float16, bfloat16, np.float32, np.float64])
def test_rows_keep_their_digits(row_activation, dtype):
    bound = 6.0 if dtype == np.float64 else CONTRACT[dtype][0]
    function = public(row_activation)
    width = row_activation.width() or 8
    x = np.array([[float(v) for v in r] for r in random_rows(40, width)]).astype(dtype)
    got = function(x)
    for i in range(len(x)):
        want = row_activation.value(M, np.array([mp.mpf(float(v)) for v in x[i]], object))
        for g, w in zip(got[i], want, strict=True):
            if row_activation.name in BESIDE_A_THRESHOLD and dtype == np.float64:
                assert abs(mp.mpf(float(g)) - w) <= 2 * spacing(mp.mpf(1), dtype)
            else:
                assert ulps(g, w, dtype) <= bound


@over("dtype", [np.float32, np.float64])
@over("method", ["vjp", "jvp"])
def test_products_with_the_jacobian_keep_their_digits(row_activation, dtype, method):
    """Against the size of what is added up: a sum that cancels cannot keep more."""
    function = public(row_activation)
    width = row_activation.width() or 6
    outer = row_activation.result_width(width) if method == "vjp" else width
    rows, others = random_rows(30, width), random_rows(30, outer, 4)
    for x, c in zip(rows, others, strict=True):
        x32, c32 = (np.array([float(v) for v in r]).astype(dtype) for r in (x, c))
        exact_x, exact_c = (np.array([mp.mpf(float(v)) for v in r], object) for r in (x32, c32))
        want = getattr(row_activation, method)(M, exact_x, exact_c)
        got = getattr(function, method)(x32, c32)
        for g, w in zip(got, want, strict=True):
            size = 1 if row_activation.mixes else max(1, *(abs(v) for v in exact_x))  # of a derivative
            scale = abs(w) if dtype == np.float32 else size * max(abs(v) for v in exact_c)
            assert abs(mp.mpf(float(g)) - w) <= 4 * spacing(scale, dtype)


def test_the_exceptions_name_curves_that_exist():
    for name, _ in (*LOOSER, *CONDITIONED, *SUMS):
        assert issubclass(definitions[name], Curve | PointwiseLoss)


@over("method", ["vjp", "jvp"])
@over("margin", [5, 20, 40, 300])
def test_products_with_the_jacobian_of_a_confident_row(row_activation, method, margin):
    """The largest class itself: 1 - p is far below the last place of p."""
    function = public(row_activation)
    width = row_activation.width() or 4
    x = np.zeros(width)
    x[0] = margin
    outer = row_activation.result_width(width) if method == "vjp" else width
    c = np.eye(outer)[0]
    exact_x, exact_c = (np.array([mp.mpf(v) for v in r], object) for r in (x, c))
    want = getattr(row_activation, method)(M, exact_x, exact_c)
    for g, w in zip(getattr(function, method)(x, c), want, strict=True):
        assert ulps(g, w, np.float64) <= 8


@pytest.mark.parametrize("name", ["gamma_deviance", "poisson_deviance"])
@pytest.mark.parametrize("step", [1e-2, 1e-5, 1e-8])
def test_a_deviance_keeps_its_digits_beside_its_minimum(name, step):
    """A quotient less its logarithm: what is left is a square of what was subtracted."""
    definition = definitions[name]()
    target = 1.5
    prediction = target * (1 + step)
    want = definition.value(M, mp.mpf(prediction), mp.mpf(target))
    assert ulps(np.float64(public(definition)(prediction, target)), want, np.float64) <= 16


@pytest.mark.parametrize("step", [-1e-2, 1e-5, -1e-9])
def test_a_logit_keeps_its_digits_beside_one_half(step):
    """Where it changes sign; the exact odds are as near to 1."""
    definition = definitions["logit"]()
    want = definition.value(M, mp.mpf(0.5 + step))
    assert ulps(np.float64(public(definition)(0.5 + step)), want, np.float64) <= 2
