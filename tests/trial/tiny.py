"""A problem of milliseconds, and a trial of it as a program, for tests of how trials run."""

import hashlib
import os
import random
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar, Self

from slopes.trial import CurvePoint, Metric, Plan, Problem
from slopes.trial.problem import Record

SCORE = Metric("score", smallest=0.0)
HELD: list[bytes] = []


@dataclass(frozen=True)
class TinyProblem(Problem):
    """Draws its outcome from the plan; ``trouble`` says what befalls an activation's runs."""

    folder: Path  #: where ``begun`` gets a line for each run that begins
    kind: ClassVar[str] = "own"
    name: str = "tiny"
    metric: Metric = SCORE
    data: str = "some data"
    width: int = 3
    pause: float = 0.0
    bonus: Mapping[str, float] = field(default_factory=dict)
    trouble: Mapping[str, str] = field(default_factory=dict)
    learning_rates = (0.1, 0.2)
    steps = 100

    def for_search(self) -> Self:
        return replace(self, data=self.data + ", the training part")

    def train(self, plan: Plan, record: Record) -> dict[str, float]:
        with (self.folder / "begun").open("a") as file:
            file.write(f"{plan}\n")
        time.sleep(self.pause * plan.steps)
        activation = plan.candidate.activation
        if (trouble := self.trouble.get(activation)) and plan.phase != "pilot":
            self._befall(trouble)
        draw = random.Random(f"{self.data} {self.width} {plan.seed} {plan.fraction} {plan.phase}")
        own = random.Random(f"{self.data} {plan}")
        record(CurvePoint(1, draw.random(), None, float("inf")))
        record(CurvePoint(plan.steps, draw.random() / 3, draw.random(), 0.1))
        score = 1 + draw.random() + 0.01 * own.random() + self.bonus.get(activation, 0.0)
        return {"score": score, "width": float(self.width), "unknown": float("nan")}

    def _befall(self, trouble: str) -> None:
        try:  # of two that come at the same time one is the first
            (self.folder / trouble).touch(exist_ok=False)
            first = True
        except FileExistsError:
            first = False
        if trouble == "NaN":
            raise FloatingPointError("the training loss became nan at step 7")
        if trouble == "no memory":
            raise MemoryError("no room for 1 TB")
        if trouble == "grows":  # more than joblib lets a worker grow between two looks, a second apart
            HELD.append(b"1" * 350_000_000)
            time.sleep(1.1)
        if trouble == "killed" or (trouble == "killed once" and first):
            os.kill(os.getpid(), signal.SIGKILL)

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.data.encode()).hexdigest()

    def settings(self) -> Mapping[str, str]:
        return {name: value for name, value in super().settings().items() if name != "pause"}

    def yardsticks(self) -> dict[str, float]:
        return {"a guess": 0.5}

    def description(self) -> dict[str, object]:
        return {"examples": 12, "source": self.data}


def begun(folder: Path) -> list[str]:
    """Give the plans of the runs that began, in their order."""
    path = folder / "begun"
    return path.read_text().splitlines() if path.exists() else []


if __name__ == "__main__":
    # folder, jobs, seconds a run
    from slopes.trial import hold

    where, jobs, seconds = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    # A background job of a shell ignores Ctrl-C, and so would its children.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    hold(
        TinyProblem(where, pause=seconds / 100),
        activations=["relu", "tanh"],
        losses=["mse"],
        seeds=6,
        jobs=jobs,
        out=where / "out",
    )
