"""Which kernels are in use, and the ways to do without them."""

import os
import subprocess
import sys

import numpy as np
import pytest

import slopes
from slopes.backends import kernels
from slopes.emit.cpp import printable

CODE = """
import numpy as np, slopes
x = np.linspace(-20, 20, 1001).astype(np.float32)
print(slopes.kernels())
print(slopes.kernels().in_use, slopes.kernels().instructions)
print(repr(slopes.silu.derivative(x).tobytes().hex()))
"""


def run(**environment):
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    return done.stdout.splitlines()


def test_kernels_say_what_they_are():
    found = slopes.kernels()
    assert found
    assert found.instructions in ("v2", "v3", "v4", "baseline")
    assert found.instructions.replace("v", "x86-64-v") in str(found)
    assert found.reason == ""


def bits(line):
    return np.frombuffer(bytes.fromhex(line.strip("'")), np.int32)


def test_the_environment_switches_them_off():
    text, state, result = run(SLOPES_KERNELS="0")
    assert text == "NumPy, without compiled kernels: SLOPES_KERNELS=0 switches them off"
    assert state.split() == ["False"]
    assert np.abs(bits(result) - bits(run()[2])).max() <= 1


@pytest.mark.parametrize("instructions", ["v2", "v3", "v4"])
def test_older_instructions_give_the_same_within_one_place(instructions):
    if slopes.kernels().instructions < instructions:
        pytest.skip("this processor is older")
    _, state, result = run(SLOPES_KERNELS=instructions)
    assert state.split() == ["True", instructions]
    assert np.abs(bits(result) - bits(run()[2])).max() <= 1


def test_an_unknown_instruction_set_is_said():
    text, state, _ = run(SLOPES_KERNELS="v9")
    assert "v9" in text
    assert state.split() == ["False"]


def test_every_function_that_cpp_has_the_words_for_has_its_kernel(pointwise):
    known = {**kernels._curves, **kernels._losses}
    assert (pointwise.name in known) == printable(type(pointwise))
    if pointwise.name in known:
        assert known[pointwise.name][1] == len(pointwise.bounds())
