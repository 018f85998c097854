"""The numerical contract, in units in the last place, on a thin sample of all floats."""

import itertools

import mpmath as mp
import numpy as np
import pytest

from slopes.core import Curve, definitions
from tests.conftest import public
from tests.laws.reference import GRID, ORDERS, M, curves, exact, random_rows, spacing, ulps
from tests.laws.test_edges import values

CONTRACT = {
    np.float16: (0.51, 0.51, 1.0),
    np.float32: (1.0, 1.0, 2.0),
    np.float64: (2.0, 4.0, 8.0),
}  #: for value, first and second derivative
LOOSER = {
    ("elish", np.float64): ((2.5, 6.0, 10.0), "two rounded exponentials are multiplied"),
    ("erf", np.float64): ((2.0, 5.0, 8.0), "the derivative is the square of a rounded bell"),
    ("gaussian", np.float64): ((5.0, 6.0, 10.0), "the square of a rounded bell"),
    ("isrlu", np.float64): ((2.5, 7.0, 10.0), "powers of a quotient with a rounded hypotenuse"),
    ("isru", np.float64): ((2.5, 7.0, 10.0), "powers of a quotient with a rounded hypotenuse"),
    ("log_ndtr", np.float64): ((3.0, 4.0, 8.0), "the polynomial of the normal tail is evaluated in float64"),
    ("ndtr", np.float64): ((6.0, 4.0, 8.0), "the polynomial of the normal tail is evaluated in float64"),
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
    ("silu", np.float64): ((2.5, 4.0, 8.0), "three roundings and the exponential's own"),
}  #: bounds that hold now where the contract does not hold yet, and why
CONDITIONED = {
    ("cloglog", np.float64): "e^x is rounded before another exponential magnifies its error",
    ("serf", np.float64): "the softplus is rounded before the Gaussian magnifies its error",
    ("smish", np.float64): "two rounded terms of one size cancel around the zero of the derivative",
    ("snake", np.float64): "the derivative touches 0, where the sum of sine and cosine cancels",
    ("soft_clipping", np.float64): "alpha x is rounded before the exponential magnifies its error",
    ("telu", np.float64): "e^x is rounded before the tail of tanh magnifies its error",
    ("celu", np.float64): "x / alpha is rounded before the exponential magnifies its error",
    ("quick_gelu", np.float64): "1.702 x is rounded before the exponential magnifies its error",
    ("gelu_tanh", np.float64): "the cubic gate is rounded before the exponential magnifies its error",
    ("silu", np.float64): "beta x is rounded before the exponential magnifies its error",
    ("softplus", np.float64): "beta x is rounded before the exponential magnifies its error",
}  #: where the bound is three units of |f(x)| + |x f'(x)|; at a beta that is no power of two
BESIDE_A_THRESHOLD = (
    "sparsemax",
    "entmax15",
    "entmax",
)  #: the last place of an entry is that of their sum, 1


def sample(dtype):
    """Floats of every size, dense where curves bend and where exponentials overflow and underflow."""
    generator = np.random.default_rng(11)
    bits = {np.float16: np.uint16, np.float32: np.uint32, np.float64: np.uint64}[dtype]
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


def crossings(definition, order):
    """Where the function of an order changes sign, away from 0."""
    function = curves(definition)[order]
    inner = [x for x in GRID if abs(x) < 12]
    pairs = itertools.pairwise(inner)
    return [(a + b) / 2 for a, b in pairs if function(a) * function(b) < 0 and abs(a) > 0.3]


def slope(definition, order, x):
    """The derivative of an order, stated or by differences."""
    if order < 2:
        return exact(definition, ORDERS[order + 1], x)
    return mp.diff(curves(definition)[2], mp.mpf(float(x)), h=mp.mpf("1e-15"))


def power_of_two(value):
    return value == 0 or np.frexp(abs(value))[0] == 0.5


