"""Kernels against NumPy: these tests need the compiled module, the others run without it as well."""

from collections.abc import Iterator

import pytest

import slopes
from slopes.backends import kernels


@pytest.fixture(autouse=True)
def _need_kernels() -> None:
    if not slopes.kernels():
        pytest.skip(f"no kernels: {slopes.kernels().reason}")


@pytest.fixture
def threads() -> Iterator[None]:
    """Restores the number of threads."""
    before = slopes.kernels().threads
    yield
    slopes.set_num_threads(before)


@pytest.fixture
def by_numpy(monkeypatch: pytest.MonkeyPatch):
    """Evaluates a call without the kernels."""

    def evaluate(call):
        module, instructions = kernels._module, slopes.kernels().instructions
        with monkeypatch.context() as patch:
            patch.setattr(kernels, "_module", None)
            module.choose("none")  # direct calls do not ask Python
            try:
                return call()
            finally:
                module.choose(instructions)

    return evaluate
