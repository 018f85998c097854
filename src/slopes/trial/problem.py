"""What a trial needs of a task."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import ClassVar, Self

from slopes.trial import library
from slopes.trial.records import CurvePoint, Metric, Plan

Record = Callable[[CurvePoint], None]


class Problem(ABC):
    """A task that candidates are tried on: its data, its model and its metric.

    A problem is sent to worker processes, so it must pickle. ``TorchProblem`` and ``ArrayProblem`` do
    most of this for PyTorch models.

    Attributes
    ----------
    name : str
        What the ledger and the report call it.
    kind : str
        The subcommand of ``slopes trial`` that holds trials on it.
    metric : Metric
        The outcome.
    activations, losses : tuple of str
        What is tried where the user names nothing; the first of each make the baseline.
    learning_rates : tuple of float
        What is searched for each candidate.
    steps : int
        Optimisation steps of a run.
    """

    kind: ClassVar[str] = "own"
    activations: tuple[str, ...] = ("relu", "tanh", "sigmoid", "silu")
    losses: tuple[str, ...] = ("cross_entropy", "mse")
    learning_rates: tuple[float, ...] = (0.003, 0.01, 0.03)
    steps: int = 500

    @property
    @abstractmethod
    def name(self) -> str:
        """What the ledger and the report call it."""

    @property
    @abstractmethod
    def metric(self) -> Metric:
        """The outcome."""

    def check(self, activation: str, loss: str) -> None:
        """Refuse a combination that cannot work.

        Raises
        ------
        ValueError
            With the reason.
        """
        library.activation(activation)
        library.loss(loss)

    @abstractmethod
    def for_search(self) -> Self:
        """Give the problem of the learning-rate search: the training part alone, split again."""

    @abstractmethod
    def train(self, plan: Plan, record: Record) -> dict[str, float]:
        """Train one model, measure it on the test part once, and give the measures by name.

        Parameters
        ----------
        plan : Plan
            What to train; the same plan gives the same measures.
        record : callable
            Takes the points of the learning curve as they come; where the run fails they are kept.
        """

    @property
    @abstractmethod
    def checksum(self) -> str:
        """The SHA-256 of all data, split by split."""

    def yardsticks(self) -> dict[str, float]:
        """Give the metric of what needs no training, by name."""
        return {}

    def description(self) -> Mapping[str, object]:
        """Say in a few numbers what the data are."""
        return {}
