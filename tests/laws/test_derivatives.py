"""Every stated derivative is the derivative, at 50 digits."""

import mpmath as mp
import numpy as np
import pytest

from slopes.core import Facts, MarginLoss
from tests.laws.reference import (
    NEAR,
    TARGETS,
    M,
    close,
    curves,
    difference,
    points,
    random_rows,
    row,
    rows_of,
    sections,
    target_rows,
    whole,
    width_of,
)

STEP = mp.mpf("1e-15")
IN_EACH = ((1, 0), (0, 1))  #: first order in the prediction, and in the target


@pytest.mark.parametrize("order", [1, 2])
def test_derivatives_of_a_curve(curve, order):
    below, stated = curves(curve)[order - 1 : order + 1]
    for x in points(curve, NEAR):
        assert close(mp.diff(below, x, h=STEP), stated(x), "1e-12")


@pytest.mark.parametrize("order", [1, 2])
def test_derivatives_of_a_loss_in_its_prediction(two_argument_loss, order):
    for methods, grid in sections(two_argument_loss):
        for x in grid[::4]:
            assert close(mp.diff(methods[order - 1], x, h=STEP), methods[order](x), "1e-12")


def test_derivative_of_a_loss_in_its_target(two_argument_loss):
    for x in (mp.mpf("0.1"), mp.mpf("0.6")):
        for t in (mp.mpf("0.3"), mp.mpf("0.8")):
            want = mp.diff(lambda t, x=x: two_argument_loss.value(M, x, t), t, h=STEP)
            assert close(want, two_argument_loss.target_gradient(M, x, t), "1e-12")


def test_derivative_in_a_learnable_parameter(activation):
    for name in activation.learnable():
        at = mp.mpf(activation.parameters[name])
        for x in points(activation, NEAR):
            want = mp.diff(lambda p, x=x, n=name: activation.at((n,), (p,)).value(M, x), at, h=STEP)
            assert close(want, activation.parameter_derivative(M, x, name), "1e-12")


def test_products_with_the_jacobian_of_a_row(row_activation):
    width = width_of(row_activation)
    rows = random_rows(12, width)
    outer = row_activation.result_width(width)
    for x, t, c in zip(rows, random_rows(12, width, 8), random_rows(12, outer, 9), strict=True):
        want = difference(lambda y: row_activation.value(M, y), x, t)
        assert close(want, row_activation.jvp(M, x, t), "1e-12")
        # <c, J t> = <J^T c, t>
        assert close([np.sum(c * want)], [np.sum(row_activation.vjp(M, x, c) * t)], "1e-12")
        bent = difference(lambda y, c=c: row_activation.vjp(M, y, c), x, t)
        assert close(bent, row_activation.hvp(M, x, c, t), "1e-12")


def test_derivatives_of_a_row_loss(row_loss):
    rows, loss = rows_of(row_loss, 12, 4), whole(row_loss)
    for x, q, t in zip(rows, target_rows(row_loss, 12, 4), random_rows(12, 4, 8), strict=True):
        along = difference(lambda y, q=q: loss.value(M, y, q), x, t)
        assert close(along, [np.sum(loss.gradient(M, x, q) * t)], "1e-12")
        bent = difference(lambda y, q=q: loss.gradient(M, y, q), x, t)
        assert close(bent, loss.hvp(M, x, q, t), "1e-12")
        if row_loss.targets not in ("classes", "ranks"):
            in_masses = difference(lambda p, x=x: loss.value(M, x, p), q, t)
            assert close(in_masses, [np.sum(loss.mass_gradient(M, x, q) * t)], "1e-12")
        for i in range(4):
            unit = row(np.eye(4)[i])
            assert close([loss.hvp(M, x, q, unit)[i]], [np.ravel(loss.hessian(M, x, q))[i]], "1e-30")


def test_the_op_of_a_loss_has_the_derivatives_in_prediction_and_target(pointwise_loss):
    op = pointwise_loss.op()
    margin = pointwise_loss.kind == "margin_loss"
    for p in (mp.mpf("0.15"), mp.mpf("0.62"), mp.mpf("0.91")):
        for t in [mp.mpf(-1), mp.mpf(1)] if margin else TARGETS[1:2]:
            for partial, orders in zip(op.partials, IN_EACH, strict=True):
                want = mp.diff(lambda *a: op.body(M, *a), (p, t), orders, h=STEP)
                assert close(want, partial.body(M, p, t), "1e-10")
                for second, again in zip(partial.partials, IN_EACH, strict=False):
                    want = mp.diff(lambda *a, b=partial.body: b(M, *a), (p, t), again, h=STEP)
                    assert close(want, second.body(M, p, t), "1e-10")


class SquaredMargin(MarginLoss):
    """A margin loss that is curved everywhere, and without a formula stays out of the register."""

    name = "squared_margin"
    facts = Facts(range=(0, mp.inf))

    def value(self, m, z):
        return z * z

    def derivative(self, m, z):
        return 2 * z

    def second_derivative(self, m, z):
        return m.fill(z, 2.0)


def test_the_op_of_a_margin_loss_follows_the_chain_rule():
    op = SquaredMargin().op()
    p, t = mp.mpf("0.7"), mp.mpf(3)
    for partial, orders in zip(op.partials, IN_EACH, strict=True):
        assert close(
            mp.diff(lambda *a: op.body(M, *a), (p, t), orders, h=STEP), partial.body(M, p, t), "1e-10"
        )
    in_prediction = op.partials[0]
    want = mp.diff(lambda *a: in_prediction.body(M, *a), (p, t), (1, 0), h=STEP)
    assert close(want, in_prediction.partials[0].body(M, p, t), "1e-10")
