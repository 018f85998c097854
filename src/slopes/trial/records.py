"""What a trial plans, runs and remembers."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Phase = Literal["search", "trial"]


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


@dataclass(frozen=True)
class CurvePoint:
    """The mean training loss and accuracy since the point before."""

    step: int
    training_loss: float
    training_accuracy: float


@dataclass(frozen=True)
class Run:
    """The outcome of a plan. A run that failed is an outcome too: it has an error, no accuracy."""

    plan: Plan
    accuracy: float | None
    curve: tuple[CurvePoint, ...]
    seconds: float
    error: str | None

    @property
    def status(self) -> Literal["ok", "failed"]:
        """Whether the run came to an accuracy."""
        return "ok" if self.error is None else "failed"

    def as_record(self) -> dict[str, Any]:
        """Give the run as one flat record, for JSON."""
        return {
            "activation": self.plan.candidate.activation,
            "loss": self.plan.candidate.loss,
            "seed": self.plan.seed,
            "learning_rate": self.plan.learning_rate,
            "phase": self.plan.phase,
            "steps": self.plan.steps,
            "status": self.status,
            "accuracy": self.accuracy,
            "seconds": round(self.seconds, 3),
            "error": self.error,
            "learning_curve": [asdict(point) for point in self.curve],
        }
