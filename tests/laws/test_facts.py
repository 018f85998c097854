"""Facts are measured: extrema are polished, all breaks are found, nothing is believed."""

import itertools

import mpmath as mp
import numpy as np

from tests.laws.reference import FAR, M, close, curves, masses, random_rows, sections, width_of

EPS = mp.mpf("1e-20")
FARTHEST = [s * mp.mpf(10) ** 30 for s in (-1, 1)]  #: algebraic tails are slow
BOUNDED = [mp.mpf(10) ** -k for k in (5, 10, 20, 40)]


def extremes(function, slope, points):
    """Infimum and supremum on points, polished where the slope changes sign."""
    best = list(points)
    for a, b in itertools.pairwise(points):
        if slope(a) * slope(b) < 0:
            best.append(mp.findroot(slope, (a, b), solver="anderson", tol=1e-40, verify=False))
    values = [function(x) for x in best]
    return min(values), max(values)


def points_of(definition, grid):
    """A grid with its far ends."""
    if definition.kind == "probability_loss":
        return sorted([*grid, *BOUNDED, *(1 - b for b in BOUNDED)])
    kinks = [mp.mpf(b) + side for b in definition.facts.breaks for side in (-EPS, 0, EPS)]
    return sorted({*grid, *FAR, *FARTHEST, mp.mpf(0), *kinks})


def measured(definition, order):
    """Infimum and supremum of a derivative over all points and, for losses, targets."""
    ends = []
    for functions, grid in sections(definition):
        points = points_of(definition, grid)
        if order + 1 < len(functions):
            ends.append(extremes(functions[order], functions[order + 1], points))
    return min(low for low, _ in ends), max(high for _, high in ends)


def agrees(got, claimed):
    """A claimed infinity is approached beyond 25, a claimed number to 13 digits."""
    if mp.isinf(claimed):
        return got * mp.sign(claimed) > 25
    return abs(got - claimed) <= mp.mpf("1e-13") * max(1, abs(claimed))


def test_range(pointwise):
    low, high = measured(pointwise, 0)
    claimed = pointwise.facts.range
    assert agrees(low, mp.mpf(claimed[0])), (low, claimed)
    assert agrees(high, mp.mpf(claimed[1])), (high, claimed)


def test_lipschitz(pointwise):
    if pointwise.facts.smooth < 0:
        assert pointwise.facts.lipschitz == mp.inf  # whatever the derivative beside the jump
        return
    low, high = measured(pointwise, 1)
    assert agrees(max(-low, high), mp.mpf(pointwise.facts.lipschitz))


def test_limits(curve):
    value = curves(curve)[0]
    if curve.facts.limits is None:  # it goes on and on
        assert max(abs(value(far + 1) - value(far)) for far in FAR) > 0.1
        return
    for end, claimed in zip((-1, 1), curve.facts.limits, strict=True):
        near, far = value(end * mp.mpf(10) ** 9), value(end * mp.mpf(10) ** 12)
        if mp.isinf(claimed):
            assert far * mp.sign(claimed) > 100 * near * mp.sign(claimed) > 0
        else:
            assert abs(far - claimed) < mp.mpf("1e-11")


def test_limits_are_stated_for_curves_only(two_argument_loss):
    assert two_argument_loss.facts.limits is None


def test_monotone(pointwise):
    """By derivatives, and by values, which see a jump."""
    rising = all(
        f[1](a) >= 0 and f[1](b) >= 0 and f[0](b) - f[0](a) >= -mp.mpf("1e-40")
        for f, grid in sections(pointwise)
        for a, b in itertools.pairwise(grid)
    )
    assert pointwise.facts.monotone == rising


def test_convex(pointwise):
    """By chords, which see a kink that second derivatives do not."""
    bent = all(
        f[0](a) + f[0](c) - 2 * f[0]((a + c) / 2) >= -mp.mpf("1e-40")
        for f, grid in sections(pointwise)
        for a, c in [*itertools.pairwise(grid), *zip(grid, grid[9:], strict=False), (grid[0], grid[-1])]
    )
    assert pointwise.facts.convex == bent


