"""CatBoost: logistic loss, with weights that make both classes count alike."""

import numpy as np
from catboost import CatBoost, Pool
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

import slopes.boosting

x, y = load_breast_cancer(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x, y, random_state=0)
weight = slopes.class_balanced_weights(np.bincount(y_train))[y_train]

objective = slopes.boosting.catboost("binary_cross_entropy_with_logits")
start = objective.start(y_train, weight)
pool = Pool(x_train, y_train, weight=weight, baseline=np.full(len(y_train), start))
model = CatBoost(
    {
        "loss_function": objective,
        "eval_metric": objective.metric,
        "iterations": 100,
        "depth": 4,
        "thread_count": 1,
        "verbose": False,
        "allow_writing_files": False,
    }
).fit(pool)

probability = objective.link(start + model.predict(x_test, prediction_type="RawFormulaVal"))
print(f"{np.mean((probability > 0.5) == y_test):.1%} of the test cases are classified right")
