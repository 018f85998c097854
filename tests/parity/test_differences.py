"""The table of differences: every row is measured, and is fit to be printed."""

from importlib import import_module
from pathlib import Path

import slopes
from tests.parity.differences import DIFFERENCES
from tests.parity.peers import TESTED

MODULES = sorted(path.stem for path in Path(__file__).parent.glob("test_differences_*.py"))


def test_every_row_has_exactly_one_test_and_every_test_a_row():
    prefix = "test_difference_"
    found = [
        name.removeprefix(prefix)
        for module in MODULES
        for name in vars(import_module(f"tests.parity.{module}"))
        if name.startswith(prefix)
    ]
    assert sorted(found) == sorted(row.key for row in DIFFERENCES)


def test_every_row_names_functions_and_libraries_that_exist():
    for row in DIFFERENCES:
        assert row.ours
        assert all(getattr(slopes, name).name == name for name in row.ours), row.key
        assert set(row.library.split(", ")) <= set(TESTED), row.key


def test_every_row_can_be_printed_in_a_table():
    for row in DIFFERENCES:
        for text in (row.theirs, row.what, row.why):
            assert text.strip() == text, row.key
            assert text, row.key
            assert not set("|\n") & set(text), row.key
