"""The numbers of the page are the library's: its functions against NumPy's, inside the browser."""

import json

import numpy as np
from bench.measured import measured

from slopes.backends.numpy_math import MATH as NUMPY
from slopes.core import PointwiseLoss, RowActivation, RowLoss, definitions
from slopes.emit import javascript
from slopes.explorer.site import HERE
from tests.conftest import label
from tests.explorer.test_page import visit

CLOSE = 1e-13  #: relative, of a result or its argument
SMALLEST = 1e-307  #: beside it numbers lose digits by being subnormal
CALL = """async (calls) => {
  const functions = await import("./functions.js");
  const special = { nan: NaN, inf: Infinity, "-inf": -Infinity };
  const numbers = (v) => (Array.isArray(v) ? v.map(numbers) : (special[v] ?? v));
  const texts = (v) => {
    if (Array.isArray(v)) return v.map(texts);
    return Number.isFinite(v) ? v : Number.isNaN(v) ? "nan" : v < 0 ? "-inf" : "inf";
  };
  return calls.map(([name, method, columns, parameters]) => {
    const given = numbers(columns);
    const call = (_, i) => texts(functions[name][method](...given.map((column) => column[i]), parameters));
    return given[0].map(call);
  });
}"""  #: JSON has no infinities


def test_the_errors_shown_are_those_of_the_table():
    assert json.loads((HERE / "measured.json").read_text()) == measured()
    assert len(measured()) > 40


def plain(x):
    """Numbers as JSON takes them."""
    if isinstance(x, list):
        return [plain(v) for v in x]
    return x if np.isfinite(x) else str(float(x))


def real(n=240):
    """Numbers of every size, dense where curves bend, and the edges."""
    g = np.random.default_rng(0)
    bulk, tails = g.uniform(-8, 8, n // 2), g.choice([-1, 1], n // 2) * 10 ** g.uniform(-12, 3, n // 2)
    return np.concatenate([bulk, tails, [0.0, 1.0, -1.0, 40.0, -40.0, np.inf, -np.inf, np.nan]])


def within(bounds, strict, x):
    """Some of the numbers, and others squeezed in between the bounds."""
    low, high = bounds
    if np.isfinite(high):
        a = np.abs(x[np.isfinite(x)])
        x = low + (high - low) * a / (1 + a)
    elif np.isfinite(low):
        x = low + np.abs(x)
    return x[(x > low) & (x < high)] if strict else x


def columns_of(definition):
    """Arguments of the printed methods: numbers, pairs of numbers, or rows."""
    x = real()
    if not isinstance(definition, RowActivation | RowLoss):
        if not isinstance(definition, PointwiseLoss):
            return [x]
        p, t = (
            within(bounds, definition.strict, x) for bounds in (definition.predictions, definition.targets)
        )
        return [p, np.resize(t[np.isfinite(t)][::-7], len(p))]
    g = np.random.default_rng(1)
    width = (definition.width() or 4) if isinstance(definition, RowActivation) else 4
    rows = g.normal(size=(60, width)) * 10 ** g.uniform(-3, 2, (60, 1))
    if getattr(definition, "ordered", False):
        rows = -np.sort(-rows, axis=-1)
    if getattr(definition, "takes", "") == "log_probabilities":
        rows = rows - np.log(np.exp(rows).sum(-1, keepdims=True))
    if isinstance(definition, RowActivation):
        result = definition.result_width(width)
        return [rows, g.normal(size=(60, result)), g.normal(size=(60, width))]
    index = g.integers(0, width, (60, 1))
    q = NUMPY.below(index, rows) if definition.targets == "ranks" else NUMPY.one_hot(index, rows)
    return [rows, q, g.normal(size=(60, width))]


def arguments_of(definition, method, columns):
    if method == "hvp" or not isinstance(definition, RowActivation | RowLoss):
        return columns
    if method in ("vjp", "jvp"):
        return [columns[0], columns[1 if method == "vjp" else 2]]
    return columns[:1] if isinstance(definition, RowActivation) else columns[:2]


def wrong(body, given, got):
    """Where a result is not the library's, up to CLOSE of itself, of its row or of its argument."""
    with np.errstate(all="ignore"):
        want = np.broadcast_to(body(NUMPY, *given), got.shape)
        moved = body(NUMPY, given[0] * (1 + CLOSE), *given[1:])
        size = np.abs(want) if want.ndim == 1 else np.abs(want).max(-1, keepdims=True)
        size = np.maximum(size, 1e-3 if len(given) == 2 else 0)  # a difference of two terms has a zero
        allowed = CLOSE * size + np.nan_to_num(np.abs(moved - want), posinf=0) + SMALLEST
        near = np.abs(got - want) <= allowed
    return ~(near | (got == want) | (np.isnan(got) & np.isnan(want)))


def test_every_printed_method_gives_the_numbers_of_numpy(page, site):
    visit(page, site, "")
    cases = []
    for _, cls in sorted(definitions.items()):
        for definition in instances_of(cls):
            columns = columns_of(definition)
            for method in javascript.methods_of(cls):
                cases.append((definition, method, arguments_of(definition, method, columns)))
    calls = [
        (d.name, method, [plain(c.tolist()) for c in given], {n: float(v) for n, v in d.parameters.items()})
        for d, method, given in cases
    ]
    failures, compared = [], 0
    for (d, method, given), result in zip(cases, page.evaluate(CALL, calls), strict=True):
        got = np.array(result, dtype=np.float64)
        bad = wrong(getattr(d, method), given, got)
        compared += bad.size
        if bad.any():
            at = tuple(np.argwhere(bad)[0])
            want = np.broadcast_to(getattr(d, method)(NUMPY, *given), got.shape)
            failures.append((label(d), method, int(bad.sum()), [c[at[0]] for c in given], got[at], want[at]))
    assert failures == [], len(failures)
    assert compared > 80_000


def instances_of(cls):
    """A definition at its default and, one parameter at a time, at the other values that the laws try."""
    yield cls()
    for name in javascript.parameters_of(cls):
        for value in cls.bounds()[name].also:
            yield cls(**{name: value})
