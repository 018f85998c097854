"""One examination: calls come in, findings come out, each mistake once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import fmean

from slopes.doctor.checks import Check, checks
from slopes.doctor.checks.plateaus import stuck_at
from slopes.doctor.scene import Evidence, Finding, LossCall, Place

ORDER = {"error": 0, "warning": 1, "information": 2}


class Case:
    """What is known of one program."""

    def __init__(self) -> None:
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
                evidence = check.examine(call)
                if evidence is not None:
                    self._keep(check, evidence, call.place)

    def see_value(self, place: Place, value: float) -> None:
        """Remember what a call of a loss returned."""
        self._losses[place].append(value)

    def findings(self) -> list[Finding]:
        """Return what was found, the worst first."""
        found = [
            Finding(**{**vars(finding), "times": self._seen[key], "calls": self._calls[at]})
            for key, finding in self._found.items()
            for at in (key[1],)
        ]
        found += self._stuck()
        return sorted(found, key=lambda f: (ORDER[f.severity], int(f.code[1:]), f.place))

    @property
    def examined(self) -> int:
        """How many calls of losses were examined."""
        return self._calls.total()

    def _keep(self, check: Check, evidence: Evidence, called: Place) -> None:
        key = (check.name, called)
        self._seen[key] += 1
        self._found.setdefault(
            key,
            Finding(
                code=check.code,
                name=check.name,
                severity=evidence.severity or check.severity,
                text=check.text,
                evidence=evidence.says,
                numbers=dict(evidence.numbers),
                cure=evidence.cure,
                place=evidence.place or called,
            ),
        )

    def _stuck(self) -> Iterable[Finding]:
        for place, losses in self._losses.items():
            found = stuck(losses, self._classes.get(place, 0), place)
            if found is not None:
                yield found


def stuck(
    losses: Sequence[float], classes: int, place: Place, shares: Sequence[float] = ()
) -> Finding | None:
    """Return the finding of a run whose losses stay at a value that is known, or None."""
    plateau = stuck_at(losses, classes, shares)
    if plateau is None:
        return None
    last = losses[len(losses) // 2 :]
    return Finding(
        code="R13",
        name="stuck-loss",
        severity="warning",
        text="The loss stays at a value that says why nothing is learned.",
        evidence=f"the last {len(last)} losses stay at {fmean(last):.4f}: "
        f"{plateau.value:.4f} is {plateau.means}",
        numbers={"loss": fmean(last), "plateau": plateau.value},
        cure="look at the other findings, at the learning rate, and at whether gradients arrive",
        place=place,
        times=len(last),
        calls=len(losses),
    )
