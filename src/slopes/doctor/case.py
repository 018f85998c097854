"""One examination: calls come in, findings come out, each mistake once."""

import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from slopes.doctor import plugins
from slopes.doctor.checks import Rule, checks, network_checks, objective_checks, stuck_loss
from slopes.doctor.cures import tried
from slopes.doctor.network import Network
from slopes.doctor.scene import Evidence, Finding, LossCall, ObjectiveCall, Place

Seen = TypeVar("Seen")
Answer = TypeVar("Answer")
ORDER = {"error": 0, "warning": 1, "information": 2}


class Case:
    """What is known of one program."""

    def __init__(self) -> None:
        plugins.load()
        self._failed: set[str] = set()
        self.network = Network()
        self._found: dict[tuple[str, Place], Finding] = {}
        self._calls: Counter[Place] = Counter()
        self._seen: Counter[tuple[str, Place]] = Counter()
        self._losses: defaultdict[Place, list[float]] = defaultdict(list)
        self._classes: dict[Place, int] = {}

    def calls_at(self, place: Place) -> int:
        """Return how many calls of a loss at this place were seen."""
        return self._calls[place]

    def see(self, call: LossCall) -> None:
        """Examine one call."""
        self._calls[call.place] += 1
        self._classes[call.place] = call.classes
        for check in checks:
            if check.looks_at(call):
                evidence = self._ask(check, check.examine, call)
                if evidence is not None:
                    self._keep(check, evidence, call.place, call)

    def see_objective(self, call: ObjectiveCall) -> None:
        """Examine one call of an objective for boosting."""
        self._calls[call.place] += 1
        for fault in call.faults:
            for check in objective_checks:
                if fault.kind in check.kinds:
                    self._keep(check, check.evidence(fault, call), call.place)

    def see_value(self, place: Place, value: float) -> None:
        """Remember what a call of a loss returned."""
        self._losses[place].append(value)

    def findings(self) -> list[Finding]:
        """Return what was found, the worst first."""
        found = [
            replace(found, times=self._seen[key], calls=self._calls[key[1]])
            for key, found in self._found.items()
        ]
        found += self._stuck()
        found += self._of_the_network()
        return sorted(found, key=lambda f: (ORDER[f.severity], int(f.code[1:]), f.place))

    @property
    def examined(self) -> int:
        """How many calls of losses were examined."""
        return self._calls.total()

    def _ask(self, check: Rule, examine: Callable[[Seen], Answer], seen: Seen) -> Answer | None:
        """Return a check's answer; the program must not end with an error of a check."""
        if check.name in self._failed:
            return None
        try:
            return examine(seen)
        except Exception as error:
            self._failed.add(check.name)
            warnings.warn(
                f"the doctor's check {check.name!r} failed, and is left out: {error!r}", stacklevel=2
            )
            return None

    def _keep(self, check: Rule, evidence: Evidence, called: Place, call: LossCall | None = None) -> None:
        key = (check.name, called)
        self._seen[key] += 1
        if key in self._found:
            return
        found = finding(check, evidence, called)
        trial = tried(check.name, call) if call else None
        if trial is not None:
            found = replace(found, tried=trial.says, numbers={**found.numbers, **trial.numbers})
        self._found[key] = found

    def _of_the_network(self) -> Iterable[Finding]:
        for check in network_checks:
            for evidence in self._ask(check, check.answers, self.network) or ():
                yield finding(check, evidence, Place("", 0))

    def _stuck(self) -> Iterable[Finding]:
        for place, losses in self._losses.items():
            found = stuck(losses, self._classes.get(place, 0), place)
            if found is not None:
                yield found


def finding(check: Rule, evidence: Evidence, place: Place) -> Finding:
    """Return what a rule says of evidence, at its place or else at the one given."""
    return Finding(
        code=check.code,
        name=check.name,
        severity=evidence.severity or check.severity,
        text=check.text,
        evidence=evidence.says,
        numbers=dict(evidence.numbers),
        cure=evidence.cure,
        place=evidence.place or place,
        times=evidence.times,
        calls=evidence.calls,
        url=check.url,
    )


def stuck(
    losses: Sequence[float], classes: int, place: Place, shares: Sequence[float] = ()
) -> Finding | None:
    """Return the finding of a run whose losses stay at a value that is known, or None."""
    evidence = stuck_loss.examine(losses, classes, shares)
    return finding(stuck_loss, evidence, place) if evidence else None