@pytest.mark.parametrize("dtype", CONTRACT)
def test_curves_keep_the_contract(curve, dtype):
    key = (curve.name, dtype)
    bounds = LOOSER[key][0] if key in LOOSER else CONTRACT[dtype]
    everywhere = key in CONDITIONED and not power_of_two(curve.parameters.get("beta", 0.3))
    x = sample(dtype)
    for order, (method, got) in enumerate(zip(ORDERS, values(curve, x), strict=True)):
        roots = crossings(curve, order)
        for point, result in zip(x, got, strict=True):
            want = exact(curve, method, point)
            error = ulps(result, want, dtype)
            if error <= bounds[order]:
                continue
            beside = any(abs(mp.mpf(float(point)) - r) < abs(r) / 2 for r in roots)
            assert beside or everywhere, (method, point, error)
            scale = abs(mp.mpf(float(point)) * slope(curve, order, point)) + abs(want)
            units = 3 if everywhere else 2 if order == 2 else 1
            assert abs(mp.mpf(float(result)) - want) <= units * spacing(scale, dtype), (method, point, error)


@pytest.mark.parametrize("dtype", CONTRACT)
def test_losses_of_two_arguments_keep_the_contract(two_argument_loss, dtype):
    function = public(two_argument_loss)
    generator = np.random.default_rng(5)
    if two_argument_loss.takes == "probabilities":
        x = np.concatenate([generator.uniform(0, 1, 120), 10.0 ** generator.uniform(-7, 0, 60)])
        x = x.astype(dtype)
        x = x[(x > 0) & (x < 1)]
    else:
        x = np.concatenate([generator.normal(size=120) * 5, generator.uniform(-720, 720, 60)]).astype(dtype)
    for target in (0.0, 0.25, 1.0):
        t = np.full_like(x, target)
        got = (function(x, t, reduction="none"), *function.gradient_and_hessian(x, t))
        methods = ("value", "gradient", "hessian")
        for bound, method, results in zip(CONTRACT[dtype], methods, got, strict=True):
            for point, result in zip(x, results, strict=True):
                want = getattr(two_argument_loss, method)(M, mp.mpf(float(point)), mp.mpf(target))
                crosses = two_argument_loss.takes == "logits" and method == "gradient" and target == 0.25
                if crosses and abs(want) < target / 2:
                    # beside its zero, where sigmoid(z) = t: one unit of what is subtracted
                    assert abs(mp.mpf(float(result)) - want) <= spacing(mp.mpf(target), dtype)
                    continue
                assert ulps(result, want, dtype) <= bound, (method, point, target)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("margin", [0, 5, 17, 20, 50, 88, 103, 300, 700])
def test_cross_entropy_in_the_tails(row_loss, dtype, margin):
    """A confidently right example still has a loss and a gradient."""
    function = public(row_loss)
    x = np.array([[0.0, margin, 0.0], [margin, 0.0, -margin]], dtype)
    if row_loss.takes == "log_probabilities":
        x = x - margin
    t = np.array([1, 1])
    share = getattr(row_loss, "label_smoothing", 0.0)
    q = [[mp.mpf(share) / 3 + (1 - mp.mpf(share)) * (c == label) for c in range(3)] for label in t]
    loss, gradient = function(x, t, reduction="none"), function.gradient(x, t, reduction="none")
    for i in range(2):
        exact_row = np.array([mp.mpf(float(v)) for v in x[i]], object)
        mass = np.array(q[i], object)
        (want,) = row_loss.value(M, exact_row, mass)
        assert ulps(loss[i], want, dtype) <= (1 if dtype == np.float32 else 4)
        for got, g in zip(gradient[i], row_loss.gradient(M, exact_row, mass), strict=True):
            scale = max(abs(g), mp.mpf(share) / 3)  # smoothing's own rounding
            assert abs(mp.mpf(float(got)) - g) <= (1 if dtype == np.float32 else 8) * spacing(scale, dtype)
        hessian = function.hessian(x, t)[i]
        for got, h in zip(hessian, row_loss.hessian(M, exact_row, mass), strict=True):
            assert ulps(got, h, dtype) <= (1 if dtype == np.float32 else 8)


@pytest.mark.parametrize(("dtype", "bound"), [(np.float16, 0.51), (np.float32, 1.0), (np.float64, 6.0)])
def test_rows_keep_their_digits(row_activation, dtype, bound):
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


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("method", ["vjp", "jvp"])
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
    for name, _ in (*LOOSER, *CONDITIONED):
        assert issubclass(definitions[name], Curve)


@pytest.mark.parametrize("method", ["vjp", "jvp"])
@pytest.mark.parametrize("margin", [5, 20, 40, 300])
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
