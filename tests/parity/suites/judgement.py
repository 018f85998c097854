"""What a suite's outcomes must be: enough of them, and every failure a listed difference that still fails."""

from collections.abc import Collection, Iterator, Sequence

from tests.parity.suites.cases import Outcome
from tests.parity.suites.differences import Difference


def problems(
    outcomes: Sequence[Outcome], differences: Sequence[Difference], later: Collection[str], at_least: int
) -> Iterator[str]:
    """Yield what is wrong, a line each; nothing if all is as it is said to be."""
    here = [o for o in outcomes if not o.missing]
    passed = sum(1 for o in here if o.called and not o.error)
    if passed < at_least:
        yield f"{passed} cases passed with our functions; there were {at_least}"
    for name in sorted({name for o in outcomes for name in o.missing} - set(later)):
        yield f"{name}: neither in our register nor listed as a function of later"
    listed = [case for difference in differences for case in difference.cases]
    for o in here:
        if o.error and o.case not in listed:
            yield f"{o.case} ({', '.join(o.called)}): {o.error}"
        if not o.error and o.case in listed:
            yield f"{o.case}: passes, so that it is no difference"
    for case in sorted(set(listed) - {o.case for o in outcomes}):
        yield f"{case}: listed as a difference, but there is no such case"
    for case in sorted({case for case in listed if listed.count(case) > 1}):
        yield f"{case}: listed twice"
