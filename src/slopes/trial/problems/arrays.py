"""The task that lies in arrays: examples in, classes or values out."""

import copy
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import nn

from slopes.trial import library
from slopes.trial.problem import Problem
from slopes.trial.problems import targets
from slopes.trial.problems.targets import Array, Targets, Task
from slopes.trial.records import Metric, Plan
from slopes.trial.torch_problem import Layer, TorchProblem, shuffled

TEST_SIZE = 0.25
BATCH_SIZE = 64
# A run makes about 20 passes over the training part, within bounds that keep it to seconds.
_PASSES, _FEWEST_STEPS, _MOST_STEPS = 20, 300, 3000
# Each split has a seed of its own; no seed of a trial is as large.
_TEST_SEED, _SEARCH_SEED, _ORDER_SEED = 10_000_001, 10_000_002, 10_000_003
_MEASURE_BATCH = 4096

Part = tuple[ArrayLike, ArrayLike]


@dataclass(frozen=True)
class Arrays:
    """Examples and their targets, split, checked and in a fixed random order.

    The order matters where a trial trains on a share of the data: a source sorted by class would
    give a share of one class.
    """

    task: Task
    targets: Targets
    x: Array
    y: Array  #: as given
    test_x: Array
    test_y: Array

    @classmethod
    def of(
        cls, training: Part, test: Part | None, task: str | None, metric: str | None, test_size: float
    ) -> "Arrays":
        """Check the arrays; hold a test part out where none is given.

        Raises
        ------
        ValueError
            If they cannot be learnt from; the message says what is wrong.
        """
        x, y = _part(training, "training")
        found = targets.find_task(y, task)
        if found == "classes" and y.ndim > 1:
            raise ValueError(f"the targets are classes of shape {y.shape}; ({len(y)},) is needed")
        if test is None:
            kept, held = targets.hold_out(y, found, test_size, _TEST_SEED)
            x, y, test_x, test_y = x[kept], y[kept], x[held], y[held]
        else:
            test_x, test_y = _part(test, "test")
            order = np.random.default_rng(_ORDER_SEED).permutation(len(y))
            x, y = x[order], y[order]
        if x.shape[1:] != test_x.shape[1:]:
            raise ValueError(
                f"training examples are of shape {x.shape[1:]}, test examples {test_x.shape[1:]}"
            )
        if len(test_y) < (2 if found == "values" else 1):
            raise ValueError(f"{len(test_y)} test examples are too few")
        made = targets.make(y, found, metric)
        made.encode(test_y, "test")
        return cls(found, made, x, y, test_x, test_y)

    @property
    def training(self) -> tuple[Array, Array]:
        """Training examples and their encoded targets."""
        return self.x, self.targets.encode(self.y, "training")

    @property
    def test(self) -> tuple[Array, Array]:
        """Test examples and their encoded targets."""
        return self.test_x, self.targets.encode(self.test_y, "test")

    @property
    def steps(self) -> int:
        """The steps of a run that suit the number of examples."""
        return min(_MOST_STEPS, max(_FEWEST_STEPS, _PASSES * len(self.y) // BATCH_SIZE))

    def for_search(self) -> "Arrays":
        """Give the training part alone, a quarter of it held out at random."""
        kept, held = targets.hold_out(self.y, self.task, TEST_SIZE, _SEARCH_SEED)
        if len(held) < 2:
            raise ValueError("too few training examples to hold a part out; give a single learning rate")
        made = targets.make(self.y[kept], self.task, self.targets.metric.name)
        return Arrays(self.task, made, self.x[kept], self.y[kept], self.x[held], self.y[held])

    @property
    def checksum(self) -> str:
        """The SHA-256 of all examples and targets, split by split."""
        digest = hashlib.sha256()
        for part in (self.x, self.y, self.test_x, self.test_y):
            digest.update(f"{part.dtype} {part.shape}".encode())
            digest.update(np.ascontiguousarray(part).tobytes())
        return digest.hexdigest()

    def description(self) -> dict[str, object]:
        """Give numbers and shapes."""
        return {
            "training examples": len(self.y),
            "test examples": len(self.test_y),
            "shape of an example": " x ".join(map(str, self.x.shape[1:])),
            **self.targets.description(),
        }


class ArrayTask(Problem):
    """What the problems on arrays share, whatever the framework of their model."""

    def __init__(
        self,
        name: str,
        model: Callable[[Any], Any],
        training: Part,
        test: Part | None = None,
        *,
        task: Task | None = None,
        metric: str | None = None,
        test_size: float = TEST_SIZE,
        batch_size: int = BATCH_SIZE,
        steps: int | None = None,
        activations: Sequence[str] | None = None,
        losses: Sequence[str] | None = None,
        learning_rates: Sequence[float] | None = None,
    ) -> None:
        self._name = name
        self._make = model
        self.batch_size = batch_size
        try:
            self.data = Arrays.of(training, test, task, metric, test_size)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
        self.steps = self.data.steps if steps is None else steps
        self.activations = tuple(self.activations if activations is None else activations)
        self.losses = tuple(self.data.targets.losses if losses is None else losses)
        self.learning_rates = tuple(self.learning_rates if learning_rates is None else learning_rates)

    @property
    def name(self) -> str:
        """What the ledger and the report call it."""
        return self._name

    @property
    def metric(self) -> Metric:
        """The outcome."""
        return self.data.targets.metric

    def check(self, activation: str, loss: str) -> None:
        """Refuse a loss that the targets cannot be taught with."""
        library.activation(activation)
        self.data.targets.check(library.loss(loss))

    def for_search(self) -> Self:
        """Give the training part, a random quarter of it held out."""
        result = copy.copy(self)
        result.data = self.data.for_search()
        return result

    @property
    def checksum(self) -> str:
        """The SHA-256 of all examples and targets, split by split."""
        return self.data.checksum

    def yardsticks(self) -> dict[str, float]:
        """Give the metric of the best constant answer."""
        return self.data.targets.yardstick(self.data.test[1])

    def description(self) -> Mapping[str, object]:
        """Give numbers and shapes of the arrays."""
        return self.data.description()


class ArrayProblem(ArrayTask, TorchProblem):
    """A PyTorch model on arrays of your own.

    Integers, strings and truth values as targets are classes, measured by accuracy; floating-point
    numbers are values, measured by r2 and taught in units of their standard deviation. The search for
    a learning rate holds a random quarter of the training part out, class by class.

    Parameters
    ----------
    name : str
        What the ledger and the report call it.
    model : callable
        Takes `activation` and gives the model; each call of ``activation()`` gives a fresh layer. The
        model takes a float32 tensor of shape ``(batch, *x.shape[1:])`` and gives scores before softmax of
        shape ``(batch, classes)``, classes sorted, or values of shape ``(batch, columns of y)``.
    training : tuple of array_like
        Examples x of shape ``(n, ...)``, given to the model as they are, and targets y of shape ``(n,)``,
        or ``(n, columns)`` for several values.
    test : tuple of array_like, optional
        The same for the test part; held out of the training part at random if not given.
    task : {"classes", "values"}, optional
        What the targets are, where their type says something else.
    metric : str, optional
        The outcome: "accuracy" or "balanced_accuracy" for classes, "r2" or "mae" for values.
    test_size : float
        The share that is held out where no test part is given.
    batch_size : int
        Examples of a step.
    steps : int, optional
        Steps of a run; about 20 passes over the training part, 300 to 3000, if not given.
    activations, losses : sequence of str, optional
        What a trial tries where nothing is named.
    learning_rates : sequence of float, optional
        What a trial searches where nothing is named.

    Raises
    ------
    ValueError
        If the arrays cannot be learnt from.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from torch import nn
    >>> from slopes.trial import ArrayProblem, hold
    >>> def network(activation):
    ...     return nn.Sequential(nn.Linear(4, 16), activation(), nn.Linear(16, 3))
    >>> iris = ArrayProblem("iris", network, load_iris(return_X_y=True))
    >>> trial = hold(iris, activations=["relu"], losses=["cross_entropy"], seeds=1, steps=100, jobs=1)
    >>> trial.runs[-1].value(iris.metric) > 0.9
    True
    """

    def network(self, activation: Layer) -> nn.Module:
        """Build the model."""
        model = self._make(activation)
        if not isinstance(model, nn.Module):
            raise ValueError(
                f"the function for the model gives {type(model).__name__}, not a torch.nn.Module"
            )
        return model

    def batches(self, plan: Plan, random: torch.Generator) -> Iterator[Any]:
        """Yield examples and their targets."""
        x, y = (torch.tensor(part) for part in self.data.training)
        for chosen in shuffled(len(x), self.batch_size, plan, random):
            yield x[chosen], y[chosen]

    def loss(
        self, network: nn.Module, batch: Any, loss: library.LossFunction
    ) -> tuple[torch.Tensor, float | None]:
        """Give the loss and the score of a batch."""
        x, y = batch
        return self.data.targets.loss(loss, self._outputs(network, x), y)

    def measure(self, network: nn.Module) -> dict[str, float]:
        """Give every metric on the test part."""
        x, y = self.data.test
        parts = [self._outputs(network, part) for part in torch.split(torch.tensor(x), _MEASURE_BATCH)]
        outputs = torch.cat(parts)
        if not bool(torch.isfinite(outputs).all()):
            raise FloatingPointError("the trained model gives outputs that are not finite")
        return self.data.targets.measures(outputs.numpy(), y)

    def _outputs(self, network: nn.Module, x: torch.Tensor) -> torch.Tensor:
        outputs = network(x)
        check_outputs(getattr(outputs, "shape", None), len(x), self.data.targets)
        return outputs  # type: ignore[no-any-return]


def check_outputs(shape: Sequence[int] | None, examples: int, wanted: Targets) -> None:
    """Refuse a model's answer of the wrong shape."""
    expected = (examples, wanted.outputs)
    if shape is None or tuple(shape) != expected:
        found = "something without a shape" if shape is None else f"shape {tuple(shape)}"
        what = (
            "a score for each class"
            if wanted.metric in targets.Classes.metrics
            else "a column for each value"
        )
        raise ValueError(f"the model returns {found} for {examples} examples; {expected} is needed, {what}")


def _part(part: Part, where: str) -> tuple[NDArray[np.float32], Array]:
    try:
        given, wanted = part
    except (TypeError, ValueError):
        raise ValueError(f"the {where} part must be a pair of arrays, examples and targets") from None
    y = np.asarray(wanted)
    if y.dtype == object:
        y = _plain(y, where)
    if y.dtype.kind not in "bfiuUS":
        raise ValueError(
            f"the {where} targets are of type {y.dtype}; numbers, truth values or strings are needed"
        )
    try:
        x = np.asarray(given).astype(np.float32)
    except (TypeError, ValueError):
        raise ValueError(f"the {where} examples are not numbers") from None
    if y.ndim == 2 and y.shape[1] == 1:
        y = y[:, 0]
    if x.ndim < 1 or y.ndim not in (1, 2) or len(x) != len(y):
        raise ValueError(
            f"the {where} part has examples of shape {x.shape} and targets of shape {y.shape}; "
            "one target for each example is needed"
        )
    if not len(x):
        raise ValueError(f"the {where} part is empty")
    for what, array in (("examples", x), ("targets", y)):
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            rows = int((~np.isfinite(array).reshape(len(array), -1).all(axis=1)).sum())
            raise ValueError(f"{rows} of the {len(array)} {where} {what} hold NaN or infinity")
    return x, y


def _plain(y: Array, where: str) -> Array:
    """Give objects, such as pandas' strings, a type of NumPy."""
    kinds = {type(value) for value in y.flat}
    if kinds <= {str}:
        return y.astype(str)
    if kinds <= {bool, np.bool_}:
        return y.astype(bool)
    names = ", ".join(sorted(kind.__name__ for kind in kinds))
    raise ValueError(f"the {where} targets hold {names}; numbers, truth values or strings are needed")
