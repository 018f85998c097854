"""The bench does the work it says, for us and for others; its times are not tested."""

import time

import numpy as np
import pytest
from typer.testing import CliRunner

import slopes
from slopes.cli.bench import DEFAULT, LAYER
from slopes.cli.main import app
from slopes.speed import CASES, TIMED, cases, extra_peak, race
from slopes.speed.cases import LAYERS
from slopes.speed.memory import RESET


def test_a_race_gives_every_contender_its_time():
    fast, slow = race({"fast": lambda: None, "slow": lambda: time.sleep(2e-3)}, rounds=3)
    assert (fast.name, slow.name) == ("fast", "slow")
    assert 0 < fast.seconds < slow.seconds
    assert slow.seconds >= 2e-3


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_all_do_the_same_work(dtype):
    seen = set()
    for case in cases((*DEFAULT, "mish", *TIMED, LAYER), ["small"], dtype):
        seen.add(case.work)
        ours: object = case.ours()
        if case.function == LAYER:
            ours = None, ours[1][0]  # the gradient in hidden
        first = ours[0] if isinstance(ours, tuple) else ours
        assert case.others
        for library, call in case.others.items():
            theirs = call()
            if library in ("copy", "limit") or theirs is None:
                continue
            parts = theirs if isinstance(theirs, tuple | list) else (theirs,)
            if library == "scikit-learn":
                continue  # sums its own multiples of the loss per row
            if case.function == LAYER:
                parts = (parts[0],)
            part = parts[-1] if len(parts) == 1 and isinstance(ours, tuple) else parts[0]
            want = ours[1] if len(parts) == 1 and isinstance(ours, tuple) else first
            got = np.asarray(part.detach() if hasattr(part, "detach") else part)
            np.testing.assert_allclose(got, want, rtol=2e-4, atol=1e-6, err_msg=f"{case.function} {library}")
    assert seen == set(CASES)


def test_the_command_prints_and_writes_a_table(tmp_path):
    out = tmp_path / "speed.md"
    result = CliRunner().invoke(app, ["bench", "relu", "--size", "small", "--rounds", "1", "--out", str(out)])
    assert result.exit_code == 0
    assert "| relu | value, out= | small |" in out.read_text()
    assert "torch" in out.read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["relu", "--size", "huge"], "must be of small, medium, large"),
        (["maxout"], "nothing to time for maxout in float32; allowed are activations, softmax"),
        (
            ["softmax", "--dtype", "float64"],
            "nothing to time for softmax in float64; allowed are activations, mse",
        ),
        (["relu", "--dtype", "float16"], "must be of float32, float64"),
        (["reluu"], "did you mean relu"),
    ],
)
def test_mistakes_are_one_line(arguments, message):
    result = CliRunner().invoke(app, ["bench", *arguments])
    assert result.exit_code == 2
    assert message in result.stderr


def test_every_default_exists():
    assert all(slopes.get(name) for name in (*DEFAULT, *TIMED))


@pytest.mark.skipif(not RESET.exists(), reason="only Linux tells the peak of a process's memory")
def test_memory_is_that_of_the_call():
    rows, width, classes = LAYERS["medium"]
    logits, results = 4 * rows * classes, 4 * width * (rows + classes)
    ours = extra_peak(LAYER, "medium", "slopes")
    torch = extra_peak(LAYER, "medium", "torch forward + backward")
    assert results < ours < logits + 3 * results
    assert torch > 2 * logits + results
