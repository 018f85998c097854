"""A multilayer perceptron on a table."""

import hashlib
import warnings
from collections.abc import Mapping
from functools import cached_property, partial
from typing import ClassVar, Self

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, RidgeCV
from torch import nn

from slopes.trial.problems.arrays import ArrayProblem
from slopes.trial.problems.table.columns import transformer
from slopes.trial.problems.table.reading import Table
from slopes.trial.problems.targets import Array
from slopes.trial.torch_problem import Layer

_HIDDEN = (64, 64)
_DROPOUT = 0.1


class TableProblem(ArrayProblem):
    """One column of a table, learnt from the others.

    Medians, scales and categories are read off the training part alone; in the search, off the part
    of it that is trained on.

    Parameters
    ----------
    table : Table
        What `read` gives.
    metric : str, optional
        The outcome: "accuracy" or "balanced_accuracy" for classes, "r2" or "mae" for values.
    """

    kind: ClassVar[str] = "table"
    learning_rates = (0.001, 0.003, 0.01, 0.03)

    def __init__(self, table: Table, *, metric: str | None = None) -> None:
        self.table = table
        prepare = transformer(table.columns)
        x, test_x = prepare.fit_transform(table.training), prepare.transform(table.test)
        outputs = len(np.unique(table.y)) if table.task == "classes" else 1
        super().__init__(
            table.name,
            partial(perceptron, x.shape[1], outputs),
            (x, table.y),
            (test_x, table.test_y),
            task=table.task,
            metric=metric,
        )

    def for_search(self) -> Self:
        """Give the training part, a quarter of it held out before anything is read off it."""
        return type(self)(self.table.for_search(), metric=self.metric.name)

    @property
    def checksum(self) -> str:
        """The SHA-256 of all columns and targets, split by split."""
        digest = hashlib.sha256()
        for frame, y in ((self.table.training, self.table.y), (self.table.test, self.table.test_y)):
            digest.update(" ".join(frame.columns).encode())
            digest.update(pd.util.hash_pandas_object(frame).to_numpy().tobytes())
            digest.update(y.tobytes())
        return digest.hexdigest()

    def yardsticks(self) -> dict[str, float]:
        """Give the metric of a constant answer, of a linear model and of boosted trees."""
        return dict(self._yardsticks)

    @cached_property
    def _yardsticks(self) -> dict[str, float]:
        (x, y), (test_x, test_y) = self.data.training, self.data.test
        models: dict[str, object]
        if self.data.task == "classes":
            models = {
                "a linear model": LogisticRegression(max_iter=1000),
                "gradient-boosted trees": HistGradientBoostingClassifier(random_state=0),
            }
        else:
            models = {
                "a linear model": RidgeCV(np.logspace(-3, 3, 7)),
                "gradient-boosted trees": HistGradientBoostingRegressor(random_state=0),
            }
        result = super().yardsticks()
        for name, model in models.items():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ConvergenceWarning)  # not the best line is still a yardstick
                answer = model.fit(x, y.ravel()).predict(test_x)  # type: ignore[attr-defined]
            result[name] = self.data.targets.measures(self._as_outputs(answer), test_y)[self.metric.name]
        return result

    def description(self) -> Mapping[str, object]:
        """Give the numbers of rows, columns and targets, and what is left out."""
        return {
            "target": self.table.target,
            "training rows": len(self.table.y),
            "test rows": f"{len(self.table.test_y)}, {self.table.split}",
            **self.table.columns.description(),
            "inputs of the network": self.data.x.shape[1],
            **self.data.targets.description(),
        }

    def _as_outputs(self, answer: Array) -> Array:
        if self.data.task == "values":
            return answer.reshape(-1, 1)
        return np.eye(self.data.targets.outputs)[answer]


def perceptron(inputs: int, outputs: int, activation: Layer) -> nn.Module:
    """Build two hidden layers of 64 units, without normalisation, which would hide the activation."""
    layers: list[nn.Module] = []
    for units in _HIDDEN:
        layers += [nn.Linear(inputs, units), activation(), nn.Dropout(_DROPOUT)]
        inputs = units
    return nn.Sequential(*layers, nn.Linear(inputs, outputs))
