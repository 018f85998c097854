"""The examples are short, run without a warning of ours, and learn."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "examples"
QUIET = {"keras_mlp": ["-W", "ignore::DeprecationWarning"]}  # Keras's own, of NumPy
SETTINGS = {"KERAS_BACKEND": "jax", "TF_CPP_MIN_LOG_LEVEL": "3"}
#: example -> between what the first number that it prints must lie: an accuracy, a coverage or an error
LEARNS = {
    "torch_cnn": (0.94, 1),
    "keras_mlp": (0.93, 1),
    "flax_mlp": (0.93, 1),
    "equinox_mlp": (0.93, 1),
    "xgboost_quantile": (65, 95),
    "lightgbm_huber": (35, 55),
    "catboost_logistic": (94, 100),
}


def test_every_example_is_here():
    assert LEARNS.keys() == {path.stem for path in FOLDER.glob("*.py")}


@pytest.mark.parametrize("name", LEARNS)
def test_an_example_trains_a_model_that_learns(name):
    path = FOLDER / f"{name}.py"
    assert len(path.read_text().splitlines()) < 40
    done = subprocess.run(
        [sys.executable, "-W", "error", *QUIET.get(name, ()), str(path)],
        env=os.environ | SETTINGS,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    first, *rest = map(float, re.findall(r"\d+(?:\.\d+)?", done.stdout))
    low, high = LEARNS[name]
    assert low <= first <= high
    assert name != "lightgbm_huber" or first < 0.7 * rest[0]  # what a constant prediction is off by
