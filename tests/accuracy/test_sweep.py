"""The sweep finds what is wrong, and only that."""

import re
from importlib import import_module

import numpy as np
import pytest
from ml_dtypes import finfo
from typer.testing import CliRunner

import slopes
from slopes.accuracy import Worst, sweep
from slopes.accuracy.formats import FORMATS, ulps
from slopes.accuracy.inputs import blocks, inputs
from slopes.accuracy.peers import resolve
from slopes.cli.main import app
from tests.laws.reference import ORDERS, exact, spacing
from tests.laws.test_accuracy import CONTRACT, slope


def test_ulps_count_the_last_place():
    one, zero = np.array([1.0]), np.array([0.0])
    up = np.nextafter(np.float32(1), np.float32(2))
    assert ulps(np.array([up]), one, zero, "float32") == [1]
    assert ulps(np.array([1.0]), one, np.array([-np.spacing(1.0) / 4]), "float64") == [0.25]
    assert ulps(np.array([np.nan]), one, zero, "float32") == [np.inf]
    assert ulps(np.array([np.inf]), one, zero, "float32") == [np.inf]
    assert ulps(np.array([np.inf]), np.array([1e60]), zero, "float32") == [0]
    assert ulps(np.array([-np.inf]), np.array([1e60]), zero, "float32") == [np.inf]
    assert ulps(np.float32([0.0]), np.array([3e-45]), zero, "float32") == pytest.approx([2.14], rel=1e-2)


def every_input(dtype, every):
    return np.concatenate([inputs(dtype, every, block) for block in blocks(dtype, every)])


@pytest.mark.parametrize(("dtype", "finite"), [("float16", 2 * 31 * 1024), ("bfloat16", 2 * 255 * 128)])
def test_every_float_of_16_bits_is_looked_at(dtype, finite):
    x = every_input(dtype, 1)
    assert x.dtype.name == dtype
    assert len(x) == finite
    assert len(np.unique(x.view(np.uint16))) == len(x)


@pytest.mark.parametrize("every", [1, 3, 1009, (1 << 32) - 1])
def test_blocks_hold_every_float_once(every):
    """The first, two neighbours in the middle, and the last."""
    numbers = blocks("float32", every)
    some = [i for i in (0, len(numbers) // 8, len(numbers) // 8 + 1, len(numbers) - 1) if i in numbers]
    for block in some:
        x = inputs("float32", every, block).view(np.uint32).astype(np.int64)
        start = block * (every << 16)
        stop = min(start + (every << 16), 1 << 32)
        want = np.arange(start, stop, every)
        finite = np.isfinite(want.astype(np.uint32).view(np.float32))
        np.testing.assert_array_equal(x, want[finite])
    assert len(numbers) * (every << 16) >= 1 << 32 > (len(numbers) - 1) * (every << 16)


@pytest.mark.parametrize("dtype", FORMATS)
def test_a_format_is_what_the_dtype_says(dtype):
    form = FORMATS[dtype]
    limits = finfo(form.dtype)
    assert form.largest == float(limits.max)
    assert form.units(np.zeros(1)) == float(limits.smallest_subnormal)
    x = np.abs(every_input(dtype, 10_007)).astype(np.float64)
    np.testing.assert_array_equal(form.units(x), np.spacing(x.astype(form.dtype)).astype(np.float64))


def test_float32_is_sampled_evenly_over_its_bit_patterns():
    x = every_input("float32", 99_991)
    assert 42_000 < len(x) < 43_000
    assert (np.abs(x) < 1e-38).any()
    assert (x < -1e38).any()


@pytest.mark.parametrize("name", [n for n, f in slopes.activations.items() if f.kind == "activation"])
@pytest.mark.parametrize(("dtype", "every"), [("bfloat16", 1), ("float32", 40_009)])
def test_activations_keep_the_contract(name, dtype, every):
    function, kind = slopes.get(name), FORMATS[dtype].dtype.type
    errors = sweep(function, dtype, every)
    for order, (worst, beside, bound) in enumerate(
        zip(errors.away, errors.beside, CONTRACT[kind], strict=True)
    ):
        assert worst.ulps <= bound, worst
        if beside is not None and beside.ulps > 1:  # it is counted against |x f'(x)|
            unit = spacing(exact(function.definition, ORDERS[order], beside.at), kind)
            scale = abs(beside.at * slope(function.definition, order, beside.at))
            assert beside.ulps * unit <= spacing(scale, kind), beside


@pytest.mark.parametrize("at", [-1.5, 0.0078125, 3.0e38])
def test_one_wrong_float_among_all_is_found(monkeypatch, at):
    at = float(FORMATS["bfloat16"].dtype.type(at))

    def value(x):
        return np.where(x == x.dtype.type(at), x + 5 * np.spacing(x), x)

    module = import_module("slopes.accuracy.sweep")
    monkeypatch.setattr(module, "orders_of", lambda *_: (value,))
    monkeypatch.setattr("slopes.accuracy.inputs.BLOCK", 1000)
    monkeypatch.setattr(module, "AHEAD", 7)
    errors = sweep(slopes.identity, "bfloat16")
    assert errors.count == 2 * 255 * 128
    assert errors.away[0] == Worst(5.0, at)


def test_a_gradient_that_is_flushed_to_zero_is_found():
    errors = sweep(slopes.sigmoid, "float32", 10_007, "torch")
    assert errors.away[1].ulps > 1e6
    assert errors.away[1].at > 10
    assert sweep(slopes.sigmoid, "float32", 10_007, "jax").away[1].ulps > 1e6
    assert sweep(slopes.sigmoid, "float64", 1000, "scipy").count > 900
    assert sweep(slopes.prelu, "float32", 10_007, "scipy") is None


def test_names_of_peers_resolve_with_their_arguments():
    tanh = resolve("torch.nn.functional.gelu(approximate='tanh')")
    assert tanh.keywords == {"approximate": "tanh"}


def test_the_command_prints_and_writes_a_table(tmp_path):
    out = tmp_path / "table.md"
    arguments = ["accuracy", "silu", "--set", "beta=2", "--every", "100003", "--out", str(out)]
    result = CliRunner().invoke(app, [*arguments, "--library", "slopes,scipy"])
    assert result.exit_code == 0
    assert out.read_text() in result.stdout
    assert re.search(
        r"\| SiLU\(beta=2\) \| 0.5 at -?\d\S* / 0.5 at \S+ \(0.\d+ at -\S+\) / ", out.read_text()
    )
    assert out.read_text().rstrip().endswith("| - |")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["huber"], "is a residual_loss"),
        (["silu", "--dtype", "float8"], "must be of float16, bfloat16, float32, float64"),
        (["silu", "--library", "keras"], "must be of slopes, torch, jax, scipy"),
        (["siluu"], "did you mean silu"),
    ],
)
def test_mistakes_are_one_line(arguments, message):
    result = CliRunner().invoke(app, ["accuracy", *arguments])
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
