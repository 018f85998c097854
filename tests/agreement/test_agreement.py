"""Every function, on every framework, in every dtype: value, first and second derivative against NumPy."""

import pytest
from bench.frameworks import TEXT

from tests.agreement.cases import ORDERS, deviations
from tests.agreement.frameworks import CONTRACT, DTYPES, FRAMEWORKS, contract


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("framework", CONTRACT)
def test_every_function_agrees_with_numpy(framework, dtype):
    allowed = contract(framework, dtype)
    found = deviations(FRAMEWORKS[framework], dtype)
    wrong = [
        f"{name}, {order}: {units:.2f} units"
        for name, each in found.items()
        for order, units in zip(ORDERS, each, strict=True)
        if not units <= allowed  # a NaN too
    ]
    assert not wrong, "\n".join(wrong)


def test_the_page_has_its_text_and_a_row_for_each_framework_and_dtype():
    page = (TEXT.parents[1] / "docs/frameworks.md").read_text()
    assert page.startswith(TEXT.read_text())
    assert page.count("\n") - TEXT.read_text().count("\n") == len(CONTRACT) * len(DTYPES)