def test_parity(pointwise):
    if pointwise.kind == "probability_loss":
        assert pointwise.facts.parity == ""
        return
    signs = [
        all(close(f[0](-x), s * f[0](x), "1e-40") for f, grid in sections(pointwise) for x in grid)
        for s in (1, -1)
    ]
    assert pointwise.facts.parity == ("even" if signs[0] else "odd" if signs[1] else "")


def test_breaks(curve):
    facts = curve.facts
    assert bool(facts.breaks) == (facts.smooth < mp.inf)
    lattice = {mp.mpf(i) / 8 for i in range(-80, 81)} | {mp.mpf(b) for b in facts.breaks}
    for order, function in enumerate(curves(curve)):
        jumps = [x for x in sorted(lattice) if abs(function(x + EPS) - function(x - EPS)) > mp.mpf("1e-15")]
        if order <= facts.smooth:
            assert jumps == []
        elif order == facts.smooth + 1:
            assert jumps == sorted(mp.mpf(b) for b in facts.breaks)


def test_a_loss_is_zero_where_the_prediction_is_the_target(pointwise_loss):
    at = {
        "residual_loss": (2, 2),
        "margin_loss": (5, 1),
        "logit_loss": (mp.inf, 1),
        "probability_loss": (1, 1),
    }
    prediction, target = (mp.mpf(v) for v in at[pointwise_loss.kind])
    assert pointwise_loss.op().body(M, prediction, target) == 0


def test_range_and_total_of_rows(row_or_loss):
    facts, width = row_or_loss.facts, width_of(row_or_loss)
    loss = row_or_loss.kind == "row_loss"
    rows = [x * scale for x in random_rows(24, width) for scale in (1, 100)]
    if loss:
        rows[0][0] += 80 + max(rows[0])  # the one-hot's class, confidently right
    if loss and row_or_loss.takes == "log_probabilities":
        rows = [x - max(x) for x in rows]
    arguments = zip(rows, masses(48, width), strict=True) if loss else zip(rows, strict=True)
    results = [row_or_loss.value(M, *a) for a in arguments]
    low, high = min(min(r) for r in results), max(max(r) for r in results)
    for got, claimed, inside in ((low, facts.range[0], 1), (high, facts.range[1], -1)):
        if mp.isinf(claimed):
            assert got * mp.sign(claimed) > 25
        else:
            assert 0 <= (got - claimed) * inside < mp.mpf("1e-6")
    totals = [np.sum(r) for r in results]
    if facts.total is not None:
        assert close(totals, [facts.total] * len(totals), "1e-40")
    else:
        assert not close(totals, [totals[0]] * len(totals), "1e-3")


def test_shift_of_rows(row_or_loss):
    width = width_of(row_or_loss)
    rows, q = random_rows(8, width), masses(2, width)[1]
    arguments = (q,) if row_or_loss.kind == "row_loss" else ()
    before = np.array([row_or_loss.value(M, x, *arguments) for x in rows])
    after = np.array([row_or_loss.value(M, x + mp.mpf("2.5"), *arguments) for x in rows])
    invariant = close(before, after, "1e-40")
    equivariant = close(before + mp.mpf("2.5"), after, "1e-40")
    assert row_or_loss.facts.shift == ("invariant" if invariant else "equivariant" if equivariant else "")


def test_convexity_of_rows(row_or_loss):
    width = width_of(row_or_loss)
    rows, others = random_rows(40, width), random_rows(40, width, 11)
    chords = []
    for x, y, q in zip(rows, others, masses(40, width), strict=True):
        arguments = (q,) if row_or_loss.kind == "row_loss" else ()
        ends = row_or_loss.value(M, x, *arguments) + row_or_loss.value(M, y, *arguments)
        chords.extend(np.ravel(ends - 2 * row_or_loss.value(M, (x + y) / 2, *arguments)))
    assert row_or_loss.facts.convex == all(chord >= -mp.mpf("1e-40") for chord in chords)
