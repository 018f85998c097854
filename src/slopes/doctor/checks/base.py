"""What a check is, and the register of all checks."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from inspect import getdoc
from typing import TYPE_CHECKING, ClassVar

from slopes.doctor.network import Network
from slopes.doctor.scene import Evidence, LossCall, ObjectiveCall, Severity, address

if TYPE_CHECKING:
    from slopes.boosting.check import Fault

checks: list["Check"] = []  #: every check of a loss, in the order of their codes
network_checks: list["NetworkCheck"] = []  #: every check of a network, likewise
objective_checks: list["ObjectiveCheck"] = []  #: every check of an objective for boosting
OURS = __name__.rpartition(".")[0]  #: the package whose rules have a page in the documentation


class Rule(ABC):
    """What can be wrong. The first line of its docstring says it; all of it is the rule's page."""

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = "error"

    @property
    def text(self) -> str:
        """What is wrong, in one sentence."""
        return (getdoc(type(self)) or "").partition("\n")[0]

    @property
    def url(self) -> str:
        """The address of the page about it; a check of another package may name one."""
        return address(self.name) if type(self).__module__.startswith(OURS) else ""


class Check(Rule):
    """A rule for one call of a loss."""

    losses: ClassVar[tuple[str, ...]] = ()  #: those it looks at; all of them without any

    def __init_subclass__(cls) -> None:
        checks.append(cls())
        checks.sort(key=lambda check: (int(check.code[1:]), check.name))

    def looks_at(self, call: LossCall) -> bool:
        """Whether the check knows something about this loss."""
        return not self.losses or call.loss in self.losses

    @abstractmethod
    def examine(self, call: LossCall) -> Evidence | None:
        """Return what speaks against a call, or None."""


class NetworkCheck(Rule):
    """A rule for all that was seen of a network."""

    def __init_subclass__(cls) -> None:
        network_checks.append(cls())
        network_checks.sort(key=lambda check: (int(check.code[1:]), check.name))

    @abstractmethod
    def examine(self, network: Network) -> Iterator[Evidence]:
        """Yield what speaks against a network; each says its place."""

    def answers(self, network: Network) -> list[Evidence]:
        """Return all that `examine` yields."""
        return list(self.examine(network))


class ObjectiveCheck(Rule):
    """A rule for what `slopes.boosting.check` finds wrong with an objective."""

    kinds: ClassVar[tuple[str, ...]]  #: of faults that it speaks of

    def __init_subclass__(cls) -> None:
        objective_checks.append(cls())

    @abstractmethod
    def evidence(self, fault: "Fault", call: ObjectiveCall) -> Evidence:
        """Return what a fault is in numbers."""
