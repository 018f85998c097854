"""The page of names is current, and what it measures can fail."""

import pytest

import slopes
from slopes.core import definitions
from tests.parity.measuring import arguments, factor, target_first
from tests.parity.names import AT, DOCUMENTED, MEASURED, MORE, TAKES, Name, entries
from tests.parity.processes import ROOT, printed


def test_the_page_is_made_from_the_definitions_and_the_libraries():
    page = printed("bench.names")
    assert (ROOT / "docs/names.md").read_text() == page, "python -m bench.names > docs/names.md"


def test_every_typed_name_is_used_and_none_twice():
    names = entries()
    pairs = [(name.ours, name.theirs) for name in names]
    assert len(set(pairs)) == len(pairs)
    assert {key for key in AT if key[0] in definitions} <= set(pairs)
    assert TAKES.keys() <= {name.theirs for name in names if name.library in DOCUMENTED}
    assert {name.library for name in names} <= {*MEASURED, *DOCUMENTED}
    assert not set(MEASURED) & set(DOCUMENTED)
    assert all(slopes.get(name.ours).name == name.ours for name in MORE)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Name("mse", "torch", "torch.nn.functional.mse_loss"), "1"),
        (Name("mse", "optax", "optax.losses.l2_loss"), "1/2"),
        (Name("huber", "torch", "torch.nn.functional.mse_loss"), None),
        (Name("relu", "jax", "jax.nn.silu"), None),
        (Name("gelu", "onnx", "Gelu(approximate='tanh')"), None),
        (Name("cross_entropy", "torch", "torch.nn.functional.nll_loss"), "1"),  # of log-probabilities it is
        (Name("quantile", "sklearn", "sklearn.metrics.mean_absolute_error"), "2"),
        (Name("softmax", "torch", "torch.log_softmax"), None),
    ],
)
def test_the_factor_is_measured(name, expected):
    if expected is None:
        with pytest.raises(ValueError, match=r"is not .* times a factor"):
            factor(name)
    else:
        assert str(factor(name)) == expected


@pytest.mark.parametrize(
    ("library", "theirs", "takes", "turned"),
    [
        ("sklearn", "sklearn.metrics.mean_pinball_loss", "(y_true, y_pred, alpha=0.5)", True),
        ("optax", "optax.losses.l2_loss", "(predictions, targets=None)", False),
        ("torch", "torch.nn.functional.softplus", "(input, beta=1, threshold=20)", False),
        ("torch", "torch.relu", "(input)", False),
        ("jax", "jax.nn.gelu(approximate=False)", "(x)", False),
        ("onnx", "LeakyRelu", "(X, alpha=0.01)", False),
    ],
)
def test_arguments_are_read_from_the_library(library, theirs, takes, turned):
    name = Name("relu", library, theirs)
    assert arguments(name) == takes
    assert target_first(name) is turned
