"""Training time with our objective beside the library's own: `python -m bench.boosting [rows] [rounds]`.

Both start from the same score and grow the same trees. Each is trained in turn, `REPEATS` times; a line has
the least time of each, and their ratio.
"""

import sys
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

import catboost as cb
import lightgbm as lgb
import numpy as np
import xgboost as xgb

import slopes.boosting

REPEATS = 2
FEATURES = 10
CLASSES = 3

Train = Callable[[], Any]


def data(rows: int, kind: str) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(rows, FEATURES)).astype(np.float32)
    score = x[:, 0] + x[:, 1] * x[:, 2] + rng.normal(size=rows)
    if kind == "real":
        return x, score.astype(np.float64)
    return x, np.digitize(score, [0.5] if kind == "binary" else [-0.5, 0.7]).astype(np.float64)


def xgboost(x: np.ndarray, y: np.ndarray, loss: str, builtin: str, rounds: int) -> tuple[Train, Train]:
    objective = slopes.boosting.xgboost(loss)
    matrix = xgb.QuantileDMatrix(x, y)
    params = {"max_depth": 6, "base_score": 0.5, "disable_default_eval_metric": True}
    params |= {"num_class": CLASSES} if loss == "cross_entropy" else {}
    return (
        lambda: xgb.train(params, matrix, rounds, obj=objective),
        lambda: xgb.train({**params, "objective": builtin}, matrix, rounds),
    )


def lightgbm(x: np.ndarray, y: np.ndarray, loss: str, builtin: str, rounds: int) -> tuple[Train, Train]:
    params = {"verbosity": -1, "boost_from_average": False}
    params |= {"num_class": CLASSES} if loss == "cross_entropy" else {}

    def train(objective: Any) -> Train:
        dataset = lgb.Dataset(x, y, params={"verbosity": -1}).construct()
        return lambda: lgb.train({**params, "objective": objective}, dataset, rounds)

    return train(slopes.boosting.lightgbm(loss)), train(builtin)


def catboost(x: np.ndarray, y: np.ndarray, loss: str, builtin: str, rounds: int) -> tuple[Train, Train]:
    objective, pool = slopes.boosting.catboost(loss), cb.Pool(x, y)
    params = {"iterations": rounds, "allow_writing_files": False, "verbose": False, "learning_rate": 0.1}
    params |= {"leaf_estimation_iterations": 1, "bootstrap_type": "No", "boost_from_average": False}
    ours = {"loss_function": objective, "eval_metric": objective.metric}
    return (
        lambda: cb.CatBoost({**params, **ours}).fit(pool),
        lambda: cb.CatBoost({**params, "loss_function": builtin}).fit(pool),
    )


CASES = [
    (xgboost, "mse", "reg:squarederror", "real"),
    (xgboost, "binary_cross_entropy_with_logits", "binary:logistic", "binary"),
    (xgboost, "cross_entropy", "multi:softprob", "classes"),
    (lightgbm, "mse", "regression", "real"),
    (lightgbm, "binary_cross_entropy_with_logits", "binary", "binary"),
    (lightgbm, "huber", "huber", "real"),
    (lightgbm, "cross_entropy", "multiclass", "classes"),
    (catboost, "mse", "RMSE", "real"),
    (catboost, "binary_cross_entropy_with_logits", "Logloss", "binary"),
]


def times(rows: int, rounds: int, only: str) -> Iterator[str]:
    yield f"{rows} rows, {FEATURES} features, {rounds} rounds, {REPEATS} repeats; {slopes.kernels()}"
    for make, loss, builtin, kind in CASES:
        if only and make.__name__ != only:
            continue
        pair = make(*data(rows, kind), loss, builtin, rounds)
        least = [np.inf, np.inf]
        for _ in range(REPEATS):
            for i, train in enumerate(pair):
                before = perf_counter()
                train()
                least[i] = min(least[i], perf_counter() - before)
        ours, theirs = least
        names = f"{make.__name__:9} {loss:33} {builtin:16}"
        yield f"{names} ours {ours:6.2f} s, its own {theirs:6.2f} s, ratio {ours / theirs:.2f}"


if __name__ == "__main__":
    rows, rounds, only = (sys.argv[1:] + ["1000000", "10", ""][len(sys.argv) - 1 :])[:3]
    for line in times(int(rows), int(rounds), only):
        print(line, flush=True)
