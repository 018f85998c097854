"""No definition names a peer that is not compared, and no name of a peer is invented."""

from importlib.util import find_spec

import pytest

import slopes
from tests.parity import (
    test_activations,
    test_array_losses,
    test_class_losses,
    test_pointwise_losses,
    test_row_activations,
    test_row_losses,
)
from tests.parity.peers import ENTRIES, LATER, TESTED, resolve

COMPARED = {
    *test_activations.CASES,
    *test_row_activations.CASES,
    *test_pointwise_losses.CASES,
    *test_row_losses.CASES,
    *test_array_losses.CASES,
    *test_class_losses.CASES,
}
FUNCTIONS = (*slopes.activations.values(), *slopes.losses.values())


def test_every_entry_of_elsewhere_has_a_case():
    missing = {(name, library) for name, library, _ in ENTRIES} - COMPARED
    assert not missing, f"add cases to tests/parity for {sorted(missing)}"


def test_no_case_is_left_of_an_entry_that_is_gone():
    assert {(name, library) for name, library, _ in ENTRIES} >= COMPARED


@pytest.mark.parametrize("library", TESTED)
def test_each_library_is_installed_and_compared_somewhere(library):
    assert find_spec(library) is not None
    assert library in {library for _, library in COMPARED}


def test_every_library_is_tested_or_said_to_be_tested_later():
    named = {library for function in FUNCTIONS for library in function.elsewhere}
    assert named <= {*TESTED, *LATER}
    assert not {*TESTED} & LATER.keys()
    assert all(LATER.values())


@pytest.mark.parametrize(("name", "expression"), [pytest.param(n, e, id=f"{n}-{e}") for n, _, e in ENTRIES])
def test_the_name_in_the_other_library_exists(name, expression):
    assert callable(resolve(expression)), f"{name}.elsewhere"


@pytest.mark.parametrize(
    ("expression", "error"),
    [
        ("torch.nn.functional.glue", ModuleNotFoundError),
        ("scipy.special.sigmoid_", ModuleNotFoundError),
        ("jax.nn.gelu(approximation=False)", TypeError),
    ],
)
def test_a_wrong_name_or_keyword_is_noticed(expression, error):
    with pytest.raises(error):
        resolve(expression)
