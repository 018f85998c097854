"""Facts are measured: extrema are polished, all breaks are found, nothing is believed."""

import itertools

import mpmath as mp
import numpy as np

from tests.laws.reference import (
    FAR,
    M,
    close,
    curves,
    row,
    rows_of,
    sections,
    target_rows,
    targets,
    whole,
    width_of,
    within,
)

EPS = mp.mpf("1e-40")
FARTHEST = [s * mp.mpf(10) ** 30 for s in (-1, 1)]  #: algebraic tails are slow
BOUNDED = [mp.mpf(10) ** -k for k in (5, 10, 20, 40)]


def extremes(function, slope, points):
    """Infimum and supremum on points, polished where the slope changes sign."""
    best, slopes = list(points), [slope(x) for x in points]
    for a, b, *ends in zip(points, points[1:], slopes, slopes[1:], strict=False):
        if ends[0] * ends[1] < 0:
            best.append(mp.findroot(slope, (a, b), solver="anderson", tol=1e-40, verify=False))
    values = [function(x) for x in best]
    return min(values), max(values)


def span(definition):
    """What the argument of a function may be, of a loss the prediction."""
    return definition.facts.domain if definition.kind == "activation" else definition.predictions


def points_of(definition, grid):
    """A grid with its far ends."""
    low, high = span(definition)
    if mp.isfinite(high):
        return sorted([*grid, *BOUNDED, *(1 - b for b in BOUNDED)])
    kinks = [mp.mpf(b) + side for b in definition.facts.breaks for side in (-EPS, 0, EPS)]
    if definition.kind == "activation" and mp.isfinite(low):
        kinks += [low + b for b in BOUNDED]
    if definition.kind == "pointwise_loss":
        kinks += [t for t in targets(definition) if t > low]
        kinks += [max(low, 0) + b for b in BOUNDED]
    inside = {x for x in (*FAR, *FARTHEST, mp.mpf(0)) if x > low}
    return sorted({*grid, *kinks, *inside})


def measured(definition, order):
    """Infimum and supremum of a derivative over all points and, for losses, targets."""
    ends = []
    for functions, grid in sections(definition):
        points = points_of(definition, grid)
        if order + 1 < len(functions):
            ends.append(extremes(functions[order], functions[order + 1], points))
    return min(low for low, _ in ends), max(high for _, high in ends)


def jumps_at(function, x, eps=EPS):
    """Whether a function jumps at a point, or has a pole there."""
    left, right, farther = (function(x + k * eps) for k in (-1, 1, 2))
    return max(abs(left - right), abs(right - farther)) > mp.mpf("1e-15") * max(1, abs(right))


def third(functions):
    """The third derivative, by differences that reach 1e-23 to both sides."""
    h = mp.mpf("1e-23")
    return lambda x: (functions[2](x + h) - functions[2](x - h)) / (2 * h)


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
    for side, end, claimed in zip((-1, 1), curve.facts.domain, curve.facts.limits, strict=True):
        near, far = (
            value(side * mp.mpf(10) ** k if mp.isinf(end) else end - side * mp.mpf(10) ** -k) for k in (9, 12)
        )
        if mp.isinf(claimed):
            # even a logarithm grows by a third from there to here
            assert far * mp.sign(claimed) > 1.1 * near * mp.sign(claimed) > 0
        else:
            assert abs(far - claimed) < mp.mpf("1e-11")


def test_limits_are_stated_for_curves_only(two_argument_loss):
    assert two_argument_loss.facts.limits is None


