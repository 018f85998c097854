"""Results depend neither on strides, alignment, blocks nor byte order; inputs are never changed."""

import numpy as np

from slopes.backends import numpy as numpy_backend
from tests.conftest import public
from tests.laws.reference import width_of
from tests.laws.test_edges import values
from tests.loops import over


def run(definition, x):
    """Everything a definition computes of an array, as one list."""
    function = public(definition)
    if definition.kind in ("activation", "residual_loss", "margin_loss"):
        return list(values(definition, x))
    if definition.kind == "row_activation":
        return [function(x), function.jvp(x, x)]
    if definition.kind == "row_loss":
        target = np.arange(len(x)) % x.shape[-1]
        return [function(x, target, reduction="none"), *function.gradient_and_hessian(x, target)]
    low, high = definition.predictions
    p = np.clip(np.abs(x), 0, 1) if high == 1 else x if low == -np.inf else low + abs(x) + x.dtype.type(0.1)
    target = np.full_like(p, 0.25)
    return [function(p, target, reduction="none"), *function.gradient_and_hessian(p, target)]


def inputs(definition, rows=211):
    width = width_of(definition) if definition.kind.startswith("row") else 3
    x = np.random.default_rng(2).normal(size=(rows, width)) * 4
    if definition.kind != "activation" or definition.facts.everywhere:
        return x
    low, high = definition.facts.domain
    return np.interp(x, (-12, 12), (low, min(high, low + 24)))


LAYOUTS = {
    "strided": lambda x: np.repeat(np.repeat(x, 2, 0), 3, 1)[::2, ::3],
    "reversed": lambda x: np.ascontiguousarray(x[::-1, ::-1])[::-1, ::-1],
    "fortran": np.asfortranarray,
    "unaligned": lambda x: np.frombuffer(b"\0" + x.tobytes(), np.uint8)[1:].view(x.dtype).reshape(x.shape),
    "read-only": lambda x: np.lib.stride_tricks.as_strided(x, writeable=False),
    "big-endian": lambda x: x.astype(x.dtype.newbyteorder(">")),
}


@over("dtype", [np.float16, np.float32, np.float64])
def test_layout_changes_no_bit(ordinary, dtype):
    x = np.ascontiguousarray(inputs(ordinary).astype(dtype))
    results = run(ordinary, x)
    for layout, laid_out in LAYOUTS.items():
        for plain, other in zip(results, run(ordinary, laid_out(x)), strict=True):
            np.testing.assert_array_equal(plain, other, err_msg=layout)
            assert plain.dtype == dtype, layout
            assert other.dtype.newbyteorder("=") == dtype, layout


def test_blocks_change_no_bit(ordinary, monkeypatch):
    x = inputs(ordinary).astype(np.float32)
    whole = run(ordinary, x)
    monkeypatch.setattr(numpy_backend, "BLOCK", 16)
    for a, b in zip(whole, run(ordinary, x), strict=True):
        np.testing.assert_array_equal(a, b)


def test_each_element_is_its_own(ordinary):
    """A longer array changes nothing of what a shorter one gave."""
    x = inputs(ordinary, 20_000)
    for whole, part in zip(run(ordinary, x), run(ordinary, x[:7]), strict=True):
        np.testing.assert_array_equal(whole[:7], part)


def test_inputs_are_never_changed(ordinary):
    x = inputs(ordinary)
    before = x.copy()
    run(ordinary, x)
    np.testing.assert_array_equal(x, before)
