"""XGBoost: an interval that covers 80 % of cases, from two quantiles of our quantile loss."""

import numpy as np
import xgboost as xgb
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split

import slopes.boosting

x, y = load_diabetes(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x, y, random_state=0)
train, test = xgb.DMatrix(x_train, y_train), xgb.DMatrix(x_test)


def quantile(level: float) -> np.ndarray:
    """Predict a quantile of each test case."""
    objective = slopes.boosting.xgboost("quantile", level=level)
    # a leaf of this loss is at most 1: the learning rate is in units of the target, whose spread is 77
    params = {"base_score": objective.start(y_train), "max_depth": 3, "eta": 5.0, "nthread": 1}
    booster = xgb.train(params, train, 100, obj=objective, custom_metric=objective.metric)
    return objective.link(booster.predict(test, output_margin=True))


low, high = quantile(0.1), quantile(0.9)
print(f"{np.mean((low <= y_test) & (y_test <= high)):.0%} of the test cases lie in the interval")
