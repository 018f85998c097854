"""What a model is asked for, one of several classes or values, and how its answers are scored."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn import metrics

from slopes.trial import library
from slopes.trial.problems import pairing
from slopes.trial.records import ACCURACY, Metric

Task = Literal["classes", "values"]
Array = NDArray[Any]

BALANCED_ACCURACY = Metric("balanced_accuracy", percent=True, smallest=0.0, greatest=1.0)
R2 = Metric("r2", greatest=1.0)
MAE = Metric("mae", higher_is_better=False, smallest=0.0)


class Targets(ABC):
    """What the targets are: made from the training part, applied to both parts."""

    losses: ClassVar[tuple[str, ...]]  #: tried where the user names none
    metrics: ClassVar[tuple[Metric, ...]]  #: all are measured; the first is the outcome unless chosen
    metric: Metric

    @property
    @abstractmethod
    def outputs(self) -> int:
        """How many numbers the model gives for each example."""

    @abstractmethod
    def encode(self, y: Array, where: str) -> Array:
        """Give the targets as the model is taught them; `where` names the part in errors."""

    @abstractmethod
    def check(self, loss: library.LossFunction) -> None:
        """Refuse a loss that these targets cannot be taught with."""

    @abstractmethod
    def loss(
        self, loss: library.LossFunction, outputs: torch.Tensor, target: torch.Tensor
    ) -> tuple[torch.Tensor, float | None]:
        """Give the mean loss of a batch and its score, where a batch has one."""

    @abstractmethod
    def measures(self, outputs: Array, y: Array) -> dict[str, float]:
        """Give every metric of the model's outputs against the encoded targets."""

    @abstractmethod
    def yardstick(self, y: Array) -> dict[str, float]:
        """Give the metric of the best constant answer, by the name of that answer."""

    @abstractmethod
    def description(self) -> dict[str, object]:
        """Say in a few numbers what the targets are."""


@dataclass(frozen=True)
class Classes(Targets):
    """Targets that are names: strings, truth values or integers."""

    losses = ("cross_entropy", "mse")
    metrics = (ACCURACY, BALANCED_ACCURACY)
    names: Array
    counts: NDArray[np.int64] = field(repr=False)
    metric: Metric = ACCURACY

    @classmethod
    def of(cls, y: Array, metric: Metric) -> "Classes":
        """Read the classes off the training part."""
        names, counts = np.unique(y, return_counts=True)
        if len(names) < 2:
            found = f"one class, {names[0]!s}" if len(names) else "no class"
            raise ValueError(f"the training targets hold {found}; at least 2 are needed")
        return cls(names, counts, metric)

    @property
    def outputs(self) -> int:
        """The number of classes."""
        return len(self.names)

    def encode(self, y: Array, where: str) -> Array:
        """Give each class as its place among the sorted names."""
        places = np.minimum(np.searchsorted(self.names, y), len(self.names) - 1)
        unknown = y[self.names[places] != y]
        if len(unknown):
            raise ValueError(
                f"the {where} targets hold the class {unknown[0]!s}, which the training targets lack"
            )
        return places.astype(np.int64)

    def check(self, loss: library.LossFunction) -> None:
        """Refuse what a classifier cannot be trained with."""
        pairing.check(loss)

    def loss(
        self, loss: library.LossFunction, outputs: torch.Tensor, target: torch.Tensor
    ) -> tuple[torch.Tensor, float | None]:
        """Give the loss and the accuracy of a batch."""
        value = pairing.classification_loss(loss, outputs, target)
        if self.metric != ACCURACY:  # a batch may lack classes, so its balanced accuracy means little
            return value, None
        return value, float((outputs.argmax(dim=1) == target).double().mean())

    def measures(self, outputs: Array, y: Array) -> dict[str, float]:
        """Give the accuracy, and the mean of the classes' accuracies."""
        found = outputs.argmax(axis=1)
        shares = [float((found[y == place] == place).mean()) for place in np.unique(y)]
        return {"accuracy": float((found == y).mean()), "balanced_accuracy": float(np.mean(shares))}

    def yardstick(self, y: Array) -> dict[str, float]:
        """Always name the most frequent class of the training part."""
        constant = np.zeros((len(y), self.outputs))
        constant[:, self.counts.argmax()] = 1.0
        return {"the most frequent class": self.measures(constant, y)[self.metric.name]}

    def description(self) -> dict[str, object]:
        """Give the number of classes and the smallest of them."""
        least = int(self.counts.argmin())
        smallest = f"{self.names[least]!s}: {self.counts[least]} in the training part"
        return {"classes": self.outputs, "smallest class": smallest}


