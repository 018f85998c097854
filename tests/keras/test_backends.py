"""slopes.keras on every backend of Keras."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("backend", ["torch", "jax", "tensorflow", "numpy"])
def test_all_that_must_hold_holds(backend):
    settings = os.environ | {"KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "tests.keras.program"]
    done = subprocess.run(
        command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.strip().endswith(f"all held on {backend}")


def test_without_keras_the_error_says_what_to_install():
    program = "import sys; sys.modules['keras'] = None\nimport slopes.keras"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert 'pip install "slopes[keras]"' in done.stderr
