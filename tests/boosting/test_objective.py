"""Objectives by themselves: Hessians, starts, links, and what is refused."""

import copy
import pickle

import numpy as np
import pytest
from scipy.optimize import minimize

import slopes
from slopes import boosting
from slopes.boosting import Objective
from slopes.core import definitions

BOOSTED = []
for name in sorted(slopes.losses):
    try:
        BOOSTED.append(Objective(name))
    except ValueError:
        continue


def example(objective, n=400, seed=0):
    """Targets, raw scores and weights."""
    g = np.random.default_rng(seed)
    link, kind = objective._family.link, objective.loss.kind
    raw = g.normal(size=(n, 3) if link == "softmax" else n) * 2
    if link == "softmax":
        y = g.choice(3, n, p=[0.5, 0.3, 0.2])
    elif kind in ("margin_loss", "logit_loss"):
        y = (g.uniform(size=n) < 0.3).astype(float)
    elif link == "exp":
        y = g.gamma(2.0, 3.0, n)
    else:
        y = g.normal(size=n) * 3 + 1
    return y, raw, g.uniform(0.5, 2.0, n)


def test_the_kinds_that_can_be_boosted_are_boosted():
    kinds = {"residual_loss", "margin_loss", "logit_loss"}
    boosted = {o.loss.name for o in BOOSTED}
    assert {n for n in slopes.losses if definitions[n].kind in kinds} - boosted == {"perceptron"}
    assert boosted >= {"poisson_nll", "poisson_deviance", "gamma_deviance", "mape", "smape", "cross_entropy"}
    assert boosted >= {"categorical_focal", "generalized_cross_entropy", "poly1", "symmetric_cross_entropy"}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("silu", "is an activation"),
        ("dice", "not a sum over rows"),
        ("binary_cross_entropy", "takes probabilities"),
        ("perceptron", "0 is already its minimum"),
        ("nll", "only losses of softmax probabilities"),
        ("coral", "only losses of softmax probabilities"),
        ("msle", r"must lie in \[-1, inf\]"),
    ],
)
def test_others_are_refused_with_the_reason(name, reason):
    with pytest.raises(ValueError, match=reason):
        boosting.xgboost(name)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"hessian": "none"}, "hessian must be one of 'exact', 'floored'"),
        ({"hessian": "floored", "floor": 0}, "floor must be a finite number above 0"),
        ({"factor": -1.0}, "factor must be a finite number above 0"),
        ({"hessian_factor": float("inf")}, "hessian_factor must be"),
        ({"delta": -1.0}, "huber: delta must be a finite number above 0"),
    ],
)
def test_bad_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        boosting.xgboost("huber", **options)


def test_hessians_that_a_loss_does_not_have_are_refused():
    for name, hessian in (("poisson_nll", "upper-bound"), ("exponential_loss", "upper-bound")):
        with pytest.raises(ValueError, match="no upper bound"):
            Objective(name, hessian=hessian)
    with pytest.raises(ValueError, match="no Gauss-Newton"):
        Objective("categorical_focal", hessian="gauss-newton")


def test_a_library_that_is_not_installed_is_said_so(monkeypatch):
    monkeypatch.setattr("slopes.boosting.find_spec", lambda _: None)
    for make in (boosting.xgboost, boosting.lightgbm, boosting.catboost):
        with pytest.raises(ImportError, match=r'pip install "slopes\[boosting\]"'):
            make("huber")


