"""What the doctor sees, whatever the framework: calls of losses, and how their inputs came about."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

import slopes
from slopes.doctor.languages import Language, Text, say

if TYPE_CHECKING:
    from slopes.boosting.check import Fault

STEPS = "_slopes_steps"  #: the attribute of a tensor that holds the steps it came through
BEFORE = "_slopes_before"  #: and what the last of them was given, with its version
Severity = Literal["error", "warning", "information"]
OVER_ENTRIES = "mean over entries"  #: the reduction that divides by classes too; "mean" is over rows
SITE = "https://slopes.readthedocs.io/en/latest/"  #: the documentation, where each rule has a page


def address(rule: str, language: Language = "en") -> str:
    """Return where the page about one of the library's own rules is."""
    folder = "" if language == "en" else f"{language}/"
    return f"{SITE}{folder}findings/{rule}/"


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

    def function(self, loss: str | None = None) -> Any:
        """The loss of the register (or another) at the parameters that the call gave by these names."""
        known: Any = slopes.get(loss or self.loss)
        given = {name: self.options.get(name) for name in known.parameters}
        numbers = {name: value for name, value in given.items() if isinstance(value, int | float)}
        return slopes.get(loss or self.loss, **numbers)

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
    """What the doctor reports. Its texts are English; `in_language` gives them in another language."""

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
    url: str = ""  #: the page about its rule, for rules that have one
    language: Language = "en"  #: of the texts

    @property
    def share(self) -> str:
        """In how many calls it was seen, in words; nothing where none was made."""
        if not self.calls:
            return ""
        return say(Text(" (in {times} of {calls} calls)", times=self.times, calls=self.calls), self.language)

    def in_language(self, language: Language) -> "Finding":
        """Return the same finding with its texts, and the address of its page, in another language.

        Examples
        --------
        >>> import torch
        >>> from slopes import doctor
        >>> with doctor.watch() as case:
        ...     loss = torch.nn.functional.cross_entropy(torch.zeros(4, 3), torch.full((4,), -100))
        >>> case.findings()[0].evidence
        '0 of 4 targets count'
        >>> case.findings()[0].in_language("zh").evidence
        '4 个目标中计入的有 0 个'
        """
        url = address(self.name, language) if self.url == address(self.name, self.language) else self.url
        return replace(
            self,
            text=say(self.text, language),
            evidence=say(self.evidence, language),
            cure=say(self.cure, language),
            tried=say(self.tried, language),
            url=url,
            language=language,
        )

    def __str__(self) -> str:
        shown = Text(
            "{code} {name}: {evidence}. Cure: {cure}.",
            code=self.code,
            name=self.name,
            evidence=self.evidence,
            cure=self.cure,
        )
        return say(shown, self.language)
