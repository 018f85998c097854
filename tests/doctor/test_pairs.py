"""Every rule is found in its faulty programs, and nothing is said of the cured ones."""

import warnings

import pytest

from slopes import doctor
from slopes.doctor import checks
from slopes.doctor.scene import Finding
from tests.doctor import network_pairs, slopes_pairs
from tests.doctor.chinese import same_in_chinese
from tests.doctor.keras_pairs import PAIRS as KERAS_PAIRS
from tests.doctor.pairs import HEAD, HEALTHY, PAIRS


def said_of(body: str, head: str = HEAD) -> list[Finding]:
    """Run a program while it is watched; it may fail, as wrong programs do."""
    names: dict[str, object] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(head, "program.py", "exec"), names)
        with doctor.watch() as case:
            try:
                exec(compile(body, "program.py", "exec"), names)
            except (RuntimeError, IndexError, ValueError):
                assert case.findings(), "it failed, and nothing was found"
    return case.findings()


HEADED = [
    *(pytest.param(HEAD, *pair) for pair in PAIRS),
    *(pytest.param(slopes_pairs.HEAD, *pair) for pair in slopes_pairs.PAIRS),
]


@pytest.mark.parametrize(("head", "rule", "faulty", "cured"), HEADED)
def test_the_fault_is_found_and_the_cure_is_silent(head, rule, faulty, cured):
    found = said_of(faulty, head)
    assert rule in {f.code for f in found if f.severity != "information"}, found
    assert all(f.place.file == "program.py" and f.evidence and f.cure and f.text for f in found)
    same_in_chinese(found)
    assert not [f for f in said_of(cured, head) if f.severity != "information"]


@pytest.mark.parametrize("body", HEALTHY)
def test_nothing_is_said_of_the_healthy(body):
    assert not [f for f in said_of(body) if f.severity != "information"]


def test_nothing_is_said_of_this_librarys_functions_where_they_are_right_or_say_it_themselves():
    for body in slopes_pairs.HEALTHY:
        assert not [f for f in said_of(body, slopes_pairs.HEAD) if f.severity != "information"], body
    names: dict[str, object] = {}
    exec(slopes_pairs.HEAD, names)
    for body in slopes_pairs.REFUSED:
        with doctor.watch() as case, pytest.raises(ValueError, match=r"shape|nothing|mean"):
            exec(body, names)
        assert case.findings() == [], body


def test_every_check_has_a_pair():
    elsewhere = {name for name, _, _ in network_pairs.PAIRS}
    paired = {rule for rule, *_ in (*PAIRS, *KERAS_PAIRS)}
    assert {check.code for check in checks if check.name not in elsewhere} <= paired
