"""LightGBM: the Huber loss does not follow a few wrong targets, the squared error does."""

import lightgbm as lgb
import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split

import slopes
import slopes.boosting

x, y = load_diabetes(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x, y, random_state=0)
y_train[::20] *= 10  # one target in twenty is typed with a zero too many


def error(loss: str, **parameters: float) -> float:
    """Train with a loss, and return the mean absolute error on the test cases."""
    objective = slopes.boosting.lightgbm(loss, **parameters)
    start = objective.start(y_train)
    data = lgb.Dataset(x_train, y_train, init_score=np.full(len(y_train), start))
    params = {"objective": objective, "num_leaves": 8, "num_threads": 1, "verbosity": -1}
    booster = lgb.train(params, data, 50, feval=objective.metric)
    prediction = objective.link(start + booster.predict(x_test))
    return float(slopes.mae(prediction, y_test))


huber, squared = error("huber", delta=50.0), error("mse")
print(f"mean absolute error: {huber:.1f} with huber, {squared:.1f} with mse")
