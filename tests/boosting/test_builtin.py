"""Models trained with our objectives and with the libraries' own, on the same data, agree."""

import re

import catboost as cb
import lightgbm as lgb
import numpy as np
import pytest
import xgboost as xgb
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris

import slopes
from slopes import boosting

#: of the spread of predictions; XGBoost keeps float32 scores, LightGBM float32 gradients, CatBoost float64
TOLERANCE = {"xgboost": 1e-6, "lightgbm": 1e-7, "catboost": 1e-7}
ROUNDS = 20
POISSON = float(np.exp(0.7))  #: both libraries multiply the Hessian by e^max_delta_step


def data(name):
    """Features, targets and weights."""
    load = {"binary": load_breast_cancer, "classes": load_iris}.get(name, load_diabetes)
    x, y = load(return_X_y=True)
    generator = np.random.default_rng(0)
    y = generator.poisson(y / 50).astype(float) if name == "counts" else y
    return x, y, generator.uniform(0.5, 2.0, len(y))


def close(library, ours, theirs):
    assert np.ptp(theirs) > 0.1
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=TOLERANCE[library] * np.ptp(theirs))


XGBOOST = [
    ("mse", {}, "reg:squarederror", "real", {}),
    ("binary_cross_entropy_with_logits", {}, "binary:logistic", "binary", {}),
    ("poisson_nll", {}, "count:poisson", "counts", {"max_delta_step": 0}),
    ("gamma_deviance", {}, "reg:gamma", "real", {}),
    ("tweedie_deviance", {"power": 1.2}, "reg:tweedie", "counts", {"tweedie_variance_power": 1.2}),
    ("cross_entropy", {}, "multi:softprob", "classes", {}),
    (
        "pseudo_huber",
        {"delta": 20.0, "hessian": "exact"},
        "reg:pseudohubererror",
        "real",
        {"huber_slope": 20},
    ),
]


@pytest.mark.parametrize(("loss", "options", "builtin", "of", "also"), XGBOOST)
def test_xgboost(loss, options, builtin, of, also):
    x, y, w = data(of)
    objective = boosting.xgboost(loss, **options)
    start = objective.start(y, w)
    base = start.tolist() if np.ndim(start) else start
    params = {"max_depth": 4, "eta": 0.2, "nthread": 1, "disable_default_eval_metric": True}
    params |= {"num_class": len(start)} if np.ndim(start) else {}
    matrix = xgb.DMatrix(x, y, weight=w)
    ours = xgb.train({**params, "base_score": base}, matrix, ROUNDS, obj=objective)
    # the built-in ones want their start as a prediction
    base = base if np.ndim(start) else float(objective.link(np.float64(start)))
    theirs = xgb.train({**params, **also, "objective": builtin, "base_score": base}, matrix, ROUNDS)
    close("xgboost", *(b.predict(matrix, output_margin=True) for b in (ours, theirs)))


LIGHTGBM = [
    ("mse", {}, "regression", "real", {}),
    ("binary_cross_entropy_with_logits", {}, "binary", "binary", {}),
    ("poisson_nll", {"hessian_factor": POISSON}, "poisson", "counts", {}),
    ("gamma_deviance", {}, "gamma", "real", {}),
    ("cross_entropy", {}, "multiclass", "classes", {}),
    ("huber", {"delta": 30.0}, "huber", "real", {"alpha": 30.0, "boost_from_average": False}),
    (
        "fair",
        {"scale": 30.0, "hessian": "exact"},
        "fair",
        "real",
        {"fair_c": 30, "boost_from_average": False},
    ),
]


