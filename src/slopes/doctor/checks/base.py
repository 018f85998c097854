"""What a check is, and the register of all checks."""

from abc import ABC, abstractmethod
from typing import ClassVar

from slopes.doctor.scene import Evidence, LossCall, Severity

checks: list["Check"] = []  #: every check, in the order of their codes


class Check(ABC):
    """One rule. The first line of its docstring says what is wrong when it finds something."""

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = "error"
    losses: ClassVar[tuple[str, ...]] = ()  #: those it looks at; all of them without any

    def __init_subclass__(cls) -> None:
        checks.append(cls())
        checks.sort(key=lambda check: (int(check.code[1:]), check.name))

    @property
    def text(self) -> str:
        """What is wrong, in one sentence."""
        return (type(self).__doc__ or "").partition("\n")[0]

    def looks_at(self, call: LossCall) -> bool:
        """Whether the check knows something about this loss."""
        return not self.losses or call.loss in self.losses

    @abstractmethod
    def examine(self, call: LossCall) -> Evidence | None:
        """Return what speaks against a call, or None."""
