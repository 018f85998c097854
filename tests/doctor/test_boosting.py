"""Objectives for boosting: each mistake is found where a library is given it, and its cure is silent."""

import subprocess
import sys
from contextlib import suppress

import numpy as np
import pytest

import slopes
from slopes import boosting, doctor
from tests.doctor.chinese import same_in_chinese

G = np.random.default_rng(0)
N = 300
X = G.normal(size=(N, 3))
LABELS = (X[:, 0] + 0.5 * G.normal(size=N) > 0).astype(float)
REAL = 3 * X[:, 0] + 10
RAW = 2 * G.normal(size=N)


def square(y, raw):
    return raw - y, np.ones(len(y))


def logistic(y, raw):
    p = slopes.sigmoid(np.asarray(raw, np.float64))
    return p - y, p * (1 - p) + 1e-6


def flipped(y, raw):
    return y - raw, np.ones(len(y))


def bent_down(y, raw):
    return raw - y, np.where(y > 10, -1.0, 1.0)


#: the finding, the objective, its cure, the targets
PAIRS = (
    ("flipped-sign", flipped, square, REAL),
    ("flipped-sign", lambda y, raw: (y - slopes.sigmoid(raw), np.ones(len(y))), logistic, LABELS),
    ("missing-link", square, logistic, LABELS),
    ("flat-hessian", bent_down, square, REAL),
)


def with_xgboost(function, y):
    import xgboost

    xgboost.train({"verbosity": 0}, xgboost.DMatrix(X, y), 3, obj=lambda raw, d: function(d.get_label(), raw))


def with_xgboost_estimator(function, y):
    import xgboost

    xgboost.XGBRegressor(n_estimators=3, objective=function, verbosity=0).fit(X, y)


def with_lightgbm(function, y):
    import lightgbm

    def objective(raw, data):
        return function(data.get_label(), raw)

    lightgbm.train({"objective": objective, "verbosity": -1}, lightgbm.Dataset(X, y), 3)


def with_lightgbm_estimator(function, y):
    import lightgbm

    lightgbm.LGBMRegressor(n_estimators=3, objective=function, verbosity=-1).fit(X, y)


class OfCatBoost:
    no_jit = True

    def __init__(self, function):
        self.function = function

    def calc_ders_range(self, raw, y, _):
        gradient, hessian = self.function(np.asarray(y), np.asarray(raw))
        return list(zip((-gradient).tolist(), (-hessian).tolist(), strict=True))


def with_catboost(function, y):
    import catboost

    model = catboost.CatBoostRegressor(
        iterations=3, loss_function=OfCatBoost(function), eval_metric="RMSE", allow_writing_files=False
    )
    with suppress(catboost.CatBoostError):  # of a Hessian whose sum vanishes
        model.fit(X, y, verbose=False)


TRAINED = (with_xgboost, with_xgboost_estimator, with_lightgbm, with_lightgbm_estimator, with_catboost)


@pytest.mark.parametrize("train", TRAINED)
def test_objectives_are_watched_while_a_booster_trains(train):
    for name, faulty, cured, y in PAIRS:
        with doctor.watch() as case:
            train(faulty, y)
        found = case.findings()
        assert [f.name for f in found] == [name], (name, found)
        assert found[0].code == "R18"
        same_in_chinese(found)
        assert found[0].place.file == __file__
        with doctor.watch() as case:
            train(cured, y)
        assert case.examined >= 1
        assert case.findings() == [], name


def test_objectives_are_examined_by_themselves():
    import lightgbm

    for name, faulty, cured, y in PAIRS:
        data = lightgbm.Dataset(X, y)
        as_library = (lambda raw, d, f=faulty: f(d.get_label(), raw), lambda raw, d, f=cured: f(d.label, raw))
        ways = ((faulty, cured), (OfCatBoost(faulty), OfCatBoost(cured)))
        for given, pair in ((y, ways[0]), (y, ways[1]), (data, as_library)):
            assert [f.name for f in doctor.examine_objective(pair[0], RAW, given)] == [name]
            assert doctor.examine_objective(pair[1], RAW, given) == []


def test_what_it_is_meant_to_be():
    focal = boosting.sklearn("focal")
    (found,) = doctor.examine_objective(logistic, RAW, LABELS, like=focal)
    assert (found.name, found.evidence) == ("unusable-objective", "gradient differs from that of focal")
    with np.errstate(all="ignore"):
        found = doctor.examine_objective(lambda y, raw: (raw / (0 * y), raw), RAW, REAL)
    assert [f.evidence for f in found] == ["gradient not finite on 100 % of rows"]
    same_in_chinese(found)


def test_what_is_no_objective():
    with pytest.raises(TypeError, match="an objective is a function, or has calc_ders_range"):
        doctor.examine_objective("mse", RAW, REAL)
    with pytest.raises(ValueError, match="y has 300 rows and raw_score 2"):
        doctor.examine_objective(square, RAW[:2], REAL)


def test_the_trees_are_the_same_and_nothing_stays_behind():
    import xgboost

    data = xgboost.DMatrix(X, REAL)

    def objective(raw, d):
        return flipped(d.get_label(), raw)

    original = xgboost.Booster.update
    alone = xgboost.train({"seed": 0}, data, 5, obj=objective).predict(data)
    with doctor.watch(steps=2) as case:
        watched = xgboost.train({"seed": 0}, data, 5, obj=objective).predict(data)
    assert np.array_equal(alone, watched)
    assert case.examined == 2
    assert xgboost.Booster.update is original


def test_a_program_is_watched_from_when_it_imports_its_library(tmp_path):
    script = tmp_path / "train.py"
    script.write_text(
        "import numpy as np\nimport xgboost\nx = np.arange(40.0)[:, None]\n"
        "def objective(raw, data):\n    return data.get_label() - raw, np.ones(len(raw))\n"
        "xgboost.train({}, xgboost.DMatrix(x, x[:, 0]), 2, obj=objective)\n"
        "import sys\nassert 'torch' not in sys.modules\n"
    )
    command = [sys.executable, "-c", "from slopes.cli import main; main()", "doctor", str(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert f"R18 flipped-sign (error) at {script}:4" in " ".join(done.stderr.split())