def test_monotone(pointwise):
    """By derivatives, and by values, which see a jump."""
    rising = all(f[1](x) >= 0 for f, grid in sections(pointwise) for x in grid) and all(
        f[0](b) - f[0](a) >= -mp.mpf("1e-40")
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
    if span(pointwise) != (-mp.inf, mp.inf):
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
    lattice, functions = within(curve, lattice), curves(curve)
    for order, function in enumerate((*functions, third(functions))):
        eps = EPS if order < 3 else mp.mpf("1e-20")
        jumps = [x for x in sorted(lattice) if jumps_at(function, x, eps)]
        if order <= facts.smooth:
            assert jumps == []
        elif order == facts.smooth + 1:
            assert jumps == sorted(mp.mpf(b) for b in facts.breaks)


def test_smoothness_of_losses_of_two_arguments(two_argument_loss):
    """Their breaks move with the target, so that only the order is stated."""
    facts = two_argument_loss.facts
    assert facts.breaks == ()
    low, high = two_argument_loss.predictions
    jumping = set()
    for (functions, _), t in zip(sections(two_argument_loss), targets(two_argument_loss), strict=True):
        lattice = [x for x in (*(mp.mpf(i) / 8 for i in range(-80, 81)), t, -t) if low < x < high]
        for order, function in enumerate(functions):
            jumping |= {order for x in lattice if jumps_at(function, x)}
    assert min(jumping, default=mp.inf) == facts.smooth + 1


def test_a_loss_is_zero_where_the_prediction_is_the_target(pointwise_loss):
    """Where there is such a prediction; a loss that 0 does not bound is there as low as it can be."""
    at = {
        "residual_loss": (2, 2),
        "margin_loss": (mp.inf, 1),
        "logit_loss": (mp.inf, 1),
        "probability_loss": (1, 1),
        "pointwise_loss": (2, 2),
    }
    prediction, target = (mp.mpf(v) for v in at[pointwise_loss.kind])
    if pointwise_loss.takes == "log_means":
        prediction = mp.log(prediction)
    if pointwise_loss.facts.range[0] == 0:
        assert pointwise_loss.op().body(M, prediction, target) == 0
    elif pointwise_loss.takes != "logits":
        assert abs(pointwise_loss.op().partials[0].body(M, prediction, target)) < mp.mpf("1e-48")


def test_range_and_total_of_rows(row_or_loss):
    facts, width = row_or_loss.facts, width_of(row_or_loss)
    loss = row_or_loss.kind == "row_loss"
    rows = [x * scale for x in rows_of(row_or_loss, 24, width) for scale in (1, 100)]
    others = target_rows(row_or_loss, 48, width) if loss else []
    if loss:
        others = [q / sum(q) for q in others] if row_or_loss.targets == "masses" else others
        level = 100 if row_or_loss.targets == "masses" else 0  # where the log of the normaliser is 0
        rows[0] = 100 * (2 * others[0] - 1) - level  # confidently right, and confidently wrong
        rows[1], others[1] = -rows[0], others[0]
        if row_or_loss.targets == "distribution":
            rows[1] = rows[2] = 100 * row(np.eye(width)[0])
            others[2] = row(np.eye(width)[0])
            others[1] = (row(np.eye(width)[1]) + mp.mpf("1e-9")) / (1 + width * mp.mpf("1e-9"))
    if loss and row_or_loss.takes == "log_probabilities":
        rows = [x - M.log(M.row_sum(M.exp(x))) for x in rows]
        rows[0] = M.log(others[0])
    arguments = zip(rows, others, strict=True) if loss else zip(rows, strict=True)
    results = [whole(row_or_loss).value(M, *a) for a in arguments]
    low, high = min(min(r) for r in results), max(max(r) for r in results)
    for got, claimed, inside in ((low, facts.range[0], 1), (high, facts.range[1], -1)):
        if mp.isinf(claimed):
            assert got * mp.sign(claimed) > 25
        else:
            assert -mp.mpf("1e-15") <= (got - claimed) * inside < mp.mpf("1e-6")
    totals = [np.sum(r) for r in results]
    if facts.total is not None:
        assert close(totals, [facts.total] * len(totals), "1e-40")
    else:
        assert not close(totals, [totals[0]] * len(totals), "1e-3")


def test_shift_of_rows(row_or_loss):
    width = width_of(row_or_loss)
    rows = rows_of(row_or_loss, 8, width)
    arguments = (target_rows(row_or_loss, 2, width)[1],) if row_or_loss.kind == "row_loss" else ()
    before = np.array([whole(row_or_loss).value(M, x, *arguments) for x in rows])
    after = np.array([whole(row_or_loss).value(M, x + mp.mpf("2.5"), *arguments) for x in rows])
    invariant = close(before, after, "1e-40")
    equivariant = close(before + mp.mpf("2.5"), after, "1e-40")
    assert row_or_loss.facts.shift == ("invariant" if invariant else "equivariant" if equivariant else "")


def test_convexity_of_rows(row_or_loss):
    width = width_of(row_or_loss)
    rows, others = rows_of(row_or_loss, 40, width), rows_of(row_or_loss, 40, width, 11)
    chords = []
    loss = row_or_loss.kind == "row_loss"
    between = target_rows(row_or_loss, 40, width) if loss else rows
    if loss and not row_or_loss.ordered:
        for i, (a, b) in enumerate([(-8, -2), (-4, 0), (2, 8)]):  # from wrong to right
            rows[i], others[i] = (s * (2 * between[0] - 1) for s in (a, b))
            between[i] = between[0]
        low = np.arange(width) - mp.mpf(20)
        rows[3], others[3] = low, low[::-1]  # far below 0, from one order of the row to another
    for x, y, q in zip(rows, others, between, strict=True):
        arguments = (q,) if loss else ()
        ends = whole(row_or_loss).value(M, x, *arguments) + whole(row_or_loss).value(M, y, *arguments)
        chords.extend(np.ravel(ends - 2 * whole(row_or_loss).value(M, (x + y) / 2, *arguments)))
    assert row_or_loss.facts.convex == all(chord >= -mp.mpf("1e-40") for chord in chords)
