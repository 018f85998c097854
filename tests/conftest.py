"""Every function, at its default parameters and at each of the others that its definition names."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

import slopes
from slopes.core import Definition, definitions

# For torch, and for processes that tests start: on arrays as small as here, threads that wait for each other
# take ten times the processor time, and more of the clock when other tests run beside them.
os.environ.setdefault("OMP_NUM_THREADS", "1")


#: at which the laws try a function whose defaults take too long with 50 digits
SMALL: dict[str, dict[str, Any]] = {
    "multi_resolution_stft": {
        "fft_sizes": (8, 16, 5),
        "hop_sizes": (300, 250, 200),
        "win_lengths": (6, 15, 5),
    }
}


def instances(*kinds: str) -> Iterator[Definition]:
    """Definitions of the given kinds, at every parameter that the laws must try."""
    for _, cls in sorted(definitions.items()):
        if kinds and cls.kind not in kinds:
            continue
        yield cls(**SMALL.get(cls.name, {}))
        for name, bounds in cls.bounds().items():
            for value in bounds.also:
                yield cls(**{name: value})


def label(definition: Definition) -> str:
    changed = [f"{k}={v}" for k, v in definition.parameters.items() if definition != type(definition)()]
    return "-".join((definition.name, *changed))


def public(definition: Definition) -> Any:
    """The function that users call, at the parameters of a definition."""
    return slopes.get(definition.name, **definition.parameters)


TWO_ARGUMENTS = ("logit_loss", "probability_loss", "pointwise_loss")
POINTWISE = ("residual_loss", "margin_loss", *TWO_ARGUMENTS)
KINDS = {
    "curve": ("activation", "residual_loss", "margin_loss"),
    "activation": ("activation",),
    "pointwise_loss": POINTWISE,
    "two_argument_loss": TWO_ARGUMENTS,
    "pointwise": ("activation", *POINTWISE),
    "row_activation": ("row_activation",),
    "row_or_loss": ("row_activation", "row_loss"),
    "row_loss": ("row_loss",),
    "array_loss": ("array_loss",),
    "ordinary": ("activation", *POINTWISE, "row_activation", "row_loss"),
    "anything": (),
}  #: the fixtures that laws are parametrised by


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--functions", default="", help="run the laws for these functions only")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    wanted = set(filter(None, metafunc.config.getoption("--functions").split(",")))
    for fixture, kinds in KINDS.items():
        if fixture in metafunc.fixturenames:
            chosen = [d for d in instances(*kinds) if not wanted or d.name in wanted]
            metafunc.parametrize(fixture, chosen, ids=label)
