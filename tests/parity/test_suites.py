"""The peers' own suites pass with our functions, but for the differences that are listed."""

import json
from dataclasses import replace

import pytest

from tests.parity.processes import printed
from tests.parity.suites.cases import NotHereYet, Ours, Outcome, described
from tests.parity.suites.differences import DIFFERENCES, LATER, Difference
from tests.parity.suites.judgement import problems

#: suite -> how many cases pass with our functions today, at least
SUITES = {"onnx_nodes": 133, "keras_activations": 40, "keras_losses": 120, "optax_losses": 85}


@pytest.mark.parametrize("suite", SUITES)
def test_a_suite_ends_as_it_is_said_to(suite):
    outcomes = [
        Outcome(o["case"], tuple(o["called"]), tuple(o["missing"]), o["error"])
        for o in json.loads(printed("tests.parity.suites", suite))
    ]
    listed = [difference for difference in DIFFERENCES if difference.suite == suite]
    found = list(problems(outcomes, listed, LATER, SUITES[suite]))
    assert not found, "\n".join(found)


def test_every_difference_belongs_to_a_suite_and_has_a_reason():
    assert {difference.suite for difference in DIFFERENCES} <= SUITES.keys()
    assert all(difference.why and difference.cases for difference in DIFFERENCES)


PASSED = Outcome("a", called=("silu",), missing=())
FAILED = Outcome("b", called=("mse",), missing=(), error="AssertionError: 1, not 2")
LISTED = Difference("suite", "on purpose", ("b",))


@pytest.mark.parametrize(
    ("outcomes", "differences", "at_least", "found"),
    [
        ([PASSED, FAILED], [LISTED], 1, None),
        ([PASSED, replace(PASSED, case="c", called=(), missing=("mish",))], [], 1, None),
        ([PASSED, FAILED], [], 1, "b (mse): AssertionError"),
        ([PASSED, replace(FAILED, called=())], [], 1, "b (): AssertionError"),
        ([PASSED, replace(FAILED, error="")], [LISTED], 1, "b: passes"),
        ([PASSED], [LISTED], 1, "b: listed as a difference, but"),
        ([PASSED, FAILED], [LISTED, LISTED], 1, "b: listed twice"),
        ([PASSED, FAILED], [LISTED], 2, "1 cases passed"),
        ([], [], 1, "0 cases passed"),
        ([replace(PASSED, called=())], [], 1, "0 cases passed"),
        ([PASSED, replace(PASSED, missing=("mitsh",))], [], 1, "mitsh: neither"),
    ],
)
def test_the_judgement_is_strict(outcomes, differences, at_least, found):
    lines = list(problems(outcomes, differences, ("mish",), at_least))
    assert [line[: len(found)] for line in lines] == [found] if found else not lines


def test_asking_for_a_function_is_noted():
    ours = Ours()
    assert ours.swish.name == "silu"
    with pytest.raises(NotHereYet, match="no_such_function"):
        _ = ours.no_such_function
    assert not hasattr(ours, "__wrapped__")
    assert (ours.called, ours.missing) == ({"silu"}, {"no_such_function"})


def test_an_error_is_described_in_one_line():
    assert described(ValueError("first\n\n middle\nlast\n")) == "ValueError: first ... last"
    assert described(KeyError()) == "KeyError: "
