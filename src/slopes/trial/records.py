"""What a trial plans, runs and remembers."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

#: ``pilot`` runs are short and only tell how long a run takes; no conclusion sees them.
Phase = Literal["pilot", "search", "trial", "confirm"]


@dataclass(frozen=True)
class Metric:
    """The outcome that candidates are compared by: a quality of the task, never the loss itself.

    Attributes
    ----------
    name : str
        Its name in tables, files and the ledger.
    higher_is_better : bool
        Whether a larger value is a better one.
    percent : bool
        Whether tables show it times 100.
    unit : str
        What a value is counted in, such as ``"dB"``.
    smallest, greatest : float
        What it can be; intervals are cut there.
    """

    name: str
    higher_is_better: bool = True
    percent: bool = False
    unit: str = ""
    smallest: float = -math.inf
    greatest: float = math.inf

    @property
    def label(self) -> str:
        """The name with its unit, for an axis or the head of a column."""
        unit = "%" if self.percent else self.unit
        return f"{self.name} ({unit})" if unit else self.name


ACCURACY = Metric("accuracy", percent=True, smallest=0.0, greatest=1.0)


@dataclass(frozen=True)
class ProblemFacts:
    """What a report tells of a problem, and all that it needs of it.

    Attributes
    ----------
    name, kind : str
        As in `Problem`.
    metric : Metric
        The outcome.
    checksum : str
        The SHA-256 of all data.
    description : mapping
        Sizes and sources of the data.
    yardsticks : mapping
        The metric of what needs no training.
    """

    name: str
    kind: str
    metric: Metric
    checksum: str
    description: Mapping[str, object]
    yardsticks: Mapping[str, float]


@dataclass(frozen=True)
class Candidate:
    """An activation and a loss, by their register names."""

    activation: str
    loss: str

    @property
    def name(self) -> str:
        """The name in tables and files."""
        return f"{self.activation} + {self.loss}"


@dataclass(frozen=True)
class Plan:
    """One training run, completely described: equal plans on equal data give equal results."""

    candidate: Candidate
    learning_rate: float
    seed: int
    steps: int
    phase: Phase
    fraction: float = 1.0  #: of the training data


@dataclass(frozen=True)
class CurvePoint:
    """Means since the point before, the score on the metric's scale; the gradient norm is of this step."""

    step: int
    training_loss: float
    training_score: float | None
    gradient_norm: float | None  #: None where it overflowed


@dataclass(frozen=True)
class Run:
    """The outcome of a plan. A run that failed is an outcome too: it has an error, no measures."""

    plan: Plan
    measures: Mapping[str, float]
    curve: tuple[CurvePoint, ...]
    seconds: float
    error: str | None

    @property
    def status(self) -> Literal["ok", "failed"]:
        """Whether the run came to its measures."""
        return "ok" if self.error is None else "failed"

    def value(self, metric: Metric) -> float | None:
        """Give the measured outcome, or None where the run failed."""
        return self.measures.get(metric.name)

    def as_record(self) -> dict[str, Any]:
        """Give the run as one flat record, for JSON."""
        return {
            "activation": self.plan.candidate.activation,
            "loss": self.plan.candidate.loss,
            "seed": self.plan.seed,
            "learning_rate": self.plan.learning_rate,
            "phase": self.plan.phase,
            "steps": self.plan.steps,
            "fraction": self.plan.fraction,
            "status": self.status,
            **self.measures,
            "seconds": round(self.seconds, 3),
            "error": self.error,
            "learning_curve": [asdict(point) for point in self.curve],
        }