@pytest.mark.parametrize("objective", BOOSTED, ids=lambda o: o.loss.name)
def test_every_loss(objective):
    """The gradient is the mean loss's slope, weights count, no default Hessian is negative, start is best."""
    y, raw, w = example(objective)
    gradient, hessian = objective.gradient_and_hessian(y, raw, w)
    assert gradient.shape == hessian.shape == raw.shape
    assert (hessian >= 0).all()
    assert hessian.sum() > 0
    direction = np.random.default_rng(1).normal(size=raw.shape)
    h, total = 1e-6, w.sum() * objective.factor
    ahead, behind = (objective.mean_loss(y, raw + s * h * direction, w) for s in (1, -1))
    assert (gradient * direction).sum() == pytest.approx(
        total * (ahead - behind) / (2 * h), rel=2e-5, abs=1e-6
    )

    if objective.hessian == "exact" and raw.ndim == 1:
        ahead, behind = (objective.gradient_and_hessian(y, raw + s * h, w)[0] for s in (1, -1))
        assert hessian == pytest.approx((ahead - behind) / (2 * h), rel=1e-5, abs=1e-6)

    start = objective.start(y, w)
    constant = np.broadcast_to(start, raw.shape)
    least = objective.mean_loss(y, np.array(constant), w)
    for seed in range(40):
        shift = np.random.default_rng(seed).normal(size=np.shape(start)) * 10.0 ** -(seed % 5)
        assert objective.mean_loss(y, constant + shift, w) >= least - 1e-9 * abs(least)

    for again in (pickle.loads(pickle.dumps(objective)), copy.deepcopy(objective)):
        assert np.array_equal(again.gradient_and_hessian(y, raw, w)[0], gradient)


def test_starts_in_closed_form():
    y, w = np.array([1.0, 2.0, 4.0, 8.0]), np.array([1.0, 1.0, 1.0, 3.0])
    assert Objective("mse").start(y, w) == pytest.approx(31 / 6)
    assert Objective("mae").start(y) == 3.0  # as numpy.median
    assert Objective("mae").start(y, w) == 6.0
    assert Objective("quantile", level=0.9).start(y) == 8.0
    assert Objective("quantile", level=0.25).start(y) == 1.5
    assert Objective("poisson_nll").start(y) == pytest.approx(np.log(3.75))
    labels = np.array([0, 0, 0, 1])
    assert Objective("soft_margin").start(labels) == pytest.approx(-np.log(3))
    assert Objective("exponential_loss").start(labels) == pytest.approx(-np.log(3) / 2)
    weighted = Objective("binary_cross_entropy_with_logits", pos_weight=3.0)
    assert weighted.start(labels) == pytest.approx(0, abs=1e-12)
    assert Objective("cross_entropy").start(labels) == pytest.approx(np.log([0.75, 0.25]))
    smooth = Objective("cross_entropy", label_smoothing=0.2).start(labels, classes=4)
    assert smooth == pytest.approx(np.log([0.65, 0.25, 0.05, 0.05]))


def test_a_start_beside_outliers_is_the_best_of_all_and_not_the_nearest():
    g = np.random.default_rng(0)
    y = np.concatenate([g.normal(0, 0.1, 60), g.normal(50, 0.1, 40)])
    assert Objective("welsch").start(y) == pytest.approx(0, abs=0.05)
    assert Objective("tukey_biweight").start(y[::-1]) == pytest.approx(0, abs=0.05)


def test_starts_that_do_not_exist():
    with pytest.raises(ValueError, match="every target that counts is 1"):
        Objective("binary_cross_entropy_with_logits").start(np.ones(3))
    with pytest.raises(ValueError, match="every target that counts is 1"):
        Objective("exponential_loss").start(np.ones(3))
    with pytest.raises(ValueError, match="class 1 never occurs"):
        Objective("cross_entropy").start(np.array([0, 2]))
    with pytest.raises(ValueError, match="every target is 0"):
        Objective("poisson_nll").start(np.zeros(3))
    with pytest.raises(ValueError, match="no targets"):
        Objective("mse").start(np.zeros(0))
    with pytest.raises(ValueError, match="whole numbers"):
        Objective("cross_entropy").start(np.array([0.5, 1.0]))


def test_default_hessians():
    chosen = {o.loss.name: o.hessian for o in BOOSTED}
    assert {n for n, h in chosen.items() if h == "floored"} == {
        n for n in chosen if slopes.losses[n].kind == "row_loss" and not slopes.losses[n].facts.convex
    }
    for name in ("mse", "expectile", "binary_cross_entropy_with_logits", "soft_margin", "cross_entropy"):
        assert chosen[name] == "exact"
    for name in ("huber", "mae", "quantile", "hinge", "log_cosh", "mape", "modified_huber"):
        assert chosen[name] == "upper-bound"
    for name in ("cauchy", "welsch", "tukey_biweight", "focal", "smape"):
        assert chosen[name] == "gauss-newton"


