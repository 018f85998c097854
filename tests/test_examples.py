"""The examples are short, run, and train."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "examples"
SETTINGS = {"KERAS_BACKEND": "jax", "TF_CPP_MIN_LOG_LEVEL": "3"}


@pytest.mark.parametrize("name", ["keras_mlp", "flax_mlp", "equinox_mlp"])
def test_a_network_trains_on_digits(name):
    path = FOLDER / f"{name}.py"
    assert len(path.read_text().splitlines()) < 40
    done = subprocess.run(
        [sys.executable, str(path)],
        env=os.environ | SETTINGS,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert float(re.search(r"accuracy ([\d.]+)", done.stdout)[1]) > 0.93
