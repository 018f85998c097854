"""What the doctor sees, whatever the framework: calls of losses, and how their inputs came about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from slopes.boosting.check import Fault

STEPS = "_slopes_steps"  #: the attribute of a tensor that holds the steps it came through
BEFORE = "_slopes_before"  #: and what the last of them was given, with its version
Severity = Literal["error", "warning", "information"]


class Place(NamedTuple):
    """A line of the user's program."""

    file: str
    line: int
    code: str = ""  #: the line itself

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Step(NamedTuple):
    """An operation on the way to a prediction; views and copies are left out."""

    op: str  #: the name of an activation in the register, or "linear", "exp", "log" ...
    place: Place
    axis: int | None = None  #: along which it works, counted from the front
    size: int | None = None  #: the length of that axis


@dataclass(frozen=True, kw_only=True)
class LossCall:
    """One call of a loss."""

    loss: str  #: its name in the register, or in `keras_names` where that has none
    prediction: np.ndarray
    target: np.ndarray
    path: tuple[Step, ...]  #: what made the prediction, the last operation first
    class_axis: int | None  #: where the classes of a row loss lie
    place: Place
    step: int  #: how many calls of this place came before
    options: Mapping[str, Any] = field(default_factory=dict)
    before: np.ndarray | None = None  #: what the last operation was given, where it was kept
    narrow: str = ""  #: the type of a prediction of 16 bits; the arrays may be wider

    @property
    def last(self) -> Step | None:
        """The operation that gave the prediction, if it is known."""
        return self.path[0] if self.path else None

    @property
    def counted(self) -> int:
        """The number of targets that are not ignored."""
        ignored = self.options.get("ignore_index")
        if ignored is None or self.target.dtype.kind not in "iu":
            return self.target.size
        return int(np.sum(self.target != ignored))

    @property
    def classes(self) -> int:
        """The number of classes of a row loss."""
        return 1 if self.class_axis is None else self.prediction.shape[self.class_axis]

    def rows(self) -> np.ndarray:
        """The predictions of a row loss as rows of float64."""
        axis = -1 if self.class_axis is None else self.class_axis
        moved = np.moveaxis(self.prediction.astype(np.float64), axis, -1)
        return moved.reshape(-1, moved.shape[-1])


class ObjectiveCall(NamedTuple):
    """One call of an objective for boosting."""

    faults: "list[Fault]"
    rows: int
    place: Place


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a check found in one call: a sentence, the numbers in it, and the cure."""

    says: str
    numbers: Mapping[str, float]
    cure: str
    place: Place | None = None  #: where the mistake is, if it is not where the loss is called
    severity: Severity | None = None  #: if it is not that of the check
    times: int = 1  #: of a network: in how many calls it was seen
    calls: int = 1  #: of how many


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the doctor reports."""

    code: str
    name: str
    severity: Severity
    text: str  #: what is wrong, in general
    evidence: str  #: what shows it, here
    numbers: Mapping[str, float]
    cure: str
    place: Place
    tried: str = ""  #: what the cure does to the batch in which this was seen first, where that was computed
    times: int = 1  #: in how many calls it was seen
    calls: int = 1  #: of how many; 0 where none was made

    @property
    def share(self) -> str:
        """In how many calls it was seen, in words; nothing where none was made."""
        return f" (in {self.times} of {self.calls} calls)" if self.calls else ""
