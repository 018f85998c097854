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


def test_the_page_starts_with_its_text():
    assert (TEXT.parents[1] / "docs/frameworks.md").read_text().startswith(TEXT.read_text())