@pytest.mark.parametrize(("loss", "options", "builtin", "of", "also"), LIGHTGBM)
def test_lightgbm(loss, options, builtin, of, also):
    x, y, w = data(of)
    objective = boosting.lightgbm(loss, **options)
    start = objective.start(y, w)
    every = np.tile(start, (len(y), 1)) if np.ndim(start) else np.full(len(y), start)
    params = {
        "num_leaves": 15,
        "learning_rate": 0.2,
        "num_threads": 1,
        "verbosity": -1,
        "deterministic": True,
    }
    params |= {"num_class": len(start)} if np.ndim(start) else {}
    ours = lgb.train(
        {**params, "objective": objective}, lgb.Dataset(x, y, weight=w, init_score=every), ROUNDS
    ).predict(x, raw_score=True)
    own_start = "boost_from_average" not in also
    train = lgb.Dataset(x, y, weight=w, init_score=None if own_start else every)
    theirs = lgb.train({**params, **also, "objective": builtin}, train, ROUNDS).predict(x, raw_score=True)
    close("lightgbm", start + ours, theirs if own_start else start + theirs)


CATBOOST = [
    ("mse", {}, "RMSE", "real", "Newton"),
    ("binary_cross_entropy_with_logits", {}, "Logloss", "binary", "Newton"),
    ("poisson_nll", {}, "Poisson", "counts", "Newton"),
    ("cross_entropy", {}, "MultiClass", "classes", "Newton"),
    ("huber", {"delta": 30.0, "hessian": "exact"}, "Huber:delta=30", "real", "Newton"),
    ("log_cosh", {"hessian": "exact"}, "LogCosh", "real", "Newton"),
    ("quantile", {"level": 0.8}, "Quantile:alpha=0.8", "real", "Gradient"),
]


@pytest.mark.parametrize(("loss", "options", "builtin", "of", "method"), CATBOOST)
def test_catboost(loss, options, builtin, of, method):
    x, y, w = data(of)
    objective = boosting.catboost(loss, **options)
    start = objective.start(y, w)
    every = np.tile(start, (len(y), 1)) if np.ndim(start) else np.full(len(y), start)
    params = {
        "iterations": ROUNDS,
        "depth": 4,
        "learning_rate": 0.2,
        "thread_count": 1,
        "allow_writing_files": False,
        "verbose": False,
        "leaf_estimation_method": method,
        "leaf_estimation_iterations": 1,
        # both draw random numbers in an order of their own
        "random_strength": 0,
        "bootstrap_type": "No",
    }
    params |= {"classes_count": len(start)} if np.ndim(start) else {}
    pool = cb.Pool(x, y, weight=w, baseline=every)
    ours = cb.CatBoost({**params, "loss_function": objective, "eval_metric": objective.metric})
    theirs = cb.CatBoost({**params, "loss_function": builtin})
    raw = [m.fit(pool).predict(x, prediction_type="RawFormulaVal") for m in (ours, theirs)]
    close("catboost", *raw)


def test_quantile_trees_of_xgboost_split_alike_and_differ_where_its_own_leaves_are_refitted():
    x, y, w = data("real")
    matrix = xgb.DMatrix(x, y, weight=w)
    params = {"max_depth": 3, "base_score": 150.4, "disable_default_eval_metric": True, "nthread": 1}
    ours = xgb.train(params, matrix, 1, obj=boosting.xgboost("quantile", level=0.8)).get_dump()[0]
    builtin = {"objective": "reg:quantileerror", "quantile_alpha": 0.8}
    theirs = xgb.train({**params, **builtin}, matrix, 1).get_dump()[0]
    splits = [re.findall(r"\[(.*?)\]", tree) for tree in (ours, theirs)]
    assert splits[0] == splits[1]
    assert len(splits[0]) > 4
    assert ours != theirs


