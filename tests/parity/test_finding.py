"""`slopes.get` finds every function by the names that other libraries give it."""

import pytest

import slopes
from slopes.core import definitions
from tests.parity.finding import FINDS, NOT_FOUND, names


def found(name):
    try:
        return slopes.get(name).name
    except slopes.UnknownName:
        return None


def spelling(name):
    return name.lower().replace("_", "")


ANSWERS = [(alias, ours) for ours, aliases in FINDS.items() for alias in aliases.split()]


@pytest.mark.parametrize(("alias", "ours"), ANSWERS)
def test_a_name_finds_its_function_once_that_is_here(alias, ours):
    if ours in definitions:
        assert found(alias) == ours
    else:
        assert found(alias) is None, f"{ours} is not here"


@pytest.mark.parametrize("known", [pytest.param(known, id=library) for library, known in names().items()])
def test_every_public_name_finds_a_function_or_has_a_reason_why_not(known):
    answered = {spelling(alias) for alias, _ in ANSWERS} | {spelling(name) for name in NOT_FOUND}
    assert sorted(name for name in known if spelling(name) not in answered) == []
    assert len(known) >= 9


def test_every_name_without_a_function_is_a_public_name_with_a_reason():
    public = set().union(*names().values())
    assert set(NOT_FOUND) <= public
    assert all(NOT_FOUND.values())


@pytest.mark.parametrize("name", ["L2_Loss", "reg:squarederror", "binary", "RMSE"])
def test_a_name_of_another_function_is_not_found(name):
    assert found(name) is None


@pytest.mark.parametrize("name", ["LeakyReLU", "leaky-relu", "leaky relu", "LEAKY_RELU", "leakyrelu"])
def test_case_hyphens_and_underscores_do_not_count(name):
    assert found(name) == "leaky_relu"
