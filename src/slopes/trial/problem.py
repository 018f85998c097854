"""What a trial needs of a task."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from inspect import getattr_static
from typing import ClassVar, Self

from slopes.trial.records import Candidate, CurvePoint, Metric, Plan, ProblemFacts

# What a plan or the ledger's other columns say already.
_NO_SETTINGS = ("activations", "kind", "learning_rates", "losses", "name", "steps")

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
        # It imports PyTorch, which a worker of another framework does without.
        from slopes.trial import library

        library.activation(activation)
        library.loss(loss)

    def rehearse(self, candidate: Candidate) -> None:  # noqa: B027  # what cannot be rehearsed need not be
        """Try a model on one batch, so that a mistake in it shows before anything is trained.

        Raises
        ------
        ValueError
            With what is wrong.
        """

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

    def settings(self) -> Mapping[str, str]:
        """Give what besides the data and the plan decides a run, such as the sizes of the model.

        Runs with other settings are kept apart. By default these are all public attributes that hold a
        number, a word, or several of them.
        """
        return {
            name: repr(value)
            for name in dir(self)
            if not name.startswith("_")
            and name not in _NO_SETTINGS
            # Neither methods nor properties: what those give follows from something else.
            and not hasattr(getattr_static(type(self), name, None), "__get__")
            and _is_plain(value := getattr(self, name))
        }

    def facts(self) -> ProblemFacts:
        """Give what the report tells of the problem."""
        return ProblemFacts(
            self.name,
            self.kind,
            self.metric,
            self.checksum,
            dict(self.description()),
            dict(self.yardsticks()),
        )


def _is_plain(value: object) -> bool:
    if isinstance(value, tuple | list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, bool | int | float | str)


@contextmanager
def explained(name: str, candidate: Candidate) -> Iterator[None]:
    """Give whatever goes wrong in a model's rehearsal the name of the problem and of the candidate."""
    try:
        yield
    except Exception as error:
        what = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
        raise ValueError(
            f"{name}: the model fails at its first batch, with {candidate.name}: {what}"
        ) from error