def test_quantile_trees_of_lightgbm_split_alike_and_differ_where_its_own_leaves_are_refitted():
    x, y, w = data("real")
    params = {"num_leaves": 8, "num_threads": 1, "verbosity": -1, "alpha": 0.8, "boost_from_average": False}

    def tree(objective):
        train = lgb.Dataset(x, y, weight=w, init_score=np.full(len(y), 150.4))
        found = lgb.train({**params, "objective": objective}, train, 1).dump_model()
        splits, leaves = [], []

        def walk(node):
            if "leaf_value" in node:
                leaves.append(node["leaf_value"])
            else:
                splits.append((node["split_feature"], node["threshold"]))
                walk(node["left_child"])
                walk(node["right_child"])

        walk(found["tree_info"][0]["tree_structure"])
        return splits, leaves

    ours, theirs = tree(boosting.lightgbm("quantile", level=0.8)), tree("quantile")
    assert ours[0] == theirs[0]
    assert ours[1] != pytest.approx(theirs[1], rel=0.1)


@pytest.mark.parametrize("estimator", ["xgboost", "lightgbm"])
def test_estimators_take_the_objective_with_weights(estimator):
    x, y, w = data("real")
    objective = boosting.sklearn("huber", delta=30.0)
    start = objective.start(y, w)
    if estimator == "xgboost":
        options = {"n_estimators": ROUNDS, "base_score": start, "n_jobs": 1}
        model = xgb.XGBRegressor(objective=objective, eval_metric=objective.metric, **options)
        raw = model.fit(x, y, sample_weight=w, eval_set=[(x, y)], verbose=False).predict(x)
        recorded = model.evals_result()["validation_0"]["metric"]
        assert recorded[-1] == pytest.approx(slopes.huber(raw.astype(float), y, delta=30.0), rel=1e-5)
    else:
        model = lgb.LGBMRegressor(objective=objective, n_estimators=ROUNDS, n_jobs=1, verbosity=-1)
        raw = start + model.fit(x, y, sample_weight=w, init_score=np.full(len(y), start)).predict(x)
    first = slopes.huber(np.full(len(y), start), y, weight=w, delta=30.0)
    assert slopes.huber(raw.astype(float), y, weight=w, delta=30.0) < 0.7 * first


def test_metrics_are_the_mean_loss():
    x, y, w = data("classes")
    found = {}
    objective = boosting.lightgbm("cross_entropy")
    train = lgb.Dataset(x, y, weight=w)
    params = {"num_class": 3, "objective": objective, "verbosity": -1, "num_threads": 1}
    booster = lgb.train(
        params, train, 3, [train], ["train"], feval=objective.metric, callbacks=[lgb.record_evaluation(found)]
    )
    expected = slopes.cross_entropy(booster.predict(x), y, weight=w)
    assert found["train"]["cross_entropy"][-1] == pytest.approx(expected)

    objective = boosting.xgboost("cross_entropy")
    matrix = xgb.DMatrix(x, y, weight=w)
    params = {"num_class": 3, "disable_default_eval_metric": True, "nthread": 1, "base_score": 0.0}
    booster = xgb.train(
        params,
        matrix,
        3,
        obj=objective,
        custom_metric=objective.metric,
        evals=[(matrix, "train")],
        evals_result=found,
        verbose_eval=False,
    )
    expected = slopes.cross_entropy(booster.predict(matrix, output_margin=True).astype(float), y, weight=w)
    assert found["train"]["cross_entropy"][-1] == pytest.approx(expected, rel=1e-5)

    for loss, of in (("huber", "real"), ("cross_entropy", "classes")):
        x, y, w = data(of)
        objective = boosting.catboost(loss)
        options = {"allow_writing_files": False, "verbose": False, "boost_from_average": False}
        options = options | {"classes_count": 3} if of == "classes" else options
        model = cb.CatBoost(
            {**options, "iterations": 3, "loss_function": objective, "eval_metric": objective.metric}
        )
        model.fit(cb.Pool(x, y, weight=w))
        raw = model.predict(x, prediction_type="RawFormulaVal")
        recorded = model.evals_result_["learn"]["CatBoostMetric"][-1]
        assert recorded == pytest.approx(objective.mean_loss(y, raw, w))