@dataclass(frozen=True)
class Values(Targets):
    """Targets that are numbers: one or several for each example, standardised by the training part."""

    losses = ("mse", "mae", "huber")
    metrics = (R2, MAE)
    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]
    metric: Metric = R2

    @classmethod
    def of(cls, y: Array, metric: Metric) -> "Values":
        """Read mean and standard deviation off the training part."""
        rows = _rows(y)
        deviation = rows.std(axis=0)
        if not (deviation > 0).all():
            constant = rows[0, int(deviation.argmin())]
            raise ValueError(f"the training targets hold one value, {constant}; there is nothing to learn")
        return cls(rows.mean(axis=0), deviation, metric)

    @property
    def outputs(self) -> int:
        """How many values each example has."""
        return len(self.mean)

    def encode(self, y: Array, where: str) -> Array:
        """Standardise, and give single values a column."""
        rows = _rows(y)
        if rows.shape[1] != self.outputs:
            raise ValueError(
                f"the {where} targets have {rows.shape[1]} columns and the training targets {self.outputs}"
            )
        return ((rows - self.mean) / self.deviation).astype(np.float32)

    def check(self, loss: library.LossFunction) -> None:
        """Refuse what is not a loss of the residual.

        The other losses want targets of their own (counts, positive numbers, classes), which
        standardised values are not.
        """
        if loss.kind != "residual_loss":
            raise ValueError(
                f"{loss.name!r} is a {loss.kind}; values are taught by the losses of the difference "
                "prediction - target (residual_loss), such as mse, mae, huber or log_cosh"
            )

    def loss(
        self, loss: library.LossFunction, outputs: torch.Tensor, target: torch.Tensor
    ) -> tuple[torch.Tensor, float | None]:
        """Give the loss and the score of a batch."""
        error = (outputs.detach() - target).double()
        if self.metric == R2:  # against the training part's variance, which is 1 here
            score = 1 - float(error.square().mean())
        else:
            score = float((error.abs() * torch.from_numpy(self.deviation)).mean())
        return loss(outputs, target), score

    def measures(self, outputs: Array, y: Array) -> dict[str, float]:
        """Give r2, the mean over the columns, and mae in the targets' own unit."""
        r2 = metrics.r2_score(y, outputs) if len(y) > 1 else np.nan
        return {"r2": float(r2), "mae": float((np.abs(outputs - y) * self.deviation).mean())}

    def yardstick(self, y: Array) -> dict[str, float]:
        """Always answer with the mean of the training part."""
        return {"the mean": self.measures(np.zeros(y.shape), y)[self.metric.name]}

    def description(self) -> dict[str, object]:
        """Give mean and spread of the targets."""
        of = [
            f"{mean:.6g} ± {deviation:.4g}" for mean, deviation in zip(self.mean, self.deviation, strict=True)
        ]
        return {"values for each example": self.outputs, "targets, mean ± deviation": ", ".join(of[:4])}


_KINDS: dict[str, type[Classes] | type[Values]] = {"classes": Classes, "values": Values}


def find_task(y: Array, task: str | None) -> Task:
    """Say what targets are: floating-point numbers are values, everything else is classes."""
    if task is None:
        return "values" if y.dtype.kind == "f" else "classes"
    if task not in _KINDS:
        raise ValueError(f"the task {task!r} is given; it can be {' or '.join(_KINDS)}")
    if task == "values" and y.dtype.kind not in "fiu":
        raise ValueError(f"targets of type {y.dtype} are given, which cannot be values; only numbers can")
    return "classes" if task == "classes" else "values"


def make(y: Array, task: Task, metric: str | None) -> Targets:
    """Read the targets off the training part.

    Raises
    ------
    ValueError
        If they hold one class or one value, or have no such metric.
    """
    kind = _KINDS[task]
    allowed = {found.name: found for found in kind.metrics}
    if metric is not None and metric not in allowed:
        raise ValueError(f"the metric {metric!r} is given; {task} have {', '.join(allowed)}")
    return kind.of(y, kind.metrics[0] if metric is None else allowed[metric])


def hold_out(y: Array, task: Task, share: float, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Split examples at random, always in the same way: the indices that stay and those held out.

    Classes are split one by one, so that each keeps its share, and at least one example stays.
    """
    if not 0 < share < 1:
        raise ValueError(f"a test share of {share} is given; it must be between 0 and 1")
    order = np.random.default_rng(seed).permutation(len(y))
    groups = np.unique(y, return_inverse=True)[1] if task == "classes" else np.zeros(len(y), np.int64)
    held = np.zeros(len(y), np.bool_)
    for group in np.unique(groups):
        members = order[groups[order] == group]
        held[members[: min(len(members) - 1, max(1, round(share * len(members))))]] = True
    return order[~held[order]], order[held[order]]


def _rows(y: Array) -> NDArray[np.float64]:
    return y.astype(np.float64).reshape(len(y), -1)
