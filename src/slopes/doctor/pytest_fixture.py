"""A fixture of pytest, for those who ask for it.

A conftest.py does so that says `pytest_plugins = ["slopes.doctor.pytest_fixture"]`.
"""

from collections.abc import Iterator

import pytest

from slopes.doctor import Case, watch
from slopes.doctor.report import as_markdown


@pytest.fixture
def slopes_doctor() -> Iterator[Case]:
    """Watch a test, and fail it at its end where something worse than information was found.

    Examples
    --------
    A test of a training step that asks for it:

    >>> def test_a_step(slopes_doctor):
    ...     loss = criterion(model(x), y)
    """
    with watch() as case:
        yield case
    worse = [finding for finding in case.findings() if finding.severity != "information"]
    if worse:
        pytest.fail(as_markdown(worse), pytrace=False)