def test_upper_bounds():
    def bound(name, **parameters):
        objective = Objective(name, hessian="upper-bound", **parameters)
        return objective.gradient_and_hessian(np.zeros(1), np.zeros(1))[1][0] / objective.factor

    assert bound("huber", delta=3.0) == 1
    assert bound("binary_cross_entropy_with_logits") == pytest.approx(0.25)
    assert bound("binary_cross_entropy_with_logits", pos_weight=8.0) == pytest.approx(2.0)
    assert bound("student_t_nll", df=4.0, scale=1e-3) == pytest.approx(1.25e6)
    assert bound("squared_hinge") == 2
    assert bound("mse") == 2
    z = np.linspace(-20, 20, 200_001)
    most = slopes.focal.hessian(z, np.ones(len(z))).max()
    assert bound("focal") == pytest.approx(most, rel=1e-8)
    rows = Objective("cross_entropy", hessian="upper-bound")
    assert (rows.gradient_and_hessian(np.array([1]), np.zeros((1, 3)))[1] == 0.5).all()


def test_gauss_newton_is_half_the_square():
    objective = Objective("cauchy")
    r = np.array([-3.0, 0.0, 0.5, 40.0])
    gradient, hessian = objective.gradient_and_hessian(np.zeros(4), r)
    loss = slopes.cauchy(r, np.zeros(4), reduction="none")
    near = slopes.cauchy.hessian(0.0, 0.0)
    assert hessian == pytest.approx(np.where(loss > 0, gradient**2 / (2 * np.where(loss > 0, loss, 1)), near))
    # where the loss is half a square
    h = Objective("huber", hessian="gauss-newton").gradient_and_hessian(np.zeros(1), np.full(1, 0.5))[1]
    assert h == pytest.approx(1.0)


def test_floored_hessians_are_weighted_afterwards():
    objective = Objective("huber", hessian="floored", floor=0.1)
    _, h = objective.gradient_and_hessian(np.zeros(2), np.array([0.5, 9.0], np.float32), np.array([2.0, 3.0]))
    assert h.dtype == np.float32
    assert h == pytest.approx([2.0, 0.3])


def test_links():
    raw = np.array([-1.0, 0.0, 2.0])
    assert np.array_equal(Objective("huber").link(raw), raw)
    assert np.array_equal(Objective("hinge").link(raw), raw)
    assert np.array_equal(Objective("focal").link(raw), slopes.sigmoid(raw))
    assert np.array_equal(Objective("exponential_loss").link(raw), slopes.sigmoid(2 * raw))
    assert Objective("gamma_deviance").link(raw) == pytest.approx(np.exp(raw))
    assert Objective("cross_entropy").link(raw[None]).sum() == pytest.approx(1)


def test_labels_of_margins_may_be_0_and_1_or_signs():
    raw = np.array([0.3, -2.0])
    objective = Objective("soft_margin")
    a, b = (objective.gradient_and_hessian(np.array(y), raw)[0] for y in ([0.0, 1.0], [-1.0, 1.0]))
    assert np.array_equal(a, b)


def test_means_far_away_are_never_nan():
    y, raw = np.array([0.0, 1.0, 1.0]), np.array([-1e3, -90.0, 80.0], np.float32)
    for name in ("poisson_deviance", "gamma_deviance"):
        gradient, hessian = Objective(name).gradient_and_hessian(np.maximum(y, 1e-3), raw)
        assert gradient.dtype == np.float32
        assert not np.isnan(gradient).any()
        assert (hessian >= 0).all()


def test_the_start_of_other_losses_of_classes_is_found():
    y, _, w = example(Objective("cross_entropy"))
    objective = Objective("cross_entropy", z_loss=1.0)
    start = objective.start(y, w)
    found = minimize(lambda row: objective.mean_loss(y, np.tile(row, (len(y), 1)), w), np.zeros(3), tol=1e-12)
    assert objective.mean_loss(y, np.tile(start, (len(y), 1)), w) <= found.fun + 1e-9
